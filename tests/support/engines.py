"""Which engines a test runs on that says nothing of its own: both, by `tests.conftest`."""

from __future__ import annotations

import pytest

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For words, rights and retries, which ask nothing of the engine; its queries run on both."""
