"""How many false edits and true paraphrases of true sentences pass, by kind.

Reads rows with `text`, `doc` or `docs`. Of each file it takes a fixed choice of plain sentences and
makes edits and paraphrases by rule; ungrammatical ones are dropped. Half of the documents are held
out: the rules were written with the other half in view, so only the rows "held out" count. For
edits a low rate is good, for paraphrases a high one. Word precision passes a text of which the
document has nine words in ten; "numbers + names" one whose numbers and names the document has.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.adversary.edits import EDITS
from benchmarks.quality.adversary.paraphrases import PARAPHRASES
from benchmarks.quality.adversary.sentences import Sample, read_samples
from benchmarks.report import Row
from summarizer.evidence.checker import check

_MOST_A_KIND = 120
_WORDS = 0.9
_TOKEN = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z]\w+")
_BROKEN = re.compile(
    r"\b(\w+) \1\b|\b(?:will|to|not|did) (?:was|were|has|had|is|are|will|to|\w+[^e]ed)\b|  | [,.]"
    r"|,[,.]|\ba [aeio]\w|\ban [b-df-gj-np-tv-z]\w|\b(?:The|A|An) (?:the|a|an|he|it)\b"
    r"|\bwas (?:they|we)\b|\b(?:it|he|she) (?:were|are|have)\b|\bthe (?:said|was|were|will)\b"
)
"""Signs of an ungrammatical result."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text made from a true sentence, its document, and whether it is still true."""

    kind: str
    text: str
    sample: Sample
    true: bool


def run(files: list[Path]) -> list[Row]:
    """Rows for each kind, over all files: the share that passes, in %."""
    if not files:
        raise ValueError("adversary: name files with text, doc or docs")
    cases = [case for path in files for case in made_of(read_samples(path))]
    rows: list[Row] = []
    for held_out in (True, False):
        some = [case for case in cases if case.sample.held_out is held_out]
        where = "held out" if held_out else "seen while the rules were written"
        rows += _table([case for case in some if not case.true], f"false edits, {where}")
        rows += _table([case for case in some if case.true], f"true paraphrases, {where}")
    return rows


def made_of(samples: list[Sample]) -> Iterator[Case]:
    """Every grammatical edit and paraphrase of some sentences, at most a fixed number a kind."""
    for true, makers in ((False, EDITS), (True, PARAPHRASES)):
        for kind, make in makers.items():
            found = [
                Case(kind, text, sample, true)
                for sample in samples
                for text in dict.fromkeys(make(sample))
                if text != sample.text and is_grammatical(text, sample.text)
            ]
            found.sort(key=lambda case: zlib.crc32(case.text.encode()))
            yield from found[:_MOST_A_KIND]


def is_grammatical(text: str, original: str) -> bool:
    """Whether a text shows no sign of a broken sentence that its original did not show."""
    long_enough = len(text.split()) >= 5 and text[:1].isupper()
    return long_enough and (not _BROKEN.search(text) or _BROKEN.search(original) is not None)


def _table(cases: list[Case], data: str) -> Iterator[Row]:
    by_kind: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_kind[case.kind].append(case)
        by_kind["all kinds"].append(case)
    for kind, some in sorted(by_kind.items(), key=lambda each: each[0] == "all kinds"):
        yield Row(data, kind, {"n": float(len(some)), **_rates(some)})


def _rates(cases: list[Case]) -> Mapping[str, float]:
    return {
        name: 100 * sum(passes(case) for case in cases) / len(cases)
        for name, passes in SYSTEMS.items()
    }


def _proved(case: Case) -> bool:
    return check(case.text, [case.sample.document]).proved


def _proved_alone(case: Case) -> bool:
    return check(case.text, [case.sample.text]).proved


def _word_precision(case: Case) -> bool:
    known = set(_TOKEN.findall(case.sample.document.lower()))
    said = _TOKEN.findall(case.text.lower())
    return sum(word in known for word in said) >= _WORDS * len(said)


def _numbers_and_names(case: Case) -> bool:
    said = {*_NUMBER.findall(case.text), *_NAME.findall(case.text)}
    return all(each in case.sample.document for each in said)


SYSTEMS: dict[str, Callable[[Case], bool]] = {
    "briefbot %": _proved,
    "one sentence %": _proved_alone,
    "words %": _word_precision,
    "num+names %": _numbers_and_names,
}
"""What decides whether a text passes; "one sentence" has only the sentence as its source."""
