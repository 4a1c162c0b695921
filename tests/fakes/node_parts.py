"""Parts from tests/node/package.json that some tests need; without them those tests are skipped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.support.paths import ROOT

MODULES = ROOT / "tests" / "node" / "node_modules"


def node_part(path: str) -> Path:
    """A file of an installed package; skips the test where there is none, or fails it when
    TEST_NOTHING_SKIPS is 1.
    """
    found = MODULES / path
    if not found.exists():
        unavailable(f"{path} is not in node_modules: run `npm ci` in tests/node to test against it")
    return found


def program(name: str) -> str:
    """A program on the search path, under the same conditions."""
    found = shutil.which(name)
    if found is None:
        unavailable(f"{name} is not installed")
    return str(found)


def unavailable(reason: str) -> None:
    """Skip the test, or fail it when TEST_NOTHING_SKIPS is 1."""
    if os.environ.get("TEST_NOTHING_SKIPS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
