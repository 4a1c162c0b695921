"""Pictures: readable on a phone, safe whatever others wrote, and the same in blocks."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from bot.languages import speaking
from bot.models import Covered, Picture, Topic, Trend
from bot.platforms.pictures import NoPicture, Painter
from bot.render.charts.blocks import block_lines
from bot.render.charts.drawing import BEFORE, GROUND, INK, NOW, SOFT, WIDTH, svg
from bot.render.charts.payload import DRAWING, is_picture, picture_payload
from bot.render.charts.trend_words import picture_of
from tests.support.builders import TODAY
from tests.support.weeks import a_picture, draws

HOSTILE = "<script>alert(1)</script>&\"'\x00\x1b[31m\u202e\ud800" + "W" * 500


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_letters_are_at_least_14_pixels_at_the_width_of_a_phone() -> None:
    drawn = svg(a_picture())
    assert f'width="{WIDTH}"' in drawn
    assert WIDTH == 360
    sizes = [float(each) for each in re.findall(r'font-size="([\d.]+)"', drawn)]
    assert sizes
    assert min(sizes) >= 14
    assert drawn.count("<text") == len(sizes)


def test_letters_and_bars_stand_out_from_the_ground() -> None:
    assert min(contrast(each, GROUND) for each in (INK, SOFT)) >= 7
    assert min(contrast(each, GROUND) for each in (NOW, BEFORE)) >= 3
    assert contrast(NOW, BEFORE) >= 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_texts_of_others_are_escaped_and_shortened(language: str) -> None:
    with speaking(language):
        hostile = a_picture(HOSTILE, HOSTILE)
        drawn = svg(replace(hostile, title=HOSTILE, right_to_left=language == "ar"))
    root = ET.fromstring(drawn)
    kinds = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert kinds == {"svg", "rect", "text"}
    assert all(len(each.text or "") < 60 for each in root.iter())
    assert len(drawn) < 20_000


def test_everything_lies_inside_the_drawing() -> None:
    root = ET.fromstring(svg(a_picture()))
    height = float(root.attrib["height"])
    for each in root.iter():
        if each.tag.endswith("rect"):
            assert float(each.get("x", 0)) >= 0
            assert float(each.get("x", 0)) + float(each.attrib["width"]) <= WIDTH
            assert float(each.get("y", 0)) + float(each.attrib["height"]) <= height


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_word_beside_the_bars_is_cut_off(language: str) -> None:
    with speaking(language):
        picture = picture_of([a_trend()])
    assert picture is not None
    drawn = {(each.text or "").lstrip("\u200f") for each in ET.fromstring(svg(picture)).iter()}
    (panel,) = picture.panels
    assert {picture.title, *picture.legend, panel.days.title, *panel.axis} <= drawn


@pytest.mark.parametrize("right_to_left", [False, True])
def test_days_run_the_way_that_the_language_is_read(right_to_left: bool) -> None:
    picture = replace(a_picture(), right_to_left=right_to_left)
    root = ET.fromstring(svg(picture))
    bars = [each for each in root.iter() if "stroke" in each.attrib or each.get("fill") == BEFORE]
    places = [float(each.attrib["x"]) for each in bars if float(each.attrib["y"]) > 60]
    assert places == sorted(places, reverse=right_to_left)
    side = {each.text: each.get("text-anchor") for each in root.iter() if each.get("text-anchor")}
    mark = "\u200f" if right_to_left else ""
    ends = (side[f"{mark}1 Nov"], side[f"{mark}23 Nov"])
    assert ends == (("end", "start") if right_to_left else ("start", "end"))


def test_a_day_without_stories_has_no_bar() -> None:
    (panel,) = a_picture().panels
    told = sum(each.value > 0 for each in panel.days.columns if each.earlier)
    rects = [each for each in ET.fromstring(svg(a_picture())).iter() if each.get("fill") == BEFORE]
    bars = [each for each in rects if float(each.attrib["y"]) > 60]
    assert (told, len(bars)) == (13, 13)


def test_a_part_holds_the_drawing_and_its_text() -> None:
    payload = picture_payload(a_picture("told " * 500))
    fields = json.loads(payload)
    assert is_picture(payload)
    assert fields[DRAWING].startswith("<svg")
    assert len(fields["text"]) <= 1000
    assert not is_picture(json.dumps({"text": f'"{DRAWING}"'}))


def test_blocks_are_as_many_as_days_with_a_gap_before_the_last_ones() -> None:
    heading, bars, axis = block_lines(a_picture(), 80)
    assert heading == "Energy"
    assert bars == "▂▄▆█·▂▄▆█·▂▄▆█·▂ ▄▆█·▂▄▆"
    assert axis == "1 Nov most: 4 23 Nov"
    assert [len(each) for each in block_lines(a_picture(), 10)] == [6, 10, 10]


@draws
@pytest.mark.parametrize("language", ["en", "de", "ar"])
async def test_a_picture_is_drawn_with_its_letters(language: str) -> None:
    with speaking(language):
        picture = picture_of([a_trend()])
    assert picture is not None
    png = await Painter().draw(svg(picture))
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 3 * WIDTH
    without = await Painter().draw(re.sub("<text.*?</text>", "", svg(picture)))
    assert len(png) > 2 * len(without)
    assert len(png) < 300_000


@draws
async def test_what_is_no_drawing_gives_no_picture() -> None:
    with pytest.raises(NoPicture):
        await Painter().draw("<svg")
    assert await Painter().attempt("no") is None


@draws
async def test_a_picture_is_drawn_once_for_all_who_get_it() -> None:
    painter = Painter()
    first = await painter.draw(svg(a_picture()))
    assert await painter.draw(svg(a_picture())) is first


def test_no_articles_have_no_picture() -> None:
    assert picture_of([replace(a_trend(), articles=0, earlier=0)]) is None


def test_the_picture_tells_its_numbers_in_words() -> None:
    picture = picture_of([a_trend()])
    assert isinstance(picture, Picture)
    assert picture.told == (
        "Energy: 3.0 stories a day in the last 6 full days, 1.0 in the 28 days before. "
        "Most on 23 Nov: 4 stories. Countries: Iran (9 articles)."
    )


def test_title_and_legend_are_of_all_panels() -> None:
    whole = a_trend()
    young = replace(whole, days=whole.days[30:], since=whole.days[30][0], earlier=0)
    for trends in ([young, whole], [whole, young]):
        picture = picture_of(trends)
        assert isinstance(picture, Picture)
        assert picture.title == "briefbot: stories a day, 20 Oct to 23 Nov 2026"
        assert picture.legend == ("last days", "28 days before", "today so far")
    shorter = replace(whole, days=whole.days[7:])
    picture = picture_of([whole, shorter])
    assert isinstance(picture, Picture)
    assert picture.legend == ("last 7 days", "days before", "today so far")


def a_trend() -> Trend:
    first = TODAY.toordinal() - 34
    days = [(TODAY.fromordinal(first + n), 1 if n < 28 else 3 + (n == 34)) for n in range(35)]
    return Trend(
        topic=Topic("energy", "Energy", "", {}),
        days=tuple(days),
        since=days[28][0],
        articles=20,
        earlier=30,
        stories=12,
        places=(Covered("IR", "Iran", 9),),
        rising=(),
    )
