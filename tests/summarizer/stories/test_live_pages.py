"""Live pages and round-ups: known by their title or address, and in no event's story."""

from __future__ import annotations

import pytest

from summarizer.stories.features import features
from summarizer.stories.index import StoryIndex
from summarizer.stories.live_pages import is_roundup
from tests.support.builders import NOW

OUTAGE = (
    "Transformer burns in Orlund",
    "A transformer burned in Orlund and 9,000 homes went dark.",
)
ATTACK = (
    "Power station shelled in Orlund",
    "Gunmen shelled a power station outside Orlund at dawn.",
)
TEXT = (
    "Power is back in Orlund. Police look for the gunmen who shelled the power station in Orlund."
)


@pytest.mark.parametrize(
    "title",
    [
        "Orlund blackout live",
        "Orlund blackout LIVE: power returns",
        "Orlund blackout – live updates",
        "Live: power returns to Orlund",
        "Corte de luz en Orlund, en directo: última hora",
        "Panne à Orlund : suivez la situation en direct",
        "Stromausfall in Orlund: der Liveticker",
        "Apagão em Orlund: acompanhe ao vivo",
        "Обесточен Орлунд: онлайн-трансляция",
    ],
)
def test_a_live_page_is_known_by_its_title(title: str) -> None:
    assert is_roundup(title)


@pytest.mark.parametrize(
    "title",
    [
        "The valley where 40 families live",
        "How the miners of Orlund live",
        "Orlund's new grid control goes live",
        "Refugees still have nowhere to live",
        "Live cattle prices fall in Orlund",
        "Olive harvest fails in Orlund",
    ],
)
def test_the_verb_makes_no_live_page(title: str) -> None:
    assert not is_roundup(title)


@pytest.mark.parametrize(
    ("url", "live"),
    [
        ("https://outlet.example/news/live/orlund-power", True),
        ("https://outlet.example/world/orlund-live-updates-12", True),
        ("https://outlet.example/newsblogs/orlund", True),
        ("https://outlet.example/news/olive-oil", False),
        ("https://live.example/news/orlund", False),
        ("https://[broken/live", False),
    ],
)
def test_a_live_page_is_known_by_its_address(url: str, live: bool) -> None:
    assert is_roundup("Power returns to Orlund", url) is live


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Orlund blackout live", None),
        ("Power returns to Orlund", "https://o.example/live/orlund"),
    ],
)
def test_a_live_page_brings_two_events_into_no_story(title: str, url: str | None, at: int) -> None:
    pages: list[tuple[str, str, str | None]] = [(*OUTAGE, None), (*ATTACK, None)]
    pages.insert(at, (title, TEXT, url))
    index = StoryIndex()
    stories = {
        index.add(features(title, text, NOW, url), str(number))
        for number, (title, text, url) in enumerate(pages)
    }
    assert len(stories) == 3


def test_editions_of_one_live_page_are_one_story() -> None:
    index = StoryIndex()
    first = index.add(features("Orlund blackout live", TEXT, NOW), "a")
    second = index.add(features("Orlund blackout live: dawn breaks", TEXT + " Dawn.", NOW), "b")
    assert first == second
