"""Markdown is read as renderers show it: comments and tags go, and no word is lost."""

from __future__ import annotations

import pytest

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.files.markdown import parse_markdown
from bot.sources.files.markdown_text import DEEPEST, Block, markdown_blocks, markdown_line
from tests.support.builders import NOW
from tests.support.linear import slow


def read(text: str) -> ParsedArticle:
    return parse_markdown(text, NOW)


def texts(text: str) -> list[str]:
    return [each.text for each in markdown_blocks(text)]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- draft: <b>do not publish</b> names -->",
        "<!-- a -> b -->",
        "<!--\n\n# Not a title\n\nNot *this*.\n\n-->",
        "<?php echo 1 ?>",
        "<!DOCTYPE html>",
        "<style>\np > a { color: red }\n\n.b {}\n</style>",
        "<script>if (a < b) { go('`'); }</script>",
        '<svg viewBox="0 0 1 1"><title>An arrow</title></svg>',
        '<img alt="5 > 3" src=x>',
        '<img alt="5 > 3"\n     src=x alt>',
        "---",
        "[board]: https://river.example 'The board'",
    ],
)
def test_what_no_reader_sees_goes_whole(comment: str) -> None:
    text = f"# Dam holds\n\nIt held.\n\n{comment}\n\nIt holds."
    assert read(text).text == "It held.\n\nIt holds."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It <!-- was: <i>fell</i> -> rose --> held.", ["It  held."]),
        ("<pre>31 m*2\n 4 m*2</pre>", ["31 m*2\n4 m*2"]),
        ("The <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> dam", ["The 漢(kan) dam"]),
        ("\\_foo\\_ and \\*bar\\*", ["_foo_ and *bar*"]),
        ("Use the `<b>` tag; `a\\.b`", ["Use the <b> tag; a\\.b"]),
        ("If a <b and c> d", ["If a <b and c> d"]),
        ("<b and c>", ["<b and c>"]),
        ("a < b > c and 1<2", ["a < b > c and 1<2"]),
        ("A <leak> was </found>.", ["A <leak> was </found>."]),
        ("<script> tags are dangerous, he said.", ["tags are dangerous, he said."]),
        ("<svg/> It held <svg></svg>", ["It held"]),
        ("<![CDATA[It held.]]>", ["It held."]),
        ("<details open>\n<summary>More</summary>\nIt *held*.\n</details>", ["More", "It held."]),
        ("<div>\nOne.\n\nTwo.\n</div>", ["One.", "Two."]),
        ("See <https://river.example> or ![the dam](dam.jpg)", None),
        ("1. One\n2. Two\n\n1986\\. A year", ["1. One", "2. Two", "1986. A year"]),
        ("2026. It held.", ["2026. It held."]),
        ("- One\n- Two\n  - Three", ["One", "Two", "Three"]),
        ("> It\n> held.", ["It held."]),
        ("The [river\nboard](https://a.example/long) said\nit ~~fell~~ held.", None),
        ("```sh\nrm a_b_c\n# no title\n```", ["rm a_b_c\n# no title"]),
        ("| dam | m |\n|---|--:|\n| Orrin | 31 |\n|  | 4 |", ["dam | m", "Orrin | 31", "4"]),
        ("Before\na | b\n--|--\n1 | `2|3` | *4*", ["Before", "a | b", "1 | 2|3 | 4"]),
        ("> | a | b |\n> |---|---|\n> | -1 | x\\|y | z |", ["a | b", "-1 | x|y | z"]),
        ("Whether a | b or\n|| c", ["Whether a | b or || c"]),
        ("See [it][a].\n\n[a]: https://a.example", ["See it."]),
        ("One  \ntwo\\\nthree<br/>four", ["One\ntwo\nthree\nfour"]),
    ],
)
def test_no_word_is_lost(text: str, found: list[str] | None) -> None:
    shown = {
        "See": ["See https://river.example or the dam"],
        "The": ["The river board said it fell held."],
    }
    assert texts(text) == (found or shown[text[:3]])


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (
            '<h1 align="center">Dam holds</h1>\n\nIt held.\n\n## Background\n\nIt rose.',
            "Dam holds",
            "It held.\n\nBackground\n\nIt rose.",
        ),
        (
            "<div>\n<h1><br>\n <img src=a.png>\n Dam <i>holds</i>\n<br></h1>\n</div>\n\nIt held.",
            "Dam holds",
            "It held.",
        ),
        ("# The `<b>` tag &amp; *you*\n\nIt held.", "The <b> tag & you", "It held."),
        ("---\ntitle: 2026. A `<b>` *year*\n---\nIt held.", "2026. A <b> year", "It held."),
        ("Dam holds\n22 November 2026\n\nIt held.", "Dam holds", "It held."),
        ("# Dam\n\nIt held\nagain,\nhe said.", "Dam", "It held again, he said."),
    ],
)
def test_the_title_is_the_first_heading(text: str, title: str, body: str) -> None:
    article = read(text)
    assert (article.title, article.text) == (title, body)


def test_a_heading_too_long_for_a_title_stays_in_the_text() -> None:
    heading = "The dam held. " * 60
    assert heading.strip() in read(f"{heading}\n---\n\nIt held.").text


def test_a_title_of_one_line_is_never_a_list() -> None:
    assert markdown_line("- 5 degrees: <b>cold</b>") == "- 5 degrees: cold"
    assert markdown_blocks("## A\nB") == [Block("A", heading=True), Block("B")]


@pytest.mark.parametrize("piece", ["> ", "- ", "1. "])
def test_what_is_nested_too_deep_is_refused(piece: str) -> None:
    assert texts(piece * (DEEPEST // 2 - 1) + "It held.")[-1].endswith("It held.")
    with pytest.raises(RefusedInput, match="nested more than"):
        read(f"# Dam\n\n{piece * DEEPEST * 2}It held.")


@pytest.mark.parametrize(
    "piece",
    ["<!--", "a <!-- ", "<![CDATA[", "<?", "<a ", "<a b='", "<b>", "</b>", "<script>", "</script>",
     "<h1>", "<div>\n", "*a ", "a*_", "_", "`a``", "[", "![", "[](", "[a]: b\n", "> a\n", "- a\n",
     "|a\n-|-\n", "&#", "\\", "a\n===\n", "~~~\n", "\n"],
)  # fmt: skip
def test_fault_67_markdown_is_read_in_linear_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert slow(markdown_blocks, f"a {text}", 0.5) is None
