"""PDF and Word files: their text, or a refusal that says what to do."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from bot.errors import RefusedInput
from bot.sources.files import documents
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import Refusal, parse
from tests.support.builders import NOW

HEADING = "Dam at Orrin holds after flood"
BODY = "The dam at Orrin held on Sunday, the river board said, and 900 people went home."


def pdf(*lines: str, pages: int = 1) -> bytes:
    """A PDF with these lines on each page, written by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    fonts = "/Resources << /Font << /F1 3 0 R >> >>"
    page = f"<< /Type /Page /Parent 2 0 R /Contents {4 + pages} 0 R {fonts} >>"
    parts += [page.encode()] * pages
    parts.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % each for each in places)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(places) + 1, rows)
    return data + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(places) + 1,
        start,
    )


def word() -> bytes:
    document = docx.Document()
    document.add_heading(HEADING, 0)
    document.add_paragraph(BODY)
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Evacuated", "900"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def refusal(data: bytes, name: str) -> str:
    (outcome,) = parse(data, name, ReadOptions(NOW, 100_000))
    assert isinstance(outcome, Refusal), outcome
    return outcome.reason


@pytest.mark.parametrize(
    ("data", "name"), [(pdf(HEADING, "", BODY), "dam.pdf"), (word(), "dam.docx"), (word(), "dam")]
)
def test_title_and_text_are_read_and_the_date_is_not_invented(data: bytes, name: str) -> None:
    (article,) = parse(data, name, ReadOptions(NOW, 100_000))
    assert not isinstance(article, Refusal), article
    assert article.title == HEADING
    assert BODY in article.text
    assert article.published_at is None


def test_a_table_keeps_its_rows() -> None:
    assert "Evacuated | 900" in documents.docx_text(word())


@pytest.mark.parametrize(
    ("data", "name", "remedy"),
    [(pdf(BODY), "a.pdf", "pip install pypdf"), (word(), "a.docx", "pip install python-docx")],
)
def test_a_missing_library_is_named(
    data: bytes, name: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "find_spec", lambda _: None)
    assert remedy in refusal(data, name)


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w/>" * 20_000_000)
    return file.getvalue()


def archive_of(name: str, text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (pdf(""), "scan.pdf", "run OCR first"),
        (pdf(BODY, pages=301), "long.pdf", "more than 300 pages"),
        (b"%PDF-1.7\n" + b"garbage" * 50, "broken.pdf", "cannot be read"),
        (archive_of("data.txt", "x"), "photos.zip", "an archive: save it as text"),
        (archive_of("word/document.xml", "<w"), "broken.docx", "cannot be read"),
        (b"PK\x03\x04" + b"x" * 300, "cut.docx", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, why: str) -> None:
    assert why in refusal(data, name)


def test_a_small_file_that_unpacks_to_much_is_refused() -> None:
    with pytest.raises(RefusedInput, match="unpacks to more than"):
        documents.docx_text(bomb())
