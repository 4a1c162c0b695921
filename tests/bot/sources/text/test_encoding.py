"""Bytes to text."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RefusedInput
from bot.sources.text.encoding import decode

SPANISH = "El ministro anunció que la energía costará más el próximo año."
RUSSIAN = "Министр заявил, что цены на газ вырастут в следующем году, сообщает агентство. " * 5


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"],
)
def test_fault_34_it_finds_the_encoding(codec: str) -> None:
    assert decode(SPANISH.encode(codec)) == SPANISH


def test_fault_34_a_wrong_charset_does_not_beat_the_bytes() -> None:
    assert decode(SPANISH.encode(), "windows-1251") == SPANISH


def test_it_believes_a_declared_charset_that_fits() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "koi8-r") == RUSSIAN
    assert decode("石油価格が上昇した".encode("shift_jis"), "Shift_JIS") == "石油価格が上昇した"


@pytest.mark.parametrize("declared", ["punycode", "base64", "nonsense", "utf-7", "unicode_escape"])
def test_it_ignores_charsets_that_no_page_is_in(declared: str) -> None:
    assert decode(SPANISH.encode("latin-1"), declared) == SPANISH


def test_it_guesses_another_alphabet() -> None:
    assert decode(RUSSIAN.encode("cp1251")) == RUSSIAN


def test_a_few_damaged_characters_do_not_change_the_encoding() -> None:
    damaged = SPANISH.encode() + b" \xff"
    assert decode(damaged).startswith(SPANISH)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 text",
        b"PK\x03\x04...",
        b"\x89PNG\r\n",
        b"\x7fELF\x02",
        gzip.compress(b"hello" * 100, mtime=0),
        random.Random(3).randbytes(5000),
        b"\x00\x01\x02\x03",
    ],
)
def test_it_refuses_what_is_not_text(data: bytes) -> None:
    with pytest.raises(RefusedInput):
        decode(data)


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "shift_jis", "utf-16", "koi8-r"]))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except RefusedInput:
        return
    assert isinstance(text, str)


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("水库大坝镕基垮塌", "gbk", "gb2312"),
        ("水庫大壩崩塌，嘅", "big5hkscs", "big5"),
        ("①号ダム、髙橋知事", "cp932", "Shift_JIS"),
        ("ダムが持ちこたえた", "euc_jp", "EUC-JP"),
        ("똠방각하 댐이 버텼다", "cp949", "ks_c_5601-1987"),
        ("Dam’s “worst” night – €4m", "cp1252", "iso-8859-1"),
        ("Dam’s “worst” night – €4m", "cp1252", "us-ascii"),
        ("เขื่อนยังอยู่", "cp874", "tis-620"),
        ("Плотина выдержала", "cp1251", "cp1251"),
        ("Плотина выдержала", "koi8-r", "koi8"),
        ("Гребля встояла, її ґрунт", "koi8-u", "koi8-u"),
        ("Φράγμα άντεξε", "iso8859-7", "greek"),
        ("הסכר החזיק", "cp1255", "windows-1255"),
        ("السد صمد", "cp1256", "windows-1256"),
        ("Baraj dayandı, şimdi", "cp1254", "iso-8859-9"),
        ("Łódź zażółć gęślą", "iso8859-2", "latin2"),
        ("Łódź – „noc bez prądu”", "cp1250", "iso-8859-2"),
        ("Gaisras – „šviesa“ 5 €", "cp1257", "iso-8859-13"),
        ("Φράγμα – “άντεξε”", "cp1253", "iso-8859-7"),
        ("Barrage – “tenu”, 4 €", "cp1252", "iso-8859-15"),
        ("Barrage tenu, 4 €", "iso8859-15", "iso-8859-15"),
        ("Đập vẫn đứng vững".encode("cp1258", "ignore").decode("cp1258"), "cp1258", "x-cp1258"),
    ],
)
def test_fault_57_short_texts_are_read_under_the_labels_of_browsers(
    text: str, codec: str, label: str
) -> None:
    assert decode(text.encode(codec), label) == text


def test_fault_57_a_label_that_fails_is_doubted() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "shift_jis") == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), "iso-8859-1", "windows-1251") == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), "windows-1254", "windows-1251") == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), "iso-8859-1") == RUSSIAN
    assert decode(SPANISH.encode("cp1252"), "euc-kr") == SPANISH


def test_a_guess_of_odd_sequences_is_refused() -> None:
    title = "водохранилище"
    feed = f"<rss><channel><item><title>{title}</title><description>{title}</description></item>"
    with pytest.raises(RefusedInput, match="not known"):
        decode(f"{feed}</channel></rss>".encode("cp1251"))


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866"])
def test_fault_57_a_guess_on_few_letters_is_refused(codec: str) -> None:
    with pytest.raises(RefusedInput, match="not known"):
        decode("Плотина".encode(codec), "iso-8859-1")


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (b"\xca\xd1\xc5\xc5\xbd\xea \xad\xa1 \xfc\xe2 \x8e\xb1", "euc-jp"),
        (b"\x1b$BJQEE=j\x1b(B \x1b$B-!\x1b(B \x1b$B|b\x1b(B \x8e\xb1", "iso-2022-jp"),
    ],
)
def test_characters_of_vendors_are_read_in_japanese(written: bytes, label: str) -> None:
    assert decode(written, label) == "変電所 ① 髙 ｱ"


SHORT_FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>River Post</title>'
    "<link>https://river.example/</link><item><title>{}</title><description>{}</description>"
    "<link>https://river.example/news/2026/11/22/dam-holds</link></item></channel></rss>"
)


@pytest.mark.parametrize("label", ["utf-8", None])
@pytest.mark.parametrize(
    ("title", "codec"),
    [
        ("Плотина выдержала ночь", "cp1251"),
        ("Гребля витримала ніч", "cp1251"),
        ("Язовирът издържа цяла нощ", "cp1251"),
        ("Плотина выдержала ночь", "koi8-r"),
        ("Цены на хлеб вырастут", "cp1251"),
        ("Το φράγμα άντεξε όλη τη νύχτα", "cp1253"),
        ("صمد السد في أورين طوال الليل رغم ارتفاع منسوب المياه", "cp1256"),
        ("הסכר החזיק מעמד כל הלילה", "cp1255"),
        ("ダムは一晩持ちこたえた", "cp932"),
        ("ダムは一晩持ちこたえた", "euc-jp"),
        ("댐은 밤새 버텼다고 밝혔다", "cp949"),
        ("大坝整夜没有溃决", "gb18030"),
    ],
)
def test_one_short_item_shows_that_its_label_is_wrong(
    title: str, codec: str, label: str | None
) -> None:
    text = SHORT_FEED.format(title, title)
    assert decode(text.encode(codec), label) == text


WESTERN = [
    "La presa aguantó: «Será un año difícil», dijo el ingeniero; ¿qué más?",
    "Deichbrüche: „Überflutungen“ – größere Schäden für Köln",
    "Barrage : « Ça a tenu », se félicite l’ingénieur – 40 €",
    "Skýjað á Íslandi: þörf á öðru úrræði, segir ráðherra",
    "Dammen höll – älvens nivå är för hög, säger länsstyrelsen",
    "«\xa0À l’aide\xa0!\xa0» «\xa0Écluse fermée\xa0», dit-on à Orin " + "«\xa0À\xa0» " * 3,
    "Älven är hög på Åland " + "¤¤¤¤ " * 5,
    "La señal ha vuelto a la presa " + "•••••• " * 5,
    "Größe des Dammes " + "···· " * 5,
    "Die Tasten ÄÖÜ öffnen die Schleuse am Öresund; für Köln genügt ÅÄÖ, für Malmö ÄÅÖ",
    "Les touches ÀÂÇ ÈÉÊ ÎÏÔ",
    "Tasterne ÆØÅ æøå ÆØÅ æøå",
    "Linjerna ÅÄ, ÄÖ, ÖÅ, ÄÅ, ÖÄ, ÅÖ, ÅÄ",
    "Tööööö: töööö, tööööööö",
    "öööt äääl õõõs üüür",
]


@pytest.mark.parametrize("label", ["utf-8", None, "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("title", WESTERN)
def test_a_western_text_stays_one(title: str, label: str | None) -> None:
    text = SHORT_FEED.format(title, title)
    assert decode(text.encode("cp1252"), label) == text


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("Gördüğünü söyledi: büyüğü küçüğü öldürdüğü için üzgün", "cp1254", "windows-1254"),
        ("Küçüğü büyüğü gördüğü için", "cp1254", "iso-8859-9"),
        ("Tööööö: öö jäääär, kõõõõõlu", "iso8859-15", "iso-8859-15"),
    ],
)
def test_labels_that_no_server_sends_unasked_are_believed(
    text: str, codec: str, label: str
) -> None:
    for written in (text, SHORT_FEED.format(text, text), SHORT_FEED.format(text * 5, text)):
        assert decode(written.encode(codec), label) == written
        assert decode(written.encode(codec), "iso-8859-1", label) == written


@pytest.mark.parametrize(
    ("sound", "strays"),
    [
        ("L’eau monte – “alerte” … ", b"\xe9t\xe9"),
        ("——— ——— ——— ", b"\xe9t\xe9 " * 3),
        ("Les étoiles ★★★★ ★★★★ ", b"\xe9t\xe9 " * 2),
    ],
)
def test_stray_bytes_in_utf_8_do_not_make_it_another_script(sound: str, strays: bytes) -> None:
    data = SHORT_FEED.encode().replace(b"{}", sound.encode() + strays)
    assert "été" in decode(data, "utf-8")


@pytest.mark.parametrize("label", ["utf-8", None, "iso-8859-1"])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp866"),
        (RUSSIAN, "cp855"),
        ("<a абвг>" * 20, "cp1251"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy. " * 2, "cp1250"),
        (SHORT_FEED.format("大坝挺住了", "工程师说大坝整夜没有溃决。" * 3), "gb18030"),
    ],
)
def test_a_text_mostly_of_other_letters_is_guessed_among_all_encodings(
    text: str, codec: str, label: str | None
) -> None:
    assert decode(text.encode(codec), label) == text
