"""Where the repository and what lies beside it are found, wherever a test stands."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The repository."""

GOLDEN = ROOT / "tests" / "golden"

SHARED = ROOT.parent / "shared"
"""Labelled data beside the repository; absent elsewhere."""
