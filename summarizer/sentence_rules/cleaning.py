"""Removes datelines, labels and connectives that only make sense on the sentence's page."""

from __future__ import annotations

import re

from summarizer.language.calendar import A_DAY
from summarizer.language.letters import by_case
from summarizer.language.quotation_marks import inside_quotes
from summarizer.language.verbs import VERB
from summarizer.lazy_pattern import lazy_pattern
from summarizer.sentence_rules.dateline_towns import DATELINE_TOWNS
from summarizer.sentence_rules.missing_names import is_nameless

_LEAD_IN = 200
_LONGEST_ASIDE = 20
"""In characters, with the space that follows."""

_INVISIBLE = lazy_pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\ud800-\udfff]|[\U000e0000-\U000e007f]"
)
_AGENCY = r"(?:AP|AFP|CNN|UPI|ANI|PTI|APP|TASS|EFE|IANS|dpa|Reuters|Xinhua|Bloomberg)"
_WIRE = r"[A-Z][\w’ ]{0,24}\b(?:Wire|News|Press|Agency|Service|Times|Post|Tribune|Herald)"
_DASH = r"(?:—|–|--|-)"
_PLACE = r"(?!(?:NATO|OPEC|IAEA|NASA|ASEAN|BRICS|UNHCR|UNICEF|UNESCO|MPs|IDF|CIA|FBI|IMF|"
_PLACE += r"WHO|HAMAS|HEZBOLLAH|KREMLIN|PENTAGON|HOUTHIS|TALIBAN|TRUMP|PUTIN|ZELENSK[IY]Y?)\b)"
_PLACE += r"[A-Z][A-Z.’'-]{2,}(?: [A-Z][A-Z.’'-]+){0,3}"
WARNING = lazy_pattern(
    r"(?:FALSE|TRUE|CLAIM|MYTH|FAKE|FACT|RUMOU?R|SATIRE|PARODY|HOAX|NOT TRUE|UNCONFIRMED|"
    r"UNVERIFIED|ALLEGED(?:LY)?|DENIED|HYPOTHETICAL|DISPUTED|MISLEADING|DEBUNKED|"
    r"(?:False|Claim|Myth|Fake|Fact|Rumou?r|Satire|Not true|Unconfirmed|Alleged)(?=\)|: ))"
    r"(?:\)|:| [—–-])"
)
"""What stands before a claim so that nobody takes it for news."""

_REGION = r"(?:, ?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}){0,2}(?:,? ?\d{1,2}(?: [A-Z][a-z]+)?)?"
_TOWN = r"[A-Z][a-z.’'-]+(?: [A-Z][a-z.’'-]+){0,2}(?:, [A-Z][\w.’'-]+){0,2}"
_TOWN_OF = r"[A-Z][a-z.’'-]+(?: [A-Z][a-z.’'-]+){0,2}, [A-Z][a-z.’'-]+(?: [A-Z][a-z.’'-]+){0,2}"
_DATELINE = lazy_pattern(
    by_case(
        rf"^(?!{WARNING.pattern})(?:(?:{_PLACE}{_REGION}\s*)?\((?:{_AGENCY}\b[^()]{{0,20}}|{_WIRE})\)\s*"
        rf"(?:{_DASH}|:)?\s*"
        rf"|(?P<place>{_PLACE}){_REGION}(?:\s*(?P<colon>:)\s+|\s*{_DASH}\s+|\s*(?:—|–|--))"
        r"|[A-Z]{4,}(?:/[A-Z]{4,})+ "
        rf"|{_TOWN_OF} - (?!.* - )"
        rf"|{_TOWN}(?:,? \d{{1,2}})? ?\({_AGENCY}\) ?{_DASH}?\s*"
        rf"|{_TOWN} {_DASH} (?=(?:A|An|The|In|At|On|After|Police|Officials|Authorities|President|"
        rf"Prime|Two|Three|Four|Five|Hundreds|Thousands|More)\b)(?!.* {_DASH} )"
        r")(?=[\"“]?[A-Z])"
    )
)
_PLACED = lazy_pattern(rf"(?P<town>{_PLACE})(?:, [A-Z]| \({_AGENCY}\b)")
_DATED = lazy_pattern(r"(?:^|,? )(?:[A-Z][a-z]{2,8}\.? )?\d.*")
_AFTER_TOWN = lazy_pattern(r"\s{0,9}(?:\(|—|–|--| - |:)")
_LABEL = lazy_pattern(
    r"^(?:(?:BREAKING|EXCLUSIVE|UPDATE(?: \d+)?|WATCH|ANALYSIS|OPINION|FACTBOX|EXPLAINER|"
    r"Background|\d{1,2}:\d\d (?:GMT|UTC|[A-Z]{2,4}))"
    r"\s*[:—–-]\s*"
    r"|(?:CLOSE|ADVERTISEMENT|Advertisement|View Images?|Play Video|(?:Hide|Show|Toggle) caption|"
    r"Enlarge (?:this )?[Ii]mage|(?:Image|Media) caption|Story [Hh]ighlights) (?=[A-Z]))"
)
_BULLET = lazy_pattern(r"^[•▪●◦‣]\s*")
_CAPITALS = lazy_pattern(
    r"^(?:THE|AN|ALL|POLICE|FORMER|HUNDREDS|THOUSANDS|MORE|TODAY|YESTERDAY|ONE|TWO|THREE|FOUR|FIVE|"
    r"SIX|SEVEN|EIGHT|NINE|TEN)(?= [A-Za-z]*[a-z]|, [A-Z])"
)
_CONNECTIVE = lazy_pattern(
    r"^(?:(?:meanwhile|however|also|in addition|additionally|moreover|furthermore|separately|"
    r"nevertheless|nonetheless|similarly|likewise|still|notably|overall|in a statement|earlier|"
    r"later|for (?:his|her|its|their) part|at the same time|in other news|in the meantime),\s+"
    r"|(?:but(?! for\b.* (?:would|had|could|might)\b)|and)\s+"
    r"|(?:meanwhile|moreover|furthermore|additionally)\s+(?=[A-Z]))(?=\w)",
    re.IGNORECASE,
)
_ASIDE = lazy_pattern(
    r",? (?:meanwhile|however|though|moreover|too|for (?:his|her|its|their) part|in turn),(?= )"
)
_SAME_CLAUSE = lazy_pattern(
    r"(?:that|to|not|never|as|in|on|at|by|for|from|with|of|only|because|is|are|was|were|be|been|"
    r"has|have|had|will|would|could|may|might|must|said|says|[a-z]+ed)\b"
)
"""What goes on with the clause before an aside, and does not begin another one."""

