"""A form with a value that is refused stays open, and says so at its field, in its language."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import time
from typing import Any

import pytest

from bot.errors import StoreError
from bot.languages import OFFERED, speaking, tr
from bot.models import Address, Channel, Platform
from bot.platforms.slack import intake
from bot.platforms.slack.adapter import PATH
from bot.platforms.web_server import WebServer
from bot.store import Store
from tests.fakes.slack import Ack, FakeSlack
from tests.fakes.slack_blocks import said, view_problems
from tests.fakes.slack_bot import RecordingCore, running, settings_of
from tests.support.clock import Clock
from tests.support.whole_bot import running_bot

D1 = Address(Platform.SLACK, "T1", "D1")
LOCALES = {"en": "en-US", "de": "de-DE", "ar": "ar-EG"}

TITLES = {
    "subscribe": "Add a digest",
    "watch": "Add an alert",
    "topic": "Make a topic of your own",
    "settings": "Change settings",
}
"""The buttons of the App Home that open a form."""

QUIET = "Write the start and the end of the quiet hours."
NAME = "A topic's name has 1 to 32 letters, digits, spaces or hyphens."
EMPTY_TOPIC = "Say at least one word or phrase that the topic is about."
ONLY_WITHOUT = "Say what the alert is about, not only what to leave out."


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine takes longer to check a form than Slack waits."""
    monkeypatch.setattr(intake, "LOOKUP_SECONDS", 30.0)


@pytest.fixture
async def slack(sqlite_store: Store) -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server, running_bot(sqlite_store, Clock(), server.environ):
        server.channels["C1"].creator = "U1"
        yield server


async def opened(slack: FakeSlack, form: str, language: str = "en") -> Mapping[str, Any]:
    """A form that somebody opens in the App Home, whose profile has this language."""
    slack.workspace.flags["U1"] = {"locale": LOCALES[language]}
    before = len(slack.workspace.views)
    await slack.event({"type": "app_home_opened", "tab": "home"}, channel="D1")
    await slack.until(lambda: len(slack.workspace.views) > before)
    with speaking(language):
        button = tr(TITLES[form])
    await slack.press(button, on=slack.workspace.views[before])
    await slack.until(lambda: len(slack.workspace.views) > before + 1)
    view = slack.workspace.views[before + 1]
    assert view_problems(view) == []
    return view


def block_of(view: Mapping[str, Any], lead: str) -> Mapping[str, Any]:
    """The field with this word before its value; "0" is the first one without."""
    blocks: list[Mapping[str, Any]] = view["blocks"]
    if lead.isdecimal():
        return blocks[int(lead)]
    return next(each for each in blocks if each["block_id"].partition(":")[2] == lead)


def state(block: Mapping[str, Any], value: str) -> Mapping[str, Any]:
    """What Slack sends of a field with a value; no text is null."""
    kind = block["element"]["type"]
    match kind:
        case "multi_static_select":
            return {"type": kind, "selected_options": [{"value": value}]}
        case "static_select":
            return {"type": kind, "selected_option": {"value": value}}
        case "timepicker":
            return {"type": kind, "selected_time": value}
        case "conversations_select":
            return {"type": kind, "selected_conversation": value}
        case _:
            return {"type": kind, "value": value or None}


def shown(block: Mapping[str, Any]) -> Mapping[str, Any]:
    """What Slack sends of a field that nobody touched."""
    element = block["element"]
    kept = {
        "multi_static_select": {"selected_options": element.get("initial_options", [])},
        "static_select": {"selected_option": element.get("initial_option")},
        "timepicker": {"selected_time": element.get("initial_time")},
        "conversations_select": {"selected_conversation": element.get("initial_conversation")},
        "plain_text_input": {"value": element.get("initial_value")},
    }
    return {"type": element["type"], **kept[element["type"]]}


