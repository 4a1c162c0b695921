"""The languages that articles and briefings are written in: their names and scripts."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_TABLE = """
ar Arabic العربية ARABIC
az Azerbaijani azərbaycanca LATIN
bg Bulgarian български CYRILLIC
bn Bengali বাংলা BENGALI
bs Bosnian bosanski LATIN
ca Catalan català LATIN
cs Czech čeština LATIN
da Danish dansk LATIN
de German Deutsch LATIN
el Greek ελληνικά GREEK
en English English LATIN
es Spanish español LATIN
et Estonian eesti LATIN
fa Persian فارسی ARABIC
fi Finnish suomi LATIN
fr French français LATIN
gu Gujarati ગુજરાતી GUJARATI
he Hebrew עברית HEBREW
hi Hindi हिन्दी DEVANAGARI
hr Croatian hrvatski LATIN
hu Hungarian magyar LATIN
hy Armenian հայերեն ARMENIAN
id Indonesian Indonesia LATIN
it Italian italiano LATIN
ja Japanese 日本語 CJK,HIRAGANA,KATAKANA
ka Georgian ქართული GEORGIAN
kk Kazakh қазақша CYRILLIC
kn Kannada ಕನ್ನಡ KANNADA
ko Korean 한국어 HANGUL
lt Lithuanian lietuvių LATIN
lv Latvian latviešu LATIN
mk Macedonian македонски CYRILLIC
ml Malayalam മലയാളം MALAYALAM
mr Marathi मराठी DEVANAGARI
ms Malay Melayu LATIN
nb Norwegian norsk LATIN
ne Nepali नेपाली DEVANAGARI
nl Dutch Nederlands LATIN
pa Punjabi ਪੰਜਾਬੀ GURMUKHI
pl Polish polski LATIN
ps Pashto پښتو ARABIC
pt Portuguese português LATIN
ro Romanian română LATIN
ru Russian русский CYRILLIC
si Sinhala සිංහල SINHALA
sk Slovak slovenčina LATIN
sl Slovenian slovenščina LATIN
sq Albanian shqip LATIN
sr Serbian српски CYRILLIC,LATIN
sv Swedish svenska LATIN
sw Swahili Kiswahili LATIN
ta Tamil தமிழ் TAMIL
te Telugu తెలుగు TELUGU
th Thai ไทย THAI
tl Tagalog Tagalog LATIN
tr Turkish Türkçe LATIN
uk Ukrainian українська CYRILLIC
ur Urdu اردو ARABIC
vi Vietnamese Tiếng-Việt LATIN
zh Chinese 中文 CJK
"""


@dataclass(frozen=True, slots=True)
class Language:
    """A language: code, English name, own name, and scripts.

    A script is the first word of its letters' Unicode names.
    """

    code: str
    name: str
    own_name: str
    scripts: frozenset[str]

    @property
    def latin(self) -> bool:
        """Whether its script is Latin."""
        return "LATIN" in self.scripts

    def written(self, text: str) -> bool:
        """Whether a text is mostly in its scripts; Latin names are allowed in others."""
        found = [script_of(each) for each in text if each.isalpha()]
        own = sum(script in self.scripts for script in found)
        return own > len(found) / 2 if self.latin else own > len(found) / 3


def _language(line: str) -> Language:
    code, name, own_name, scripts = line.split()
    return Language(code, name, own_name.replace("-", " "), frozenset(scripts.split(",")))


LANGUAGES = {each.code: each for each in map(_language, _TABLE.strip().splitlines())}
"""The languages by code."""


def script_of(letter: str) -> str:
    """The first word of the letter's name."""
    return unicodedata.name(letter, "").partition(" ")[0]