_ALSO = lazy_pattern(r"^([\w’'.-]+(?: [\w’'.-]+){0,4})(?<! but) also (?=\w)")
_THE_EVENT = lazy_pattern(
    r"^(During|At|In|After|Following) the (?=(?:meeting|talks|call|conversation|ceremony|briefing|"
    r"press conference|news conference|interview|speech|visit|operation|raid|clash|attack|blast|"
    r"explosion|incident|accident|crash|hearing|trial|protest|rally)(?:,| held\b))"
)
_HERE = lazy_pattern(
    r" here(?=,? (?:on |late |early )?"
    rf"(?:{A_DAY}|today|yesterday)\b)"
)
"""In the town of the dateline, which is gone."""

_EDITED = lazy_pattern(r" \((?:Editing|Reporting|Writing|Additional reporting) by [^()]*\)(?=\.?$)")
_REFERENCE = lazy_pattern(r"\s?\[\d{1,3}\](?=[.,;\s]|$)")
_SPACED_MARK = lazy_pattern(r"(?<=[\w\"”’)]) +(?=[,;](?: |$))")


def plain(text: str) -> str:
    """The sentence without dateline, label, reference marks or what ties it to those before."""
    said = text.strip()
    if not said.isprintable() or "  " in said:
        said = " ".join(_INVISIBLE.sub("", said).split())
    head, rest = said[:_LEAD_IN], said[_LEAD_IN:]
    for pattern in (_BULLET, _LABEL):
        head = pattern.sub("", head)
    head = _CONNECTIVE.sub("", _undated(head, rest))
    if found := _CAPITALS.match(head):
        head = found[0].capitalize() + head[found.end() :]
    said = _untied(head.lstrip()) + rest
    said = _EDITED.sub("", said) if " by " in said else said
    said = _REFERENCE.sub("", said).lstrip() if "[" in said else said
    said = _HERE.sub("", said) if " here" in said else said
    said = _SPACED_MARK.sub("", said) if " ," in said or " ;" in said else said
    return said[:1].upper() + said[1:] if said[:1].islower() else said


def dateline_town(text: str) -> str:
    """The town in the dateline that opens an article: "Karachi"; "" without a dateline.

    A town that is not known has to stand before its region or an agency.
    """
    found = _DATELINE.match(text[:_LEAD_IN].lstrip())
    head = found[0] if found else ""
    words = _AFTER_TOWN.split(head)[0].split(",")[0].upper().split()
    heads = (" ".join(words[:size]) for size in range(len(words), 0, -1))
    known = next((each for each in heads if each in DATELINE_TOWNS), "")
    placed = _PLACED.match(head)
    return (known or (placed["town"] if placed else "")).title()


def _undated(head: str, rest: str) -> str:
    """Without its dateline; the town stays where nothing else says who or where."""
    found = _DATELINE.match(head)
    if found is None or (found["colon"] and found["place"] not in DATELINE_TOWNS):
        return head
    told = head[found.end() :]
    town = _AFTER_TOWN.split(found[0])[0].strip(" ,")
    town = _DATED.sub("", town)
    return f"{town} — {told}" if town and is_nameless(told + rest) else told


def _untied(head: str) -> str:
    """Without "also" and the like after the subject; an event not told before is *a* meeting."""
    comma = head.find(",")
    near = max(0, comma - _LONGEST_ASIDE), comma + _LONGEST_ASIDE
    aside = _ASIDE.search(head, *near) if comma >= 0 else None
    if (
        aside
        and aside.start() <= comma
        and not inside_quotes(head, aside.start())
        and not _joins_clauses(head, aside)
    ):
        head = head[: aside.start()] + head[aside.end() :]
    head = _ALSO.sub(r"\1 ", head, count=1) if " also " in head else head
    event = _THE_EVENT.match(head)
    return _a_first_one(event[1], head[event.end() :]) if event else head


def _joins_clauses(head: str, aside: re.Match[str]) -> bool:
    """Whether an aside stands between two clauses: "It rained, however, the match went on"."""
    before, after = head[: aside.start()], head[aside.end() :].lstrip()
    return VERB.search(before) is not None and _SAME_CLAUSE.match(after) is None


def _a_first_one(when: str, noun: str) -> str:
    article = "" if noun.startswith("talks") else "an " if noun[0] in "aeiou" else "a "
    return f"{when} {article}{noun}"
