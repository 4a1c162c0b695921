"""What the parser refuses is told in our words, with the remedy."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer

from bot.cli import app
from bot.cli.usage_errors import told


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("docter", "there is no command 'docter': did you mean 'doctor'?"),
        ("sorces list", "there is no command 'sorces': did you mean 'sources'?"),
        ("sources lst", "there is no command 'lst': did you mean 'list'?"),
        ("brief --format mrkdown", "'markdown': did you mean 'markdown'?"),
        ("brief --sinc 7d", "there is no option --sinc: did you mean --since?"),
        ("brief --bullets 0", "--bullets: write 1 or more"),
        ("brief --bullets 99", "--bullets: write 20 or less"),
        ("brief --bullets many", "--bullets: write a whole number"),
        ("brief --format pdf", "--format: 'pdf' is not one of 'text', 'json'"),
        ("brief --format", "--format needs a value"),
        ("search", "WORD is missing"),
        ("search pipeline --jsn", "there is no option --jsn: did you mean --json?"),
        ("brief --since 99999999999d", "write at most 99999d"),
        ("why 0", "N: write 1 or more"),
        ("topics show a b", "'b' is one word too many"),
        ("sources nope", "there is no command 'nope'"),
        ("slack manifest --url http://x", "must start with https://"),
    ],
)
def test_each_refusal_in_our_words(line: str, said: str) -> None:
    with pytest.raises(typer.TyperException) as caught:
        app(line.split(), standalone_mode=False)
    lines = told(caught.value)
    assert said in lines[0]
    assert len(lines) <= 2
    assert "Invalid value" not in lines[0]


@pytest.mark.parametrize("line", ["", "sources"])
def test_a_group_typed_alone_gives_its_help_and_no_complaint(line: str) -> None:
    command = [sys.executable, "-m", "bot", *line.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Usage: " in done.stdout + done.stderr
    assert "briefbot: " not in done.stdout + done.stderr
