"""Finds a claim without its speaker, and "is" that became "was", by who says what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evidence.moods.differences import Difference
from summarizer.evidence.moods.lexicon import ADVERBS, NEUTRAL, VERBS
from summarizer.evidence.moods.pairing import Pairing
from summarizer.evidence.moods.speakers import Report
from summarizer.evidence.moods.word_kinds import DETERMINERS, SAYS, is_adverb, is_finite
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.vocabulary import ordinary
from summarizer.language.word_lists import listed

_TENSES = {"is": "present", "are": "present", "was": "past", "were": "past"}
_FEWEST_KEPT = 3
_MOST_HEARERS = 4
_TOLD = ("ed", "ing", "said", "told", "found", "wrote", "written")
"""How a verb ends that tells of the past: "said it was open" may be "is", "says it was" not."""

_WRITES = SAYS | frozenset(map(stem, listed("assure inform post write reply")))
"""Stems of verbs that report where "is" may become "was"."""

_ADMITS = frozenset(map(stem, listed("admit acknowledge concede")))
"""Stems of verbs behind which somebody tells of himself what is against his own interest."""

_SAYS_NOW = frozenset(listed("say says"))
_CLAIMS = frozenset(listed("that the a an he she it they we his her its their there"))
"""Words that open a claim right behind a verb that reports."""

_PRONOUNS = frozenset(listed("he she it they we"))
_UNNAMED = frozenset(listed("source sources"))


def changed_tense(
    pairing: Pairing, said: Sequence[Report], told: Sequence[Report]
) -> Iterator[Difference]:
    """Every "is" that became "was", or the reverse, outside of what somebody said."""
    for new, old in pairing.to_source.items():
        one = pairing.bullet.words[new].word.low
        other = pairing.source.words[old].word.low
        if one == other or one not in _TENSES or other not in _TENSES:
            continue
        if _TENSES[one] == _TENSES[other]:
            continue
        beside = pairing.to_source.get(new + 1) == old + 1 and (
            pairing.to_source.get(new - 1) == old - 1
        )
        shifts = any(_shifts(pairing.bullet, each, new) for each in said) or any(
            _shifts(pairing.source, each, old) or _is_retold(pairing, each, old, new)
            for each in told
        )
        supposed = _is_supposed(pairing.bullet, new) and _is_supposed(pairing.source, old)
        if beside and not shifts and not supposed:
            yield Difference("tense", new, False)


def _is_supposed(text: Text, at: int) -> bool:
    """Whether "was" is not past: "would return if it was"."""
    first = text.sentences[text.where[at]][0]
    lows = [each.word.low for each in text.words[first:at]]
    return "if" in lows[-3:] and "would" in lows[: -lows[::-1].index("if")]


def _shifts(text: Text, report: Report, at: int) -> bool:
    """Whether a word stands in a claim told in the past, where "is" and "was" are one.

    So it does behind "says he was told that", too.
    """
    if at not in report.claim:
        return False
    before = range(report.claim.start, at)
    told = text.stems[report.at] in SAYS and text.words[report.at].word.low.endswith(_TOLD)
    return (told and not _says_now(text, before)) or _is_within(text, before)


def _is_retold(pairing: Pairing, report: Report, old: int, new: int) -> bool:
    """Whether a bullet tells in the past what the source has somebody say now."""
    if old not in report.claim:
        return False
    bullet, own = pairing.bullet, pairing.to_bullet.get(report.at)
    told = own is not None and _is_told(bullet, own) and not _says_now(bullet, range(own, new))
    return told or _is_within(bullet, range(bullet.sentences[bullet.where[new]][0], new))


def _is_within(text: Text, before: range) -> bool:
    """Whether a claim that is told in the past begins among the words before a verb.

    "The warning", "the reported leak" and "the fund he announced in May" begin none.
    """
    return any(
        _is_told(text, at) and _begins_claim(text, range(at + 1, before.stop)) for at in before
    )


def _is_told(text: Text, at: int) -> bool:
    """Whether a word is a verb that reports in the past, unlike a noun or what a noun is."""
    noun = at > 0 and text.words[at - 1].word.low in DETERMINERS
    return not noun and text.stems[at] in _WRITES and text.words[at].word.low.endswith(_TOLD)


def _begins_claim(text: Text, behind: range) -> bool:
    """Whether a claim begins behind a verb, or its few hearers, and nobody says anything since."""
    if not behind or _says_now(text, behind):
        return False
    lows = [text.words[at].word.low for at in behind[: _MOST_HEARERS + 1]]
    return "that" in lows or lows[0] in _CLAIMS or text.words[behind.start].word.capital


def _says_now(text: Text, words: range) -> bool:
    return any(text.words[at].word.low in _SAYS_NOW for at in words)


def unsaid(
    pairing: Pairing, said: Sequence[Report], told: Sequence[Report]
) -> Iterator[Difference]:
    """Every claim of somebody that the bullet makes its own, or another's."""
    for report in told:
        kept = [
            pairing.to_bullet[at]
            for at in report.claim
            if at in pairing.to_bullet and pairing.source.words[at].word.content
        ]
        if len(kept) < _FEWEST_KEPT or _is_neutral(pairing.source, report):
            continue
        if _admits(pairing.source, report, told) or _keeps_belief(pairing, report):
            continue
        mine = [each for each in said if 2 * sum(at in each.claim for at in kept) >= len(kept)]
        if not mine:
            if not _says_so(pairing, report):
                yield Difference("said", report.at, True)
        elif _is_uncovered(pairing, kept, mine) and not (
            _says_so(pairing, report) or _is_aside(pairing, mine, report)
        ):
            yield Difference("said", report.at, True)
        elif not any(_same_speaker(pairing, each, other) for each in mine for other in told):
            yield Difference("speaker", report.at, True)


