"""A channel's memory: what it was told of each story of late, the latest first."""

from __future__ import annotations

from dataclasses import replace

from bot.store.chats.told import MOST_TEXT, news_of
from tests.support.builders import NOW, a_briefing, a_bullet, a_section, a_told, ago
from tests.support.store_desk import Desk


async def test_it_remembers_what_it_told_of_each_story(desk: Desk) -> None:
    channel = await desk.channel()
    old, new = a_told(text="24 died", at=ago(days=1)), a_told(text="31 died", at=NOW)
    other = a_told("story-2")
    await desk.store.told.remember(channel.id, [new, old, other])

    asked = ["story-1", "story-2", "story-3"]

    assert await desk.store.told.of_channel(channel.id, asked) == {
        "story-1": replace(new, text="31 died\n24 died"),
        "story-2": other,
    }
    assert await desk.store.told.of_channel(channel.id, []) == {}


async def test_an_older_message_comes_after_a_newer_one(desk: Desk) -> None:
    channel = await desk.channel()
    await desk.store.told.remember(channel.id, [a_told(text="31 died", at=NOW)])
    await desk.store.told.remember(channel.id, [a_told(text="24 died", at=ago(days=1))])

    [told] = (await desk.store.told.of_channel(channel.id, ["story-1"])).values()

    assert (told.text, told.at) == ("31 died\n24 died", NOW)


async def test_what_is_told_twice_is_remembered_once_and_of_much_the_latest(desk: Desk) -> None:
    channel = await desk.channel()
    texts = [f"Report {at}: the ferry to Norholm is late" for at in range(100)]
    for at, text in enumerate([*texts, texts[98]]):
        said = a_told(text=text, at=ago(hours=200 - at))
        await desk.store.told.remember(channel.id, [said])

    [told] = (await desk.store.told.of_channel(channel.id, ["story-1"])).values()

    assert len(told.text) == MOST_TEXT
    assert [each for each in told.text.splitlines()[:4] if each] == [
        texts[at] for at in (98, 99, 97)
    ]


def test_a_statement_of_two_sections_is_one() -> None:
    ferry, port = a_bullet("A ferry is late."), a_bullet("The port is shut.")
    briefing = a_briefing(a_section("energy", ferry), a_section("security", ferry, port))

    [told] = news_of(briefing, by_digest=True)

    assert told.text == "A ferry is late.\nThe port is shut."


async def test_it_never_forgets_that_a_digest_told_it(desk: Desk) -> None:
    channel = await desk.channel()
    digest = a_told(at=ago(days=1), by_digest=True)
    asked = replace(digest, at=NOW, by_digest=False)
    await desk.store.told.remember(channel.id, [digest])
    await desk.store.told.remember(channel.id, [asked])

    [told] = (await desk.store.told.of_channel(channel.id, ["story-1"])).values()

    assert told == replace(asked, by_digest=True)


async def test_it_keeps_channels_apart(desk: Desk) -> None:
    one, other = await desk.channel(), await desk.channel()
    await desk.store.told.remember(one.id, [a_told()])
    await desk.store.told.remember(one.id, [])

    assert await desk.store.told.of_channel(other.id, ["story-1"]) == {}
