"""Edits by rule that make a true sentence false, by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from benchmarks.quality.adversary.claims import change_tense, drop_retraction, drop_speaker
from benchmarks.quality.adversary.exchanges import (
    change_number,
    exchange_names,
    exchange_speaker,
    replace_name,
    shift_date,
    swap_agent,
)
from benchmarks.quality.adversary.sentences import Sample, put
from benchmarks.quality.adversary.words import (
    NAME,
    SPEAKER,
    base_of,
    is_verb,
    past,
)

Edit = Callable[[Sample], Iterator[str]]


_PLANS = (
    r"(?:plans?|planned|intends?|intended|hopes?|hoped|wants?|wanted|aims?|aimed|seeks?|sought|"
    r"prepar(?:es?|ed|ing)|vow(?:s|ed)|pledge[sd]?|promised?s?|threaten(?:s|ed)|agree[sd]|"
    r"(?:is|are|was|were) (?:expected|set|due|scheduled|likely|planning|ready|hoping|poised))"
)
_TRIES = (
    r"(?:tried|tries|attempted|attempts|failed|struggled|trying|(?:an? )?(?:bid|effort|attempt))"
)
_ASKS = (
    r"(?:urged|asked|ordered|called on|called for|told|demanded that|warned|wants|invited|pressed)"
)
_LEXICON: dict[str, dict[str, str]] = {
    "hedge dropped": {
        r"\b(?:allegedly|reportedly|apparently|possibly|probably|presumably|supposedly) ": "",
        r"\b(?:alleged|suspected|purported) (?!of\b)(?=[a-z])": "",
        r"(?<=\b[Aa] )(?:possible|potential) (?=[b-df-hj-np-tv-z])": "",
    },
    "bound dropped": {
        (
            r"\b(?:at least|nearly|almost|up to|more than|over|as many as|around|about|less than|"
            r"fewer than) (?=[$£€]?\d|(?:two|three|four|five|six|seven|eight|nine|ten)\b)"
        ): "",
    },
    "bound turned": {
        r"\bat least (?=[$£€]?\d)": "at most ",
        r"\bmore than (?=[$£€]?\d)": "less than ",
        r"\b(?:nearly|almost|up to) (?=[$£€]?\d)": "more than ",
        r"\bover (?=[$£€]?\d)": "under ",
    },
    "comparison turned": {
        r"\bmore (?=[a-z]+ than)": "less ",
        r"\bhigher\b": "lower",
        r"\blower\b": "higher",
        r"\blarger\b": "smaller",
        r"\bgreater\b": "smaller",
        r"\bfewer\b": "more",
        r"\bbetter\b": "worse",
        r"\bfaster\b": "slower",
        r"\bmost (?=[a-z]+)": "least ",
        r"\bone of the (?=(?:most|largest|biggest|worst|first|highest|deadliest)\b)": "the ",
    },
    "quantifier widened": {
        (
            r"\b(?:some|many|most|several|a few|a number of|dozens of|much) "
            r"(?=(?:of )?[a-z]{3,}s\b)"
        ): "all ",
        r"\b[Ss]ome of the\b": "all of the",
        r"\bmost of\b": "all of",
        r"(?<!than )\bhalf of\b": "all of",
        r"^(?:Some|Many|Most|Several) (?=(?:of )?[a-z]+s\b)": "All ",
    },
    "partial made total": {
        (
            r"\b(?:partly|partially|largely|mostly|temporarily|almost|nearly|"
            r"briefly|slightly) (?=[a-z])"
        ): "",
        (
            r"(?<!be )\b(?:partial|temporary|limited|initial|preliminary|interim|draft|"
            r"proposed|planned) (?=[a-z])"
        ): "",
        r"(?<!as )\bpart of the\b": "the",
        r"\bparts of (?=[A-Z])": "",
    },
    "only or first dropped": {
        r"(?<!not )\bonly (?=[a-z\d])(?!to\b|because\b|if\b)": "",
        r"\bformer (?=[A-Za-z])": "",
        r"\bacting (?=[A-Z])": "",
    },
    "antonym": {
        r"\brose\b": "fell", r"\bfell\b": "rose", r"\bincrease": "decrease",
        r"\bbefore\b": "after", r"\bafter\b": "before",
        r"\brejected\b": "accepted", r"\baccepted\b": "rejected", r"\bwon\b": "lost",
        r"\bsupport(?=s\b|\b)": "oppose", r"\bsupported\b": "opposed",
        r"\bapproved\b": "rejected", r"\bopened\b": "closed", r"\bagainst\b": "for",
        r"\bwithout\b": "with",
    },
    "said made another act": {
        rf"\bsaid (?=that\b|the\b|it\b|he\b|she\b|they\b|{NAME})": "denied ",
        r"\bclaimed\b": "proved", r"\bsuggested\b": "confirmed", r"\bdenied\b": "admitted",
        r"\bproposed\b": "adopted", r"\bconsidering\b": "completing",
    },
}  # fmt: skip


def _by_lexicon(table: Mapping[str, str]) -> Edit:
    def edit(sample: Sample) -> Iterator[str]:
        for pattern, instead in table.items():
            if re.search(pattern, sample.text):
                yield re.sub(pattern, instead, sample.text, count=1)

    return edit


def _verb_after(
    sample: Sample, before: str, make: Callable[[str], str], *, passive: bool = True
) -> Iterator[str]:
    """Replace "BEFORE verb" by another form of the verb, and "BEFORE be" by "was" or "were"."""
    for found in re.finditer(rf"\b{before} (?P<verb>[a-z]+)\b", sample.text):
        head, tail = sample.text[: found.start()], sample.text[found.end() :]
        verb = found["verb"]
        if verb == "be" and passive:
            was = "were" if re.search(r"(?:s|people|they)(?: \w+)? $", head) else "was"
            yield f"{head}{was}{tail}"
        elif verb not in {"be", "have"} and is_verb(verb, sample.vocabulary):
            yield f"{head}{make(verb)}{tail}"


def _will_done(sample: Sample) -> Iterator[str]:
    yield from _verb_after(sample, "will", past)


def _plans_done(sample: Sample) -> Iterator[str]:
    yield from _verb_after(sample, rf"{_PLANS} to", past)


def _may_will(sample: Sample) -> Iterator[str]:
    for found in re.finditer(r"\b(?:may|might|could) (?=[a-z]{2,}\b)(?!not\b)", sample.text):
        yield put(sample, found, "will ")


def _may_done(sample: Sample) -> Iterator[str]:
    yield from _verb_after(sample, "(?:may|might|could|would)", past)


def _tried_done(sample: Sample) -> Iterator[str]:
    yield from _verb_after(sample, rf"{_TRIES} to", past)
    yield re.sub(r"\battempted (?=murder|coup|robbery|assassination|kidnapping)", "", sample.text)


def _called_did(sample: Sample) -> Iterator[str]:
    for found in re.finditer(
        (
            rf"(?P<who>{SPEAKER}) {_ASKS} (?P<whom>(?:the )?[\w’'-]+(?: [\w’'-]+)"
            rf"?) to (?P<verb>[a-z]+)\b"
        ),
        sample.text,
    ):
        if is_verb(found["verb"], sample.vocabulary):
            whom = found["whom"][:1].upper() + found["whom"][1:]
            yield f"{whom} {past(found['verb'])}{sample.text[found.end() :]}"


def _must_did(sample: Sample) -> Iterator[str]:
    yield from _verb_after(sample, "(?:must|should|has to|have to|needs? to)", past)


def _done_future(sample: Sample) -> Iterator[str]:
    for found in re.finditer(rf"^(?:The )?(?:[\w’'-]+ ){{0,3}}?(?:{NAME}) ([a-z]+)\b", sample.text):
        base = base_of(found[1])
        if base and found[1] in sample.vocabulary and base not in {"be", "say", "have", "do"}:
            start, end = found.span(1)
            yield f"{sample.text[:start]}will {base}{sample.text[end:]}"


def _denial_dropped(sample: Sample) -> Iterator[str]:
    yield from _verb_after(sample, "(?:did not|didn’t|didn't)", past)
    yield re.sub(
        r"\b(is|are|was|were|has|have|had|will|would|could|can) not\b(?! only| just| necessarily)",
        r"\1",
        sample.text,
    )


def _denial_added(sample: Sample) -> Iterator[str]:
    yield re.sub(
        r"\b(was|were|has|have|had|will|would|is|are) (?=[a-z]+(?:ed|en)?\b)(?!not\b)",
        r"\1 not ",
        sample.text,
        count=1,
    )


def _cause_reversed(sample: Sample) -> Iterator[str]:
    found = re.match(
        (
            rf"^(?P<a>[^,]+) (?P<by>after|because|before|following) (?P<b>(?:the|"
            rf"a|an|it|he|{NAME}) [^,]+)\.$"
        ),
        sample.text,
    )
    if found and re.search(r"\b(?:was|were|had|\w+ed)\b", found["b"]):
        a = (
            found["a"]
            if re.match(NAME, found["a"])
            and not re.match(r"(?:The|A|An|In|On|It|He|She) ", found["a"])
            else found["a"][0].lower() + found["a"][1:]
        )
        yield f"{found['b'][0].upper()}{found['b'][1:]} {found['by']} {a}."


def _condition_dropped(sample: Sample) -> Iterator[str]:
    yield re.sub(
        (
            r",? (?:(?<!clear )(?<!so )(?<!that )if|unless|provided that|as "
            r"long as|until) (?:the|it|he|she|they|a|an|[A-Z]\w+) [^,.]+\.$"
        ),
        ".",
        sample.text,
    )
    opening = re.match(r"^(?:If|Unless|Should|Until|Once) [^,]+, (.)", sample.text)
    if opening:
        yield opening[1].upper() + sample.text[opening.end() :]


EDITS: dict[str, Edit] = {
    "will made done": _will_done,
    "plan made done": _plans_done,
    "may made will": _may_will,
    "may made done": _may_done,
    "attempt made done": _tried_done,
    "call made done": _called_did,
    "duty made done": _must_did,
    "done made future": _done_future,
    "tense changed": change_tense,
    "denial dropped": _denial_dropped,
    "denial added": _denial_added,
    "speaker dropped": drop_speaker,
    "speaker exchanged": exchange_speaker,
    "names exchanged": exchange_names,
    "name replaced": replace_name,
    "passive agent swapped": swap_agent,
    "date shifted": shift_date,
    "number changed": change_number,
    "cause reversed": _cause_reversed,
    "condition dropped": _condition_dropped,
    "retraction dropped": drop_retraction,
    **{kind: _by_lexicon(table) for kind, table in _LEXICON.items()},
}
"""How each kind of false edit is made."""
