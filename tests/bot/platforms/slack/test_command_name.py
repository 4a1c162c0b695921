"""The app's slash command has another name where another app has taken /brief."""

from __future__ import annotations

import json

import pytest

from bot.store import Store
from config.env_files import InvalidSettings
from config.settings import load_settings
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said
from tests.support.clock import Clock
from tests.support.news import ARREST, STORM, stored
from tests.support.whole_bot import running_bot


async def test_every_line_that_can_be_typed_begins_with_the_apps_own_command(
    sqlite_store: Store,
) -> None:
    await stored(sqlite_store, STORM, ARREST)
    async with (
        FakeSlack() as slack,
        running_bot(sqlite_store, Clock(), slack.environ, SLACK_COMMAND="/news"),
    ):
        slack.channels["C1"].creator = "U1"
        lines = ["", "energy", "subscribe energy at 07:30", "help", "Settings", "why 1", "xyzzy"]
        for number, line in enumerate(lines, 1):
            await slack.slash("/news", line)
            told = (await slack.arrived(number))[-1]
            assert "/brief" not in json.dumps(told.payload), line
        assert "/news subscribe energy" in " ".join(said(each.payload) for each in slack.sent)
        await slack.event({"type": "app_home_opened", "tab": "home"}, "D1")
        await slack.until(lambda: bool(slack.workspace.views))
        assert "/brief" not in json.dumps(slack.workspace.views[-1])


@pytest.mark.parametrize("wrong", ["news", "/", "/News room", "/" + "x" * 32])
def test_a_name_that_slack_does_not_allow_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidSettings, match="SLACK_COMMAND"):
        load_settings({"SLACK_COMMAND": wrong})
