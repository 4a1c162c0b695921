"""What a section says of the stories that it does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.languages import forms, isolated, language_name, listed, number, plural, topic_text, tr
from bot.models import Briefing, GoingOn, LanguageCount, Line, Section, Span, Untold, UntoldReason
from bot.models.languages import LANGUAGES
from bot.render.phrases import counted
from bot.render.sanitize import clean, cut, link
from bot.render.times import during, told_on

TITLE_SHOWN = 90
"""Characters of the title of a story that is only mentioned."""

EXAMPLES_OF_SILENCE = 2
"""Stories that a section without bullets names of those that it leaves out; others name one."""


_WHY = {
    UntoldReason.LESS: forms("{stories} that matters less", "{stories} that matter less"),
    UntoldReason.NO_NEWS: forms("{stories} that reports no news", "{stories} that report no news"),
    UntoldReason.OFF_TOPIC: forms(
        "{stories} that only touches the topic", "{stories} that only touch the topic"
    ),
    UntoldReason.UNQUOTABLE: forms(
        "{stories} that cannot be quoted or was told already",
        "{stories} that cannot be quoted or were told already",
    ),
}


def empty_text(section: Section, briefing: Briefing) -> str:
    """Return what stands in the place of bullets; "nothing new" where there was nothing."""
    title, when = section_title(section), during(briefing)
    hidden = without_filter([section])
    others = [
        section_title(each)
        for each in briefing.sections
        if each.topic in section.told_under and each.bullets
    ]
    if others:
        where = listed(others)
        said = tr("What is new on {topics} stands under {others}", topics=title, others=where)
    elif section.left_out and not section.going_on:
        said = tr("Nothing worth telling on {topics} {when}", topics=title, when=when)
    else:
        said = tr("Nothing new on {topics} {when}", topics=title, when=when)
    return f"{said}{hidden}."


def without_filter(sections: Sequence[Section]) -> str:
    """Return how many stories a filter kept out: "; 14 stories without the filter"."""
    count = sum(each.filtered_out for each in sections)
    if not count:
        return ""
    return plural(
        count, "; {count} story without the filter", "; {count} stories without the filter"
    )


def notes(section: Section, briefing: Briefing) -> tuple[Line, ...]:
    """Return the lines under a section's bullets: what goes on, is left out, was not read."""
    lines = (
        tuple(_told_twice(section, briefing)),
        tuple(_going_on(section.going_on, briefing)),
        tuple(_left_out(section)),
        tuple(_unread(section.unread)),
    )
    return tuple(Line(spans) for spans in lines if spans)


def _told_twice(section: Section, briefing: Briefing) -> Iterator[Span]:
    """Yield where the only bullet of a section stands too: it is repeated for want of others."""
    if briefing.alert or len(section.bullets) != 1:
        return
    text = section.bullets[0].text
    at = [each.topic for each in briefing.sections].index(section.topic)
    others = [
        section_title(each)
        for n, each in enumerate(briefing.sections)
        if any(other.text == text for other in each.bullets)
        and (n < at or (n > at and len(each.bullets) > 1))
    ]
    if others:
        yield Span(tr("This stands under {topics} too.", topics=listed(others)))


def _going_on(stories: tuple[GoingOn, ...], briefing: Briefing) -> Iterator[Span]:
    for story in stories:
        yield Span(tr("Still going, nothing new: ") if story is stories[0] else tr("; "))
        yield _title(story.title, story.url)
        if story.told_at is not None:
            yield Span(tr(" (told {day})", day=told_on(story.told_at, briefing)))
    if stories:
        yield Span(".")


def _left_out(section: Section) -> Iterator[Span]:
    if not section.left_out:
        return
    counts: list[str] = []
    for each in section.left_out:
        what = counted(each.stories, "story") if not counts else number(each.stories)
        counts.append(_for_reason(each.reason, each.stories, what))
    yield Span(tr("Left out: {counts}", counts=listed(counts)))
    for at, example in enumerate(_examples(section)):
        yield Span(tr("; for example ") if at == 0 else tr(" and "))
        yield _title(example.title, example.url)
        yield Span(f" ({isolated(clean(example.source).strip())})")
    yield Span(".")


def _for_reason(reason: UntoldReason, count: int, stories: str) -> str:
    """Return some stories with the reason: "3 stories that matter less"."""
    return plural(count, *_WHY[reason], stories=stories)


def _examples(section: Section) -> list[Untold]:
    """One story of each reason, the worthiest first."""
    first = list({each.reason: each for each in reversed(section.untold)}.values())[::-1]
    return first[: 1 if section.bullets else EXAMPLES_OF_SILENCE]


def _unread(languages: tuple[LanguageCount, ...]) -> Iterator[Span]:
    if not languages:
        return
    counts = [
        tr(
            "{articles} in {language}",
            articles=counted(each.articles, "article")
            if each is languages[0]
            else number(each.articles),
            language=_name(each.language),
        )
        for each in languages
    ]
    yield Span(tr("Not read: {counts}; none has a word of this topic.", counts=listed(counts)))


def _name(code: str) -> str:
    known = LANGUAGES.get(code)
    return language_name(known.code, known.name) if known else f"“{clean(code)}”"


def _title(title: str, url: str | None) -> Span:
    return Span(isolated(f"“{shortened(title)}”"), url=link(url))


def section_title(section: Section) -> str:
    """Return the title of a section; that of a built-in topic in the language of the chat."""
    title, opened, terms = clean(section.title).strip().partition(" (")
    if not opened:
        return topic_text(title)
    named, without, left_out = terms.rpartition("without ")
    if without:
        terms = named + tr("without {words}", words=left_out.removesuffix(")")) + ")"
    return f"{topic_text(title)} ({terms}"


def shortened(title: str, limit: int = TITLE_SHOWN) -> str:
    """Return a title on one line, cut behind a word where it is long."""
    said = clean(title).strip()
    return said if len(said) <= limit else f"{cut(said, limit - 1)[0].strip()}…"
