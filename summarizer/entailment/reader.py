"""Refuses proved bullets that do not follow from their quotations, in a bounded time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Lock

from bot.log import get_logger
from bot.models import Article, Briefing, Bullet, Dropped, Section
from summarizer.entailment.model import LEAST, EntailmentModel
from summarizer.entailment.model_files import EntailmentFault
from summarizer.evidence.bullet_proof import claim, grounds

LOAD_SECONDS = 10.0
"""The longest wait for the model to be loaded; what is not judged meanwhile stays."""

GRACE = 0.5
AGAIN = 60.0
"""Seconds after which a model that could not be loaded is tried again."""

MOST_KEPT = 2_000
"""Judgements that are kept: digests of many chats tell the same bullets."""

REPEATED = 60.0
"""Seconds within which the same reason is logged once."""

LATE = "not every bullet was judged in time: choose a smaller model"

ENGLISH = "en"

Articles = Mapping[str, Article]

log = get_logger(__name__)


class SecondReader:
    """Judges bullets by a model that is loaded when the first one is to be judged.

    One thread judges, so that several briefings at once take no more memory than one. Where the
    model is missing, damaged or late, every bullet stays.
    """

    def __init__(self, folder: Path, seconds: float, languages: Sequence[str] = (ENGLISH,)) -> None:
        self._folder = folder
        self._seconds = seconds
        self._languages = frozenset(languages)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="entailment")
        self._lock = Lock()
        self._loading: Future[EntailmentModel] | None = None
        self._asked_at = 0.0
        self._kept: dict[tuple[str, str], float] = {}
        self._logged: dict[str, float] = {}

    def briefing(self) -> Reading:
        """What judges the bullets of one briefing."""
        return Reading(self, self._seconds)

    def model(self) -> EntailmentModel:
        """The loaded model; raises EntailmentFault."""
        with self._lock:
            if self._loading is None or self._may_try_again(self._loading):
                load = EntailmentModel.load
                self._asked_at = time.monotonic()
                self._loading = self._worker.submit(load, self._folder, self._seconds)
            loading = self._loading
        try:
            return loading.result(timeout=LOAD_SECONDS)
        except TimeoutError:
            raise EntailmentFault(
                f"the entailment model is not loaded in {LOAD_SECONDS:g} s: choose a smaller one"
            ) from None

    def _may_try_again(self, loading: Future[EntailmentModel]) -> bool:
        failed = loading.done() and loading.exception() is not None
        return failed and time.monotonic() - self._asked_at >= AGAIN

    def is_ready(self) -> bool:
        """Load the model where it is not loaded; say so once, and return False, on a fault."""
        try:
            self.model()
        except EntailmentFault as fault:
            self.tell(str(fault))
            return False
        return True

    def chances(self, pairs: Sequence[tuple[str, str]], seconds: float) -> list[float | None]:
        """How likely each second text follows from the first; None where that is not known."""
        if not pairs or seconds <= 0:
            return [None] * len(pairs)
        try:
            model = self.model()
            until = time.monotonic() + seconds
            asked = self._worker.submit(self._judge, model, pairs, until)
            try:
                return asked.result(timeout=seconds + GRACE)
            except TimeoutError:
                asked.cancel()
                self.tell(LATE)
        except EntailmentFault as fault:
            self.tell(str(fault))
        return [None] * len(pairs)

    def reads(self, bullet: Bullet, articles: Articles) -> bool:
        """Whether a bullet and what it cites are in languages of the model."""
        cited = (articles[each.article_id].language for each in bullet.citations)
        spoken = {bullet.language or ENGLISH, *(each or ENGLISH for each in cited)}
        return spoken <= self._languages

    def _judge(
        self, model: EntailmentModel, pairs: Sequence[tuple[str, str]], until: float
    ) -> list[float | None]:
        """The chance of each pair, kept or new; runs in the one thread of the model."""
        new = [each for each in dict.fromkeys(pairs) if each not in self._kept]
        found = dict(zip(new, model.follows(new, until), strict=True)) if new else {}
        answer = [self._kept.get(each, found.get(each)) for each in pairs]
        self._kept |= {each: chance for each, chance in found.items() if chance is not None}
        for each in list(self._kept)[: max(0, len(self._kept) - MOST_KEPT)]:
            del self._kept[each]
        if time.monotonic() >= until and None in answer:
            self.tell(LATE)
        return answer

    def tell(self, reason: str) -> None:
        """One line for an operator; the same reason again within a minute is for debugging."""
        now = time.monotonic()
        repeated = now - self._logged.get(reason, -REPEATED) < REPEATED
        tell = log.debug if repeated else log.warning
        if not repeated:
            self._logged = {reason: now}
        tell("entailment model not used", reason=reason)


class Reading:
    """Judges the bullets of one briefing, whose time it counts."""

    def __init__(self, reader: SecondReader, seconds: float) -> None:
        self._reader = reader
        self._left: float | None = seconds
        """None where the model cannot be used, which was said."""

    def refused(self, bullets: Sequence[Bullet], articles: Articles) -> dict[int, str]:
        """Why bullets are refused, by their place; a call of the model's library blocks."""
        asked = [at for at, each in enumerate(bullets) if self._reader.reads(each, articles)]
        pairs = [(grounds(bullets[at], articles), claim(bullets[at])) for at in asked]
        if not pairs or self._left is None:
            return {}
        if self._left <= 0:
            self._reader.tell(LATE)
            return {}
        if not self._reader.is_ready():
            self._left = None
            return {}
        began = time.monotonic()
        chances = self._reader.chances(pairs, self._left)
        self._left -= time.monotonic() - began
        return {
            at: "an entailment model finds that it does not follow from its quotations "
            f"({chance:.0%} likely)"
            for at, chance in zip(asked, chances, strict=True)
            if chance is not None and chance < LEAST
        }

    def reviewed(
        self, briefing: Briefing, local: Sequence[Section], articles: Articles
    ) -> Briefing:
        """The briefing with local bullets in place of a model's that are refused.

        `local` are the sections before a language model wrote; their bullets were judged before.
        """
        known = {each for section in local for each in section.bullets}
        told = [each for section in briefing.sections for each in section.bullets]
        lead = [briefing.lead] if briefing.lead else []
        new = [each for each in dict.fromkeys([*told, *lead]) if each not in known]
        refused = {new[at]: why for at, why in self.refused(new, articles).items()}
        if not refused:
            return briefing
        sections = tuple(
            replace(each, bullets=_without(each.bullets, refused, own.bullets))
            for each, own in zip(briefing.sections, local, strict=True)
        )
        dropped = tuple(Dropped(each.text, why) for each, why in refused.items())
        return replace(
            briefing,
            sections=sections,
            lead=None if briefing.lead in refused else briefing.lead,
            dropped=(*briefing.dropped, *dropped),
        )


def _without(
    bullets: Sequence[Bullet], refused: Mapping[Bullet, str], local: Sequence[Bullet]
) -> tuple[Bullet, ...]:
    """The bullets, with a local one of the same story for each that is refused, where one is."""
    kept: list[Bullet] = []
    for each in bullets:
        if each not in refused:
            kept.append(each)
            continue
        others = (one for one in local if one.story_id == each.story_id)
        kept += [one for one in others if one not in kept and one not in bullets][:1]
    return tuple(kept)
