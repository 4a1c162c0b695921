"""What was seen is known again, whatever a publisher changes around it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.seen_items import MOST_MARKS, SeenItems, filter_seen
from bot.models import ParsedArticle
from bot.sources.feeds.entry import Entry
from tests.support.builders import ago

ARTICLE = ParsedArticle(
    "Dam bursts", "A dam burst.", url="https://wire.example/dam", published_at=ago(hours=1)
)


def an_entry(guid: str | None = "g-1", **changes: object) -> Entry:
    return Entry(replace(ARTICLE, **changes), guid, partial=False)  # type: ignore[arg-type]


def fresh(*entries: Entry, after: tuple[Entry, ...] = ()) -> list[Entry]:
    memory = filter_seen(after, SeenItems()).memory
    return [each.entry for each in filter_seen(entries, memory).fresh]


def test_everything_is_fresh_at_first() -> None:
    assert fresh(an_entry()) == [an_entry()]


@pytest.mark.parametrize(
    "again",
    [
        an_entry(),
        an_entry("g-2"),
        an_entry(None),
        an_entry(url="https://wire.example/dam?session=2"),
        an_entry("g-2", url="https://wire.example/dam?session=2"),
        an_entry(published_at=ago(hours=0)),
        an_entry(url="https://wire.example/moved", text="A dam burst. Nine were hurt."),
        an_entry(author="Ilse Marrow", category="World"),
    ],
)
def test_fault_36_what_was_seen_under_any_name_is_known(again: Entry) -> None:
    assert fresh(again, after=(an_entry(),)) == []


@pytest.mark.parametrize(
    "changed",
    [
        an_entry(text="A dam burst. Nine were hurt."),
        an_entry(title="Dam bursts in Vesk"),
        an_entry("g-2", text="A dam burst. Nine were hurt."),
        an_entry(url="https://wire.example/other", title="Another dam", text="It holds."),
        an_entry("g-2", url="https://wire.example/2", text="A second dam burst."),
    ],
)
def test_what_changed_or_is_another_is_fresh(changed: Entry) -> None:
    assert fresh(changed, after=(an_entry(),)) == [changed]


def test_an_article_known_by_its_guid_is_fresh_when_its_text_changes() -> None:
    first = an_entry("s-1", url=None, key="s-1")
    second = an_entry("s-1", url=None, key="s-1", text="Longer.")
    assert fresh(second, after=(first,)) == [second]


def test_what_left_the_feed_is_still_known_when_it_comes_back() -> None:
    memory = filter_seen([an_entry()], SeenItems()).memory
    memory = filter_seen(
        [an_entry("g-9", url="https://wire.example/9", title="x", text="y")], memory
    ).memory
    assert filter_seen([an_entry()], memory).fresh == ()


def test_the_memory_is_bounded() -> None:
    memory = SeenItems()
    for number in range(3_000):
        entry = an_entry(f"g{number}", url=f"https://wire.example/{number}", text=str(number))
        memory = filter_seen([entry], memory).memory
    assert len(memory.marks) == MOST_MARKS
    assert len(memory.as_text()) < 150_000


def test_what_is_forgotten_is_fresh_again() -> None:
    (first,) = filter_seen([an_entry()], SeenItems()).fresh
    memory = filter_seen([an_entry()], SeenItems()).memory.without(first.marks)
    assert len(filter_seen([an_entry()], memory).fresh) == 1


@given(st.none() | st.text() | st.sampled_from(["[]", '{"a": 1}', "[" * 10_000, '"x"']))
def test_any_memory_can_be_read(text: str | None) -> None:
    memory = SeenItems.from_text(text)
    assert SeenItems.from_text(memory.as_text()) == memory
