"""What a section says of the stories that it does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.models import Briefing, GoingOn, LanguageCount, Line, Section, Span, Untold, UntoldReason
from bot.models.languages import LANGUAGES
from bot.render.phrases import counted, listed
from bot.render.sanitize import clean, cut, link
from bot.render.times import during, told_on

TITLE_SHOWN = 90
"""Characters of the title of a story that is only mentioned."""

EXAMPLES_OF_SILENCE = 2
"""Stories that a section without bullets names of those that it leaves out; others name one."""

_WHY = {
    UntoldReason.LESS: ("matters less", "matter less"),
    UntoldReason.NO_NEWS: ("reports no news", "report no news"),
    UntoldReason.OFF_TOPIC: ("only touches the topic", "only touch the topic"),
    UntoldReason.UNQUOTABLE: ("cannot be quoted or was told already",) * 2,
}


def empty_text(section: Section, briefing: Briefing) -> str:
    """Return what stands in the place of bullets; "nothing new" where there was nothing."""
    title = clean(section.title).strip()
    said = "Nothing new"
    if section.left_out and not section.going_on:
        said = "Nothing worth telling"
    return f"{said} on {title} {during(briefing)}{without_filter([section])}."


def without_filter(sections: Sequence[Section]) -> str:
    """Return how many stories a filter kept out: "; 14 stories without the filter"."""
    count = sum(each.filtered_out for each in sections)
    return f"; {counted(count, 'story')} without the filter" if count else ""


def notes(section: Section, briefing: Briefing) -> tuple[Line, ...]:
    """Return the lines under a section's bullets: what goes on, is left out, was not read."""
    lines = (
        tuple(_going_on(section.going_on, briefing)),
        tuple(_left_out(section)),
        tuple(_unread(section.unread)),
    )
    return tuple(Line(spans) for spans in lines if spans)


def _going_on(stories: tuple[GoingOn, ...], briefing: Briefing) -> Iterator[Span]:
    for story in stories:
        yield Span("Still going, nothing new: " if story is stories[0] else "; ")
        yield _title(story.title, story.url)
        if story.told_at is not None:
            yield Span(f" (told {told_on(story.told_at, briefing)})")
    if stories:
        yield Span(".")


def _left_out(section: Section) -> Iterator[Span]:
    if not section.left_out:
        return
    counts: list[str] = []
    for each in section.left_out:
        one, many = _WHY[each.reason]
        what = counted(each.stories, "story") if not counts else f"{each.stories:,}"
        counts.append(f"{what} that {one if each.stories == 1 else many}")
    yield Span(f"Left out: {listed(counts)}")
    for at, example in enumerate(_examples(section)):
        yield Span("; for example " if at == 0 else " and ")
        yield _title(example.title, example.url)
        yield Span(f" ({clean(example.source).strip()})")
    yield Span(".")


def _examples(section: Section) -> list[Untold]:
    """One story of each reason, the worthiest first."""
    first = list({each.reason: each for each in reversed(section.untold)}.values())[::-1]
    return first[: 1 if section.bullets else EXAMPLES_OF_SILENCE]


def _unread(languages: tuple[LanguageCount, ...]) -> Iterator[Span]:
    if not languages:
        return
    counts = [
        f"{counted(each.articles, 'article') if each is languages[0] else f'{each.articles:,}'}"
        f" in {_name(each.language)}"
        for each in languages
    ]
    yield Span(f"Not read: {listed(counts)}; none has a word of this topic.")


def _name(code: str) -> str:
    known = LANGUAGES.get(code)
    return known.name if known else f"“{clean(code)}”"


def _title(title: str, url: str | None) -> Span:
    return Span(f"“{shortened(title)}”", url=link(url))


def shortened(title: str, limit: int = TITLE_SHOWN) -> str:
    """Return a title on one line, cut behind a word where it is long."""
    said = clean(title).strip()
    return said if len(said) <= limit else f"{cut(said, limit - 1)[0].strip()}…"