def _keeps_belief(pairing: Pairing, report: Report) -> bool:
    """Whether a bullet says "Police believe …" for "Police said they believed …"."""
    source, claim = pairing.source, report.claim
    own = pairing.to_bullet.get(claim.start + 1) if len(claim) >= _FEWEST_KEPT else None
    if own is None:
        return False
    kept = [at for at in report.speaker if pairing.to_bullet.get(at, own) < own]
    lost = [source.words[at].word for at in report.speaker if at not in kept]
    return (
        bool(kept)
        and all(each.capital and not ordinary(each.low) for each in lost)
        and source.words[claim.start].word.low in _PRONOUNS
        and VERBS.get(source.stems[claim.start + 1]) == "belief"
    )


def _admits(source: Text, report: Report, told: Sequence[Report]) -> bool:
    """Whether somebody admits something about himself, and the text says so without a doubt.

    "Hale admitted that Dorn paid" and "Hale allegedly admitted that he paid" need their speaker.
    """
    before = report.at - 1
    if source.words[before].word.low in {"has", "have"}:
        before -= 1
    low = source.words[before].word.low
    nested = any(report.at in each.claim or each.at in report.claim for each in told)
    return (
        source.stems[report.at] in _ADMITS
        and before in report.speaker
        and not (low == "never" or low in ADVERBS or is_adverb(low) or nested)
        and all(source.words[at].word.low != "that" for at in report.claim)
        and source.words[report.claim.start].word.low in _PRONOUNS
    )


def _is_uncovered(pairing: Pairing, kept: Sequence[int], mine: Sequence[Report]) -> bool:
    """Whether a bullet tells much of a claim itself, and only the rest as somebody's.

    "He said that Karsova lied to the court, claiming that …" has two claims: that it lied is his.
    """
    told = [
        at
        for at in kept
        if not any(at in each.claim or at == each.at for each in mine)
        and not any(at in each.speaker for each in mine if not _is_participle(pairing, each))
    ]
    return len(told) >= _FEWEST_KEPT and any(
        is_finite(pairing.bullet.words[at].word.low) for at in told
    )


def _is_aside(pairing: Pairing, mine: Sequence[Report], told: Report) -> bool:
    """Whether a bullet names the same speaker amid the claim: "Gas leaked, said Hale, and …"."""
    return any(
        _same_speaker(pairing, each, told) and not _is_participle(pairing, each) for each in mine
    )


def _is_participle(pairing: Pairing, report: Report) -> bool:
    low = pairing.bullet.words[report.at].word.low
    return low.endswith("ing") and low != "according"


def _says_so(pairing: Pairing, report: Report) -> bool:
    """Whether a bullet has the source's own verb of saying beside its speaker."""
    own = pairing.to_bullet.get(report.at)
    if own is None or pairing.bullet.stems[own] != pairing.source.stems[report.at]:
        return False
    return any(
        at in pairing.to_bullet and (pairing.to_bullet[at] < own) == (at < report.at)
        for at in report.speaker
    )


def _is_neutral(source: Text, report: Report) -> bool:
    """Whether a claim needs no speaker: it is told by who measures or rescues, as NASA does.

    Unnamed sources do neither, in a hospital or in the police.
    """
    said_by = {source.words[at].word.low for at in report.speaker}
    return not NEUTRAL.isdisjoint(said_by) and _UNNAMED.isdisjoint(said_by)


def _same_speaker(pairing: Pairing, said: Report, told: Report) -> bool:
    bullet, source = pairing.bullet, pairing.source
    if not said.speaker or not told.speaker:
        return True
    pronouns = {"he", "she", "they", "it", "we", "i"}
    if any(bullet.words[at].word.low in pronouns for at in said.speaker):
        return True
    if any(source.words[at].word.low in pronouns for at in told.speaker):
        return True
    return any(pairing.to_source.get(at) in told.speaker for at in said.speaker) or any(
        bullet.stems[at] in {source.stems[one] for one in told.speaker} for at in said.speaker
    )
