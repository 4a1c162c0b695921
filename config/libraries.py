"""Switches of libraries that can be set only through the environment, before they are imported."""

from __future__ import annotations

import os

SWITCHES = {
    # Our matrices are small: more threads spend a tenth of a briefing's time on waiting.
    "OPENBLAS_NUM_THREADS": "1",
    # Otherwise the metadata of every installed package is read; none of them is a plugin.
    "PYDANTIC_DISABLE_PLUGINS": "1",
}


def set_switches() -> None:
    """Set each switch that the environment leaves open; call it before the libraries load."""
    for name, value in SWITCHES.items():
        os.environ.setdefault(name, value)