async def submit(slack: FakeSlack, view: Mapping[str, Any], values: Mapping[str, str]) -> Ack:
    """Send a form with these values; all other fields stay as they are."""
    filled = {each["label"]["text"]: shown(each) for each in view["blocks"]}
    for lead, value in values.items():
        block = block_of(view, lead)
        filled[block["label"]["text"]] = state(block, value)
    return await slack.submit(view, filled)


def errors(ack: Ack, view: Mapping[str, Any]) -> Mapping[str, str]:
    """The faults with which a form stays open, as Slack takes them; none if it closes."""
    body = json.loads(ack.body) if isinstance(ack.body, str) and ack.body else ack.body
    if not body:
        return {}
    assert set(body) == {"response_action", "errors"}
    assert body["response_action"] == "errors"
    found: Mapping[str, str] = body["errors"]
    inputs = {each["block_id"] for each in view["blocks"] if each["type"] == "input"}
    assert found
    assert found.keys() <= inputs
    assert all(isinstance(each, str) and each for each in found.values())
    return found


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize(
    ("form", "wrong", "right", "told"),
    [
        ("subscribe", {"about": "petrol prices"}, {"about": '"gas price"'}, ""),
        ("subscribe", {"about": '"x"'}, {"about": "Norway -oil"}, ""),
        ("subscribe", {"1": "floods"}, {"1": "energy"}, ""),
        ("subscribe", {"at": "25:00"}, {"at": "18:30"}, ""),
        ("subscribe", {"in": "Atlantis/Nowhere"}, {"in": "Europe/Berlin"}, ""),
        ("subscribe", {"4": "sometimes"}, {"4": "weekdays"}, ""),
        ("subscribe", {"6": "500 bullets"}, {"6": "5 bullets"}, ""),
        ("watch", {"1": "-oil"}, {"1": "tanker, -oil"}, ONLY_WITHOUT),
        ("topic", {"0": "two/words", ":": "flood"}, {"0": "floods", ":": "flood"}, NAME),
        ("topic", {":": "-oil", "0": "floods"}, {"0": "floods", ":": "flood"}, EMPTY_TOPIC),
        ("settings", {"quiet": "22"}, {"quiet": "22:00-06:00"}, QUIET),
        ("settings", {"time": "25:00"}, {"time": "06:15"}, ""),
        ("settings", {"zone": "Atlantis/Nowhere"}, {"zone": "Asia/Tokyo"}, ""),
        ("settings", {"language": "xx"}, {"language": "en"}, ""),
        ("settings", {"alerts": "999"}, {"alerts": "3"}, ""),
        ("settings", {"length": "endless"}, {"length": "5"}, ""),
        ("settings", {"details": "perhaps"}, {"details": "folded"}, ""),
        ("settings", {"pictures": "perhaps"}, {"pictures": "off"}, ""),
    ],
    ids=lambda each: "".join(each) if isinstance(each, dict) else None,
)
async def test_a_refused_value_is_told_at_its_field_and_the_form_stays_open(
    form: str,
    wrong: Mapping[str, str],
    right: Mapping[str, str],
    told: str,
    language: str,
    slack: FakeSlack,
) -> None:
    view = await opened(slack, form, language)
    blamed = block_of(view, next(iter(wrong)))["block_id"]
    found = errors(await submit(slack, view, wrong), view)
    assert list(found) == [blamed]
    with speaking(language):
        assert found[blamed] == tr(told) or not told
    assert any("\u0600" <= char <= "\u06ff" for char in found[blamed]) == (language == "ar")
    assert errors(await submit(slack, view, right), view) == {}
    await slack.arrived(1)
    assert len(slack.sent) == 1  # only of what was right


async def test_every_field_at_fault_is_told_at_once(slack: FakeSlack, sqlite_store: Store) -> None:
    view = await opened(slack, "settings")
    wrong = {"quiet": "at night", "time": "25:00", "alerts": "3"}
    found = errors(await submit(slack, view, wrong), view)
    assert found == {
        block_of(view, "time")["block_id"]: "“25:00” is not a time of day: "
        "write one such as 07:30 or 7:30 pm.",
        block_of(view, "quiet")["block_id"]: QUIET,
    }
    channel = await sqlite_store.channels.find(D1)
    assert channel is not None
    assert channel.alerts_a_day is None


