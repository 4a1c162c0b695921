"""What the articles of a story counted and measured, and how it changed from one to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.models import Article, Chart, Column
from bot.store import TextPiece
from bot.web.readers.article_days import day_of
from summarizer.casualties.comparison import count_in
from summarizer.casualties.counts import Counted, figures
from summarizer.key_figures.gathering import CIVILIANS
from summarizer.key_figures.kinds import INCIDENTS, KeyFigure, Kind
from summarizer.key_figures.reading import figures_of
from summarizer.language.sentences import Sentence

COUNTED = 16
"""Articles of a story whose numbers the API gives."""

CHANGES, STEPS = 5, 6
"""Figures of a story that are shown, and the values of each: the first and the newest ones."""

DRAWN = 3
"""From so many values on, there is a small chart of them."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that an article states, with its sentence, or the title where that states it."""

    article: TextPiece
    counted: Counted
    value: int
    rounded: bool
    sentence: str
    place: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A value with the first article that states it; `others` are sources that say the same next.

    `place` is the sentence in the article.
    """

    said: str
    value: float
    article: TextPiece
    sentence: str
    place: Sentence
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """The values of one figure, oldest first; `left_out` of them are not shown."""

    label: str
    steps: tuple[Step, ...]
    left_out: int
    chart: Chart | None

    @property
    def told(self) -> str:
        """The values in a line: "29, then 31"."""
        first, *rest = (each.said for each in self.steps)
        return ", then ".join([first, *(["…"] if self.left_out else []), *rest])


def numbers(newest: Sequence[TextPiece]) -> list[Number]:
    """What each article counts, oldest first; each number stands as its own source says it."""
    found = []
    for piece in reversed(newest):
        if not any(figures(f"{piece.title}\n{piece.text}")):
            continue
        article = _as_article(piece)
        for kind in Counted:
            if count := count_in(article, kind):
                said = count.sentence.text if count.sentence else piece.title
                found.append(Number(piece, kind, count.value, count.rounded, said, count.sentence))
    return found


def changes(newest: Sequence[TextPiece], zone: str) -> list[Course]:
    """The figures of a story's articles, those that changed most often first."""
    found: dict[tuple[str, Kind, str], list[Step]] = defaultdict(list)
    for what, step in _stated(newest, zone):
        known = found[what]
        if not known or known[-1].value != step.value:
            known.append(step)
        elif step.article.source not in (known[-1].article.source, *known[-1].others):
            last = known[-1]
            known[-1] = Step(
                last.said,
                last.value,
                last.article,
                last.sentence,
                last.place,
                (*last.others, step.article.source),
            )
    courses = [_course(label, steps) for (label, *_), steps in found.items()]
    courses.sort(key=lambda each: -(len(each.steps) + each.left_out))
    return courses[:CHANGES]


def _stated(newest: Sequence[TextPiece], zone: str) -> Iterator[tuple[tuple[str, Kind, str], Step]]:
    """The steps, each with its label, kind and unit: only values of one unit are one course."""
    for piece in reversed(newest):
        for stated in figures_of(piece.title, piece.text, piece.language, day_of(piece, zone)):
            figure, place = stated.figure, stated.sentence
            what = _label(figure), figure.kind, figure.unit
            yield what, Step(figure.said, figure.value, piece, place.text, place)


def _label(figure: KeyFigure) -> str:
    """What is followed: soldiers killed apart from others, each price and amount by its name."""
    if figure.kind not in INCIDENTS:
        return figure.of
    of = "" if figure.of in CIVILIANS else figure.of
    return f"{of} {figure.kind.value}".strip()


def _course(label: str, steps: Sequence[Step]) -> Course:
    shown = (steps[0], *steps[1:][-(STEPS - 1) :])
    chart = None
    if len(steps) >= DRAWN:
        columns = tuple(Column(each.said, round(each.value)) for each in steps)
        chart = Chart(label, columns, "")
    return Course(label, shown, len(steps) - len(shown), chart)


def _as_article(piece: TextPiece) -> Article:
    return Article(
        id=piece.id,
        title=piece.title,
        text=piece.text,
        source=piece.source,
        published_at=piece.published_at,
        fetched_at=piece.published_at,
        content_hash="",
        language=piece.language,
    )
