"""The maximum lengths of titles and summaries."""

from __future__ import annotations

LONGEST_TITLE = 300


LONGEST_SUMMARY = 2_000
