"""Files and folders to articles."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.models import ParsedArticle
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import Outcome, Refusal, parse, read_paths
from tests.support.builders import NOW

TEXT = b"Oil flows again\n2026-11-20\n\nOil is flowing again, officials said.\n"
PAGE = b"<!doctype html><html><head><title>Page</title></head><body><p>Some text.</p></body></html>"
RECORD = {"title": "Record", "text": "Body.", "url": "https://a.example/1"}
LINE = json.dumps(RECORD).encode() + b"\n"


def read(
    *paths: Path, most: int = 10_000, read_as: str = "auto", within: Path | None = None
) -> list[Outcome]:
    return list(read_paths(paths, ReadOptions(NOW, most, read_as), within=within))


def parsed(data: bytes, read_as: str, name: str, most: int = 2_000_000) -> list[Outcome]:
    return parse(data, name, ReadOptions(NOW, most, read_as))


def titles(outcomes: list[Outcome]) -> list[str]:
    return [each.title for each in outcomes if isinstance(each, ParsedArticle)]


def refusals(outcomes: list[Outcome]) -> dict[str, str]:
    return {Path(each.name).name: each.reason for each in outcomes if isinstance(each, Refusal)}


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("a.txt", TEXT, "Oil flows again"),
        ("a.TXT", b"\xef\xbb\xbf" + TEXT, "Oil flows again"),
        ("a", TEXT, "Oil flows again"),
        ("a.html", PAGE, "Page"),
        ("a.htm", PAGE[15:], "Page"),
        ("a.txt", b"\n <!-- x --> " + PAGE, "Page"),
        ("a", b"<?xml version='1.0'?>\n" + PAGE, "Page"),
        ("a.jsonl", LINE, "Record"),
        ("a.jsonl", LINE.decode().encode("utf-16"), "Record"),
        ("a.ndjson", b"\xef\xbb\xbf" + LINE, "Record"),
        ("a.txt", LINE, "Record"),
        ("a", LINE * 2, "Record"),
        ("a.json", LINE * 2, "Record"),
        ("a.json", json.dumps(RECORD, indent=2).encode(), "Record"),
        ("a.json", json.dumps([RECORD, RECORD], indent=2).encode(), "Record"),
    ],
)
def test_it_knows_the_format(name: str, data: bytes, title: str) -> None:
    assert set(titles(parsed(data, "auto", name))) == {title}
    assert not refusals(parsed(data, "auto", name))


def test_the_format_that_was_asked_for_wins() -> None:
    assert titles(parsed(LINE, "jsonl", "a.html")) == ["Record"]
    assert titles(parsed(TEXT, "text", "a.jsonl")) == ["Oil flows again"]


def test_a_bad_line_is_refused_by_number_and_the_others_go_in() -> None:
    data = LINE + b"\n{bad}\n\r\n" + LINE + b'{"text": 1}\n' + LINE[:-1]
    outcomes = parsed(data, "auto", "x/file.jsonl")
    assert titles(outcomes) == ["Record"] * 3
    assert list(refusals(outcomes)) == ["file.jsonl:3", "file.jsonl:6"]


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read() -> None:
    data = b'{"text": "' + b"x" * 50_000 + b'", "title": "Long"}\n' + LINE
    outcomes = parsed(data, "auto", "file.jsonl", 1_000)
    assert titles(outcomes) == ["Record"]
    assert refusals(outcomes) == {"file.jsonl:1": "has more than the 1,000 bytes allowed"}


def test_a_file_of_something_else_is_given_up() -> None:
    outcomes = parsed(b"not an article\n" * 5_000, "jsonl", "file.jsonl")
    assert len(outcomes) == 101
    assert (
        refusals(outcomes)["file.jsonl"] == "holds no article in 100 lines: the rest was not read"
    )


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "is empty"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.txt", b"Only a title\n", "has a title but no text"),
        ("a.html", b"<html><body></body></html>", "has no article text"),
        ("a.json", b"[]", "holds no article"),
        ("a.json", b"[1", "is not JSON: Expecting ',' delimiter at character 3"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF that cannot be read"),
        ("a.txt", b"\x7fELF\0\0", "is binary, not text"),
        ("a.html", b"\x89PNG\0\0", "is binary, not text"),
        ("a.xml", b"<?xml version='1.0'?><note/>", "is XML, but not a feed"),
        ("b.xml", b"<?xml version='1.0'?><rss></rss>", "is not a feed"),
        ("a.txt", b"x" * 2_001, "has 2,001 bytes, more than the 2,000 allowed"),
    ],
)
def test_it_refuses_by_name_with_a_reason(name: str, data: bytes, reason: str) -> None:
    outcomes = parsed(data, "auto", name, 2_000)
    assert outcomes == [Refusal(name, reason)]


def test_it_walks_folders_in_order_and_leaves_hidden_files_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y/x.jsonl", ".hidden.txt", ".git/config", "c.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes({".html": PAGE, ".jsonl": LINE}.get(path.suffix, TEXT))
    outcomes = read(tmp_path, tmp_path / "b.txt")
    assert titles(outcomes) == [
        "Record",
        "Oil flows again",
        "Oil flows again",
        "Page",
        "Oil flows again",
    ]
    assert not refusals(outcomes)


def test_the_rest_goes_in_when_some_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(TEXT)
    (tmp_path / "c.txt").write_bytes(b"\x7fELF\0")
    outcomes = read(tmp_path / "none.txt", tmp_path)
    assert titles(outcomes) == ["Oil flows again"]
    assert refusals(outcomes) == {
        "none.txt": "no such file or folder",
        "a.txt": "is empty",
        "c.txt": "is binary, not text",
    }


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert refusals(read(tmp_path)) == {tmp_path.name: "the folder holds no files"}


def test_fault_38_links_that_lead_outside_are_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    (outside / "deep").mkdir(parents=True)
    inside.mkdir()
    (outside / "secret.txt").write_bytes(TEXT)
    (inside / "real.txt").write_bytes(TEXT)
    (inside / "good.txt").symlink_to("real.txt")
    (inside / "file.txt").symlink_to("../outside/secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "nowhere.txt").symlink_to("gone.txt")
    (inside / "self.txt").symlink_to("self.txt")
    outcomes = read(inside)
    assert titles(outcomes) == ["Oil flows again"] * 2
    assert set(refusals(outcomes)) == {"file.txt", "folder", "nowhere.txt", "self.txt"}
    assert refusals(outcomes)["self.txt"] == (
        "is a link that leads nowhere (cannot be read: links lead from it in a circle)"
    )
    assert "leads outside its folder" in refusals(read(inside / "file.txt"))["file.txt"]
    assert "leads outside its folder" in refusals(read(inside / "folder"))["folder"]
    assert titles(read(inside / "good.txt")) == ["Oil flows again"]


@pytest.mark.parametrize("name", ["../secret.txt", "sub/../../secret.txt", ".."])
def test_fault_38_no_name_leads_out_of_the_bound(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_bytes(TEXT)
    (tmp_path / "in" / "sub").mkdir(parents=True)
    outcomes = read(tmp_path / "in" / name, within=tmp_path / "in")
    assert titles(outcomes) == []
    assert list(refusals(outcomes).values()) == ["is outside its folder"]


def test_fault_38_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusals(read(tmp_path)) == {"pipe.txt": "is not a regular file"}
    assert refusals(read(tmp_path / "pipe.txt")) == {"pipe.txt": "is not a regular file"}
    assert refusals(read(Path("/dev/zero"))) == {"zero": "is not a regular file"}


@pytest.mark.parametrize("name", ["huge.txt", "huge.jsonl", "huge.html", "huge"])
def test_fault_38_a_huge_file_is_refused_unread(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.write(LINE)
        file.truncate(5 * 1024**3)
    assert "bytes, more than the" in refusals(read(tmp_path))[name]


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Nothing is unreadable to root: be nobody for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_unreadable_files_and_folders_are_refused() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a.txt").write_bytes(TEXT)
        (folder / "a.txt").chmod(0)
        (folder / "b").mkdir(mode=0)
        with ordinary_user():
            found = refusals(read(folder))
        (folder / "b").chmod(0o700)
    assert found == {
        "a.txt": "cannot be read: permission denied",
        "b": "cannot be read: permission denied",
    }


def test_names_that_are_not_text_are_told_in_plain_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff\x1b[2J.txt")
    (tmp_path / name).write_bytes(b"")
    (told,) = read(tmp_path)
    assert isinstance(told, Refusal)
    assert told.name.encode().endswith(b"bad[2J.txt")


@pytest.mark.parametrize("path", ["a\0b", "x" * 5_000])
def test_names_that_no_file_can_have_are_refused(path: str) -> None:
    (told,) = read(Path(path))
    assert isinstance(told, Refusal)
    assert told.reason


def test_it_reads_a_stored_feed() -> None:
    feed = (
        b"<rss><channel><title>Harbour Wire</title>"
        b"<item><title>Coal falls</title></item><item><title>Oil rises</title></item>"
        b"</channel></rss>"
    )
    for read_as in ("auto", "feed"):
        outcomes = parsed(feed, read_as, "saved.xml")
        assert [
            (each.title, each.source) for each in outcomes if isinstance(each, ParsedArticle)
        ] == [
            ("Coal falls", "Harbour Wire"),
            ("Oil rises", "Harbour Wire"),
        ]


def test_articles_of_one_title_in_one_file_are_told_apart(tmp_path: Path) -> None:
    line = json.dumps({"title": "Report", "text": "Body."}).encode() + b"\n"
    (tmp_path / "reports.jsonl").write_bytes(line + line)
    found = [each for each in read(tmp_path) if isinstance(each, ParsedArticle)]
    assert [each.origin for each in found] == ["reports.jsonl#1", "reports.jsonl#2"]