async def test_what_is_no_fault_of_one_field_is_told_at_the_first_one(
    slack: FakeSlack, sqlite_store: Store
) -> None:
    view = await opened(slack, "topic")
    for number in range(40):
        values = {"0": f"topic{number}", ":": "flood"}
        if found := errors(await submit(slack, {**view, "id": f"V-{number}"}, values), view):
            break
        await slack.arrived(number + 1)
    assert list(found) == [view["blocks"][0]["block_id"]]
    assert "topics of its own" in "".join(found.values())


@pytest.mark.parametrize("by", ["socket", "http"])
async def test_it_is_told_by_socket_and_over_http(by: str, sqlite_store: Store) -> None:
    async with FakeSlack() as slack:
        environ = slack.environ if by == "socket" else slack.http_environ
        core = RecordingCore()
        settings = settings_of(environ)
        async with running(core, settings, fault_of=_refuse_oil) as platform:
            web = WebServer("127.0.0.1", 0, platform.routes)
            if by == "http":
                await web.start()
                slack.post_to(f"http://127.0.0.1:{web.port}{PATH}")
            field = {"type": "input", "block_id": "0:", "label": {"text": "What"}}
            form = {
                "type": "modal",
                "id": "V1",
                "callback_id": "watch",
                "private_metadata": "C1 de",
            }
            view = {**form, "blocks": [field]}
            oil = await slack.submit(view, {"What": {"value": "oil"}})
            assert errors(oil, view) == {"0:": "no oil in de"}
            assert (core.asked, core.updates) == ([], [])
            assert errors(await slack.submit(view, {"What": {"value": "gas"}}), view) == {}
            await slack.until(lambda: len(slack.sent) == 1)
            if by == "http":
                await web.stop()


async def _refuse_oil(command: Any, language: str) -> str:
    return f"no oil in {language}" if "oil" in command.args else ""


async def _broken(_: Any, _language: str) -> str:
    raise StoreError("the database is away")


async def test_a_form_that_cannot_be_checked_is_answered_by_a_message() -> None:
    core = RecordingCore()
    async with FakeSlack() as slack, running(core, settings_of(slack.environ), fault_of=_broken):
        field = {"type": "input", "block_id": "0:", "label": {"text": "What"}}
        view = {
            "type": "modal",
            "id": "V1",
            "callback_id": "watch",
            "private_metadata": "C1",
            "blocks": [field],
        }
        assert errors(await slack.submit(view, {"What": {"value": "gas"}}), view) == {}
        await slack.arrived(1)


async def quiet_hours(store: Store) -> tuple[time | None, time | None]:
    channel = await store.channels.find(D1)
    assert isinstance(channel, Channel)
    return channel.quiet_from, channel.quiet_until


async def test_emptied_quiet_hours_end_and_an_empty_field_changes_nothing(
    slack: FakeSlack, sqlite_store: Store
) -> None:
    view = await opened(slack, "settings")
    await submit(slack, view, {"quiet": "", "alerts": "3"})
    await slack.arrived(1)
    assert await quiet_hours(sqlite_store) == (None, None)
    view = await opened(slack, "settings")
    await submit(slack, view, {"quiet": "22:00-07:00"})
    await slack.arrived(2)
    view = await opened(slack, "settings")
    assert block_of(view, "quiet")["element"]["initial_value"] == "22:00-07:00"
    assert "empty this field" in block_of(view, "quiet")["hint"]["text"]
    await submit(slack, view, {"quiet": ""})
    assert "none" in said((await slack.arrived(3))[2].payload)
    start, end = await quiet_hours(sqlite_store)
    assert start == end
    assert start is not None
