"""The language of an article, by its script, its letters and its most frequent small words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

READ_CHARS = 600
"""Characters that are looked at."""

LEAST_LETTERS = 12
LEAST_HITS, LEAST_SHARE = 2, 0.1
"""A language in Latin letters is told by so many small words, and such a share of all words."""

_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    (0x0041, "latin"), (0x0370, "el"), (0x0400, "cyrillic"), (0x0530, "hy"), (0x0590, "he"),
    (0x0600, "arabic"), (0x0780, ""), (0x0900, "hi"), (0x0980, "bn"), (0x0A00, "pa"),
    (0x0A80, "gu"), (0x0B00, ""), (0x0B80, "ta"), (0x0C00, "te"), (0x0C80, "kn"), (0x0D00, "ml"),
    (0x0D80, "si"), (0x0E00, "th"), (0x0E80, ""), (0x10A0, "ka"), (0x1100, "ko"), (0x1200, ""),
    (0x1E00, "latin"), (0x1F00, "el"), (0x2000, ""), (0x3040, "ja"), (0x3100, ""), (0x3400, "zh"),
    (0xA000, ""), (0xAC00, "ko"), (0xD7B0, ""), (0xF900, "zh"), (0xFB00, ""), (0xFB50, "arabic"),
    (0xFE00, ""), (0xFE70, "arabic"), (0xFF00, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _SCRIPTS]
_OWN_LETTERS = {
    "arabic": (("ur", "ٹڈڑںےہھ"), ("ps", "ټډړښځڅ"), ("fa", "پچژگکی")),
    "cyrillic": (("uk", "іїєґ"), ("be", "ў"), ("kk", "қғңұһ"), ("sr", "ђћљњџј"), ("mk", "ѓќѕ")),
}
_USUAL = {"arabic": "ar", "cyrillic": "ru"}
_LEAST_OWN = 0.01
_SMALL_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in a is for on that was with as by at from are has be it said an",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als",
        "fr": "de la le et les des en un une du dans est pour que qui par sur au pas plus ont",
        "es": "de la que el en y los se del las por un para con una su al no es lo más",
        "it": "di e il la che in un per è una del della sono con non le si da dei nel alla",
        "pt": "de a o que e do da em um para com não uma os no se na por mais as dos foi",
        "nl": "de het een van en in is dat op te voor met zijn niet aan er om ook als bij",
        "pl": "w i na z do nie się jest to że o po od przez za oraz dla jak który są",
        "tr": "ve bir bu için ile da de olarak olan çok daha en sonra kadar gibi ise olduğunu",
        "id": "yang dan di untuk dengan dari ini pada itu dalam tidak akan oleh ke telah juga",
        "ro": "și de în la cu o un pe nu că din pentru este care sunt au a fost mai prin",
        "sv": "och i att det som en på är av för med den till har inte om ett var de",
        "cs": "a v na se je že s z do o k i pro ve by jako po ale od podle",
        "hu": "a az és hogy nem is egy van meg ez volt csak de már még vagy mint szerint",
    }.items()
}


def language_of(text: str) -> str | None:
    """The code of the language of a text; None where there is too little to tell."""
    words = _LETTERS.findall(text[:READ_CHARS].lower())
    letters = "".join(words)
    if len(letters) < LEAST_LETTERS:
        return None
    if letters.isascii():
        return _by_small_words(words)
    scripts = Counter(map(_script, letters))
    if scripts["ja"]:
        scripts["ja"] += scripts.pop("zh", 0)
    script, count = scripts.most_common(1)[0]
    if not script or count < len(letters) / 2:
        return None
    if script == "latin":
        return _by_small_words(words)
    return _by_letters(script, letters) if script in _USUAL else script


def stated_or_told(stated: str | None, text: str) -> str | None:
    """The stated language, unless the text is in another script or nothing is stated."""
    told = language_of(text)
    if stated is None or told is None:
        return stated or told
    return stated if _is_latin(stated) == _is_latin(told) else told


def _is_latin(code: str) -> bool:
    known = {name for _, name in _SCRIPTS} | {"ur", "ps", "fa", "ar", "ru", "uk", "be", "kk", "bg"}
    return code.partition("-")[0] not in known | {"sr", "mk", "mr", "ne"}


def _script(letter: str) -> str:
    at = bisect_right(_STARTS, ord(letter)) - 1
    return _SCRIPTS[at][1] if at >= 0 else ""


def _by_letters(script: str, letters: str) -> str:
    """The language of which a letter of its own occurs often enough."""
    for code, own in _OWN_LETTERS[script]:
        if sum(letters.count(letter) for letter in own) >= _LEAST_OWN * len(letters):
            return code
    return _USUAL[script]


def _by_small_words(words: list[str]) -> str | None:
    hits = {code: sum(map(own.__contains__, words)) for code, own in _SMALL_WORDS.items()}
    first, second = sorted(hits, key=lambda code: -hits[code])[:2]
    enough = max(LEAST_HITS, LEAST_SHARE * len(words))
    return first if hits[first] >= enough and hits[first] > hits[second] else None
