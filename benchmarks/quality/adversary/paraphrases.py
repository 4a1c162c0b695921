"""Paraphrases by rule that keep a sentence true, by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from benchmarks.quality.adversary.sentences import Sample
from benchmarks.quality.adversary.words import NAME, SAID, base_of, past

Paraphrase = Callable[[Sample], Iterator[str]]

_MONTHS = {
    "January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.",
    "October": "Oct.", "November": "Nov.", "December": "Dec.",
}  # fmt: skip
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_SUBJECT = rf"(?:the (?:[\w’'-]+ ){{0,3}}[a-z]+|it|he|she|they|{NAME})"
_SYNONYMS = {
    r"\babout (?=[$\d])": "around ", r"(?<![Nn]o )\bmore than (?=[$\d])": "over ",
    r"\bover (?=[$\d])": "more than ", r"\bnearly (?=[$\d])": "almost ",
    r"\bsaid that\b": "said", r"\bbecause of\b": "due to", r"\bin order to\b": "to",
    r"\bprior to\b": "before", r"\bpurchased\b": "bought", r"\bbegan\b": "started",
    r"\bstarted\b": "began", r"\blarge\b": "big", r"\bhelp\b": "assist",
    r"\bshow(?=s|ed)": "reveal",
    r"\bnearby\b": "close by", r"\ballow(?=s|ed)": "permit", r"\bseveral\b": "a number of",
    r"\bapproximately\b": "about", r"\bcurrently\b": "now", r"\bemploy(?=s|ed)": "hire",
    r"\bat least (?=\d)": "no fewer than ", r"\bbuilding\b": "construction",
    r"\bis expected to\b": "is likely to", r"\btried to\b": "attempted to",
    r"\balso \b": "", r"\bassist(?=ed|s)": "help",
}  # fmt: skip


def _months(sample: Sample) -> Iterator[str]:
    text = sample.text
    for name, short in _MONTHS.items():
        if re.search(rf"\b{name} \d", text):
            yield re.sub(rf"\b{name} (?=\d)", f"{short} ", text)
        if re.search(rf"(?<!\w){re.escape(short)} \d", text):
            yield text.replace(short, name)
    every = "|".join([*_MONTHS, "March", "April", "May", "June", "July"])
    if found := re.search(rf"\b({every}) (\d{{1,2}})(?!\d)(?:, (?=\d))?", text):
        after = text[found.end() :]
        gap = " " if after[:1].isdigit() else ""
        yield f"{text[: found.start()]}{found[2]} {found[1]}{gap}{after}"


_SHORT = {
    r"\b(did|does|do|is|are|was|were|has|have|had|would|could|should) not\b": r"\1n’t",
    r"\bwill not\b": "won’t",
    r"\bcannot\b": "can’t",
    r"\b(it|he|she) is\b": r"\1’s",
    r"\b(they|we|you) are\b": r"\1’re",
    r"\b(it|he|she|they) will\b": r"\1’ll",
    r"\b(they|we) have\b(?= \w+ed\b)": r"\1’ve",
    r"\b(did|does|do|is|are|was|were|has|have|had|would|could|should)n[’']t\b": r"\1 not",
    r"\b([Ii]t|[Hh]e|[Ss]he|[Tt]hat)[’']s (?=not|a|the|\w+ing)": r"\1 is ",
}


def _by_table(table: Mapping[str, str]) -> Paraphrase:
    def paraphrase(sample: Sample) -> Iterator[str]:
        for pattern, instead in table.items():
            if re.search(pattern, sample.text):
                yield re.sub(pattern, instead, sample.text, count=1)

    return paraphrase


def _speaker_first(sample: Sample) -> Iterator[str]:
    found = re.match(rf"^(.+), ((?:the )?[\w’' -]{{3,40}}) ({SAID})\.$", sample.text)
    if (
        found
        and "," not in found[1][-30:]
        and "said" not in found[1]
        and not found[2].startswith(("But ", "And "))
        and found[3] in {"said", "says"}
    ):
        claim = (
            found[1]
            if re.match(NAME, found[1])
            and not re.match(r"(?:The|A|An|It|In|On|He|She|They|At|There|This) ", found[1])
            else found[1][0].lower() + found[1][1:]
        )
        yield f"{found[2][0].upper()}{found[2][1:]} {found[3]} {claim}."
        if found[3] == "said":
            yield f"According to {found[2]}, {claim}."
    back = re.match(
        rf"^((?:The )?[\w’' -]{{3,40}}?) said (?:that )?({_SUBJECT} [^,]+)\.$", sample.text
    )
    if back and not back[1].startswith(("But ", "And ")):
        who = back[1] if not back[1].startswith("The ") else back[1][0].lower() + back[1][1:]
        yield f"{back[2][0].upper()}{back[2][1:]}, {who} said."


def _numbers(sample: Sample) -> Iterator[str]:
    text = sample.text
    for value, word in list(enumerate(_NUMBERS, 1))[1:]:
        if found := re.search(rf"(?<![\w-]){word} (?=[a-z]{{3,}}s\b)", text):
            yield f"{text[: found.start()]}{value} {text[found.end() :]}"
        if found := re.search(rf"(?<![\w.,$€£-]){value} (?=[a-z]{{3,}}s\b)", text):
            yield f"{text[: found.start()]}{word} {text[found.end() :]}"


_UNITS = {
    r"(?<=\d) (?:percent|per cent)\b": "%",
    r"(?<=\d)%": " percent",
    r"\$(\d[\d.,]*) (million|billion)\b": r"\1 \2 dollars",
    r"\$(\d[\d.,]*) million\b": r"$\1m",
    r"\$(\d[\d.,]*) billion\b": r"$\1bn",
    r"(?<=\d) (?:kilometers|kilometres)\b": " km",
    r"(?<=\d) km\b": " kilometres",
    r"(?<![\d,s])(\d{1,3}),(\d{3})\b(?!,)": r"\1\2",
    r"(?<=\d) barrels per day\b": " barrels a day",
}


def _voice(sample: Sample) -> Iterator[str]:
    text = sample.text
    passive = re.match(
        (
            rf"^((?:The )?{NAME}|The [a-z]+(?: [a-z]+)?) (?:was|were) ([a-z]+)"
            rf" by ((?:the )?{NAME}|the [a-z]+)((?: (?:on|in|at|near|after|for)"
            rf" [^,]+)?)\.$"
        ),
        text,
    )
    if passive and (base := base_of(passive[2])):
        who, whom = passive[3], passive[1]
        whom = whom[0].lower() + whom[1:] if whom.startswith("The ") else whom
        yield f"{who[0].upper()}{who[1:]} {past(base)} {whom}{passive[4]}."


def _clause_order(sample: Sample) -> Iterator[str]:
    text = sample.text
    front = re.match(
        r"^((?:After|Before|When|While|Because|As|If|Although|Since) [^,]+), ([^,]+)\.$", text
    )
    if front:
        yield f"{front[2][0].upper()}{front[2][1:]} {front[1][0].lower()}{front[1][1:]}."
    back = re.match(
        (
            r"^([^,]+?) ((?:after|before|when|while|because|although) (?:the|"
            r"a|an|it|he|she|they|[A-Z]\w+) [^,]+)\.$"
        ),
        text,
    )
    if back and " that " not in back[1]:
        main = (
            back[1]
            if re.match(NAME, back[1])
            and not re.match(r"(?:The|A|An|In|On|It|He|She|They|At|There|This) ", back[1])
            else back[1][0].lower() + back[1][1:]
        )
        yield f"{back[2][0].upper()}{back[2][1:]}, {main}."
    day = re.match(
        r"^(On (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)), ([^,]+)\.$", text
    )
    if day:
        yield f"{day[2][0].upper()}{day[2][1:]} {day[1][0].lower()}{day[1][1:]}."


def _possessive(sample: Sample) -> Iterator[str]:
    for found in re.finditer(
        (
            r"\bthe (president|government|capital|leader|army|economy|parliament|"
            r"people|ministry|city) of ([A-Z][a-z]+)\b(?! [A-Z])"
        ),
        sample.text,
    ):
        yield f"{sample.text[: found.start()]}{found[2]}’s {found[1]}{sample.text[found.end() :]}"
    for found in re.finditer(
        (
            r"\b([A-Z][a-z]+)[’']s (president|government|capital|leader|army|"
            r"economy|parliament|people|ministry)\b"
        ),
        sample.text,
    ):
        head, tail = sample.text[: found.start()], sample.text[found.end() :]
        yield f"{head}the {found[2]} of {found[1]}{tail}"


_PLACES = {
    r"\bU\.S\.(?= [a-z])": "US", r"\bUS (?=[a-z])": "U.S. ", r"\bthe United States\b": "the US",
    r"\bthe United Kingdom\b": "the UK", r"\bthe European Union\b": "the EU",
    r"\bthe United Nations\b": "the UN", r"\bthe UN\b": "the United Nations",
    r"\bthe EU\b": "the European Union", r"\bthe US\b": "the United States",
    r"\bthe U\.S\.(?= [a-z])": "the United States",
}  # fmt: skip


def _aside_dropped(sample: Sample) -> Iterator[str]:
    text = sample.text
    yield re.sub(r"(?<=[a-z]) \([^()\d]{3,60}\)(?=[ ,.])", "", text)
    yield re.sub(
        r"^(?:However|Meanwhile|Moreover|In addition|Also), (\w)",
        lambda found: found[1].upper(),
        text,
    )
    yield re.sub(
        (
            r"(?<=[a-z]), (?:which|who) (?:is|was|are|were) (?:located |based "
            r"|also )?[^,]{4,60}, (?=(?:said|was|were|has|had|will|is)\b)"
        ),
        " ",
        text,
    )


def _coordination_cut(sample: Sample) -> Iterator[str]:
    found = re.match(
        rf"^([^,]+ (?:was|were|is|are|has|have|will|\w+ed) [^,]{{20,}}), and {_SUBJECT} [^,]+\.$",
        sample.text,
    )
    if found and not re.search(r"\b(?:said|if|either|both|not)\b", found[1]):
        yield f"{found[1]}."


_FUTURE = {
    r"\b(?:is|are) going to (?=[a-z]+\b)": "will ",
    r"\b(?:is|are) set to (?=[a-z]+\b)": "will ",
    r"\bwill (?=[a-z]{3,}\b)(?!not\b|also\b|likely\b|probably\b)": "is going to ",
}

PARAPHRASES: dict[str, Paraphrase] = {
    "months": _months,
    "contractions": _by_table(_SHORT),
    "speaker at the other end": _speaker_first,
    "numbers in words or figures": _numbers,
    "units": _by_table(_UNITS),
    "active for passive": _voice,
    "clause order": _clause_order,
    "synonyms": _by_table(_SYNONYMS),
    "possessives": _possessive,
    "acronyms": _by_table(_PLACES),
    "aside dropped": _aside_dropped,
    "second clause dropped": _coordination_cut,
    "future forms": _by_table(_FUTURE),
}
"""How each kind of true paraphrase is made."""
