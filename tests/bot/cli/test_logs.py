"""Every line of the log in a pipe is JSON, whoever writes it."""

from __future__ import annotations

import json
import subprocess
import sys

SCRIPT = """
import logging, warnings
from bot.cli.logs import log_to_stderr
from bot.log import get_logger

log_to_stderr("INFO")
get_logger("ours").info("started", port=8080)
logging.getLogger("some.library").warning("odd %s", "thing")
logging.getLogger("some.library").info("chatter")
try:
    raise ValueError("broken\\nin two lines")
except ValueError:
    logging.getLogger("some.library").exception("it failed")
    get_logger("ours").exception("it failed here")
warnings.warn("old call", DeprecationWarning, stacklevel=1)
"""


def test_all_lines_are_json_the_libraries_too() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(each["event"].split("\n")[0], each["level"]) for each in lines[:4]] == [
        ("started", "info"),
        ("odd thing", "warning"),
        ("it failed", "error"),
        ("it failed here", "error"),
    ]
    assert lines[1]["logger"] == "some.library"
    assert "broken" in lines[2]["exception"]
    assert "old call" in lines[4]["event"]
    assert all(each["timestamp"].endswith("Z") for each in lines)
