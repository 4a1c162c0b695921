"""Markdown, mail and tables to articles; one bad file never fails its folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.models import DatePrecision, ParsedArticle
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import Outcome, Refusal, parse, read_paths
from tests.support.builders import NOW

DAY = datetime(2026, 11, 22, tzinfo=UTC)
HALF_PAST_SEVEN = DAY.replace(hour=7, minute=30)
BODY = "The dam at **Orrin** held, the [river board](https://river.example) said.\n\nIt _holds_ on."
PLAIN = "The dam at Orrin held, the river board said.\n\nIt holds on."


def read(data: str | bytes, name: str, options: ReadOptions | None = None) -> list[Outcome]:
    encoded = data.encode() if isinstance(data, str) else data
    return parse(encoded, name, options or ReadOptions(NOW, 100_000))


def only(outcomes: list[Outcome]) -> ParsedArticle:
    (article,) = outcomes
    assert isinstance(article, ParsedArticle), article
    return article


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: Dam holds\ndate: 2026-11-22\ntags: [water]\n---\n\n{BODY}\n",
        f'---\ntitle: "Dam holds"\npubDate: 22 November 2026\n---\n# Dam holds\n\n{BODY}\n',
        f'+++\ntitle = "Dam holds"\ndate = 2026-11-22\n+++\n\n{BODY}\n',
        f"---\nlayout: post\ndate: 2026-11-22\n---\n\n# Dam holds\n\n{BODY}\n",
    ],
)
def test_markdown_has_a_title_a_date_and_plain_text(text: str) -> None:
    article = only(read(text, "dam.md"))
    assert (article.title, article.text) == ("Dam holds", PLAIN)
    assert (article.published_at, article.date_precision) == (DAY, DatePrecision.DAY)


@pytest.mark.parametrize(
    "text", [f"# Dam holds\n\n{BODY}", f"Dam holds\n=========\n\n{BODY}", f"Dam holds\n\n{BODY}"]
)
def test_markdown_needs_no_front_matter(text: str) -> None:
    article = only(read(text, "dam.md"))
    assert (article.title, article.text) == ("Dam holds", PLAIN)


def test_markdown_loses_tags_references_and_escapes() -> None:
    text = (
        '# Dam holds\n\n<div class="lead">The dam&nbsp;at <b>Orrin</b> held.</div>\n\n'
        '<!-- more -->\n<img src="dam.jpg" alt="x"/>\n<p align="center">It rose 2\\*3 or 3\\*4 m '
        "&amp; fell.<br>In \\#1 of "
        "3 gates &lt; 4 m, a <leak> was found.</p>\n"
    )
    assert only(read(text, "dam.md")).text == (
        "The dam at Orrin held.\n\nIt rose 2*3 or 3*4 m & fell.\n\n"
        "In #1 of 3 gates < 4 m, a <leak> was found."
    )


def test_a_table_may_begin_with_a_line_that_names_its_separator() -> None:
    article, refused = read("sep=;\r\ntitle;text\r\nDam holds;It held.\r\nNone;\r\n", "a.csv")
    assert isinstance(article, ParsedArticle)
    assert (article.title, article.text) == ("Dam holds", "It held.")
    assert refused == Refusal("a.csv:4", 'has an empty "text"')


@pytest.mark.parametrize(
    ("line", "separator"),
    [
        ("sep=;", ";"),
        ("sep=^", "^"),
        ("sep=:", ":"),
        ("SEP=\t", "\t"),
        ('"sep=;"', ";"),
        ("sep=;\r\n", ";"),
        ("\r\n \r\nsep=|", "|"),
    ],
)
def test_the_separator_that_a_table_names_is_obeyed(line: str, separator: str) -> None:
    header = f'"title (main, short, long, other)"{separator}title{separator}text'
    rows = f"x{separator}Dam holds{separator}It held.\r\nx{separator}None{separator}\r\n"
    article, refused = read(f"\ufeff{line}\r\n{header}\r\n{rows}", "a.csv")
    assert isinstance(article, ParsedArticle)
    assert (article.title, article.text) == ("Dam holds", "It held.")
    number = line.count("\n") + 4
    assert refused == Refusal(f"a.csv:{number}", 'has an empty "text"')


def test_blank_lines_above_a_header_count() -> None:
    _, refused = read("\r\n\r\ntitle,text\r\nDam holds,It held.\r\nNone,\r\n", "a.csv")
    assert refused == Refusal("a.csv:5", 'has an empty "text"')


def test_a_mail_message_is_one_article() -> None:
    mail = (
        "From: River Board <news@river.example>\r\nSubject: =?utf-8?q?Dam_h=C3=A4lt?=\r\n"
        "Date: Sun, 22 Nov 2026 08:30:00 +0100\r\nMessage-ID: <1@river.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Not this.</p>\r\n"
        "--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nDer Damm h=E4lt.\r\n--b--\r\n"
    )
    article = only(read(mail, "a.eml"))
    assert (article.title, article.text) == ("Dam hält", "Der Damm hält.")
    assert (article.source, article.published_at) == ("River Board", HALF_PAST_SEVEN)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_with_a_header_is_an_article_a_row(separator: str) -> None:
    rows = [
        ("Headline", "Body", "Date", "Link", "Mood"),
        ("Dam holds", '"It held; and, held."', "2026-11-22T07:30:00Z", "https://a.example/1", "x"),
        ("", "", "", "", ""),
        ("No text", "", "2026-11-22", "", ""),
    ]
    options = ReadOptions(NOW, 100_000)
    outcomes = read("\n".join(separator.join(row) for row in rows), "a.csv", options)
    article, refused = outcomes
    assert isinstance(article, ParsedArticle)
    assert (article.title, article.text) == ("Dam holds", "It held; and, held.")
    assert article.published_at == HALF_PAST_SEVEN
    assert refused == Refusal("a.csv:4", 'has an empty "text"')
    assert options.unknown == {"mood": 1}


_RECORD = '{"headline": "Dam holds", "content": "It held.", "publishedAt": "2026-11-22T07:30:00Z"}'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", _RECORD),
        ("a.jsonl", f"[\n{_RECORD},\n]\n"),
        ("a.json", f'{{"status": "ok", "totalResults": 1, "articles": [{_RECORD}]}}'),
        (
            "feed.html",
            (
                "<rss version='2.0'><channel><item><title>Dam holds</title><description>It held."
                "</description><pubDate>22 Nov 2026 07:30</pubDate></item></channel></rss>"
            ),
        ),
        (
            "dam.mht",
            (
                "Subject: Dam holds\nDate: Sun, 22 Nov 2026 07:30:00 +0000\n"
                "Content-Type: text/html\n\n<p>It held."
            ),
        ),
    ],
)
def test_what_other_programs_save_is_read(name: str, data: str) -> None:
    article = only(read(data, name))
    assert (article.title, article.text) == ("Dam holds", "It held.")
    assert article.published_at == HALF_PAST_SEVEN


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"PK\x03\x04rest", "is a damaged Word file or archive"),
        ("a.doc", b"\xd0\xcf\x11\xe0rest", "is an old Office document"),
        ("a.rtf", b"{\\rtf1 x}", "is rich text"),
        ("a.csv", b"a,b\n1,2\n", "is a table without a header"),
        ("a.eml", b"Subject: x\r\n\r\n", "is a mail message without text"),
        ("a.mbox", b"From a@b Sun Nov 22 07:30:00 2026\nSubject: x\n\nx\n", "is a mailbox"),
        ("a.md", b"---\ntitle: Only a title\n---\n", "has a title but no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(
    name: str, data: bytes, reason: str
) -> None:
    (refused,) = read(data, name)
    assert isinstance(refused, Refusal)
    assert refused.reason.startswith(reason)


def test_no_front_matter_becomes_a_title() -> None:
    for name in ("a.md", "a.txt", "a"):
        outcomes = read(f"---\nbroken: [\n---\n\nDam holds\n\n{BODY}\n", name)
        assert [each.title for each in outcomes if isinstance(each, ParsedArticle)] == ["Dam holds"]


def test_one_bad_file_never_fails_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> ParsedArticle:
        raise KeyError("nobody thought of this")

    monkeypatch.setitem(
        vars(__import__("bot.sources.files.reader", fromlist=["x"]))["_WHOLE"], "mail", fail
    )
    (tmp_path / "a.eml").write_text("Subject: x\n\ny\n")
    (tmp_path / "b.md").write_text(f"# Dam holds\n\n{BODY}\n")
    refused, article = read_paths([tmp_path], ReadOptions(NOW, 100_000))
    assert isinstance(refused, Refusal)
    assert isinstance(article, ParsedArticle)


def test_fault_54_a_person_can_say_what_the_date_of_files_is(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# Dam holds\n\n{BODY}\n")
    said = ReadOptions(NOW, 100_000, date=DAY)
    article = only(list(read_paths([path], said)))
    assert (article.published_at, article.date_precision) == (DAY, DatePrecision.DAY)
    article = only(list(read_paths([path], ReadOptions(NOW, 100_000, file_dates=True))))
    assert article.published_at == datetime.fromtimestamp(path.stat().st_mtime, UTC)
    path.write_text(f"---\ntitle: Dam\ndate: 2026-11-20\n---\n{BODY}\n")
    article = only(list(read_paths([path], said)))
    assert article.published_at == datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    ["published_at", "date", "published", "pubDate", "datePublished", "created_at", "timestamp"],
)
def test_fault_54_a_records_date_has_many_names(name: str) -> None:
    line = f'{{"title": "Dam", "text": "Held.", "{name}": "2026-11-22T07:30:00Z", "colour": 1}}'
    options = ReadOptions(NOW, 100_000)
    article = only(read(line, "a.jsonl", options))
    assert article.published_at == HALF_PAST_SEVEN
    assert options.unknown == {"colour": 1}


def test_fault_54_a_records_first_readable_date_counts() -> None:
    line = '{"title": "Dam", "text": "Held.", "published_at": "soon", "timestamp": 1795332600}'
    assert only(read(line, "a.jsonl")).published_at == HALF_PAST_SEVEN
