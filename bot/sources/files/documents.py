"""The text of PDF and Word files, by libraries that are an extra."""

from __future__ import annotations

import io
import logging
import time
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.errors import RefusedInput

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

MOST_PAGES = 300
MOST_SECONDS = 20.0
"""How long reading one PDF may take; what is read by then is refused as a whole."""
MOST_CHARACTERS = 2_000_000
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of a Word file once unpacked."""

_LIBRARIES = {"pdf": "pypdf", "docx": "docx"}
_PACKAGES = {"pdf": "pypdf", "docx": "python-docx"}
_NAMES = {"pdf": "a PDF", "docx": "a Word file"}
_OTHERWISE = {"pdf": "convert it with pdftotext", "docx": "save it as text or HTML"}


def check_library(kind: str) -> None:
    """Raise RefusedInput, saying what to do, where the library for `pdf` or `docx` is missing."""
    if find_spec(_LIBRARIES[kind]) is None:
        remedy = f"pip install {_PACKAGES[kind]}, or {_OTHERWISE[kind]}"
        raise RefusedInput(f"is {_NAMES[kind]}: {remedy}")


def pdf_text(data: bytes) -> str:
    """The text of all pages; raises RefusedInput. Pages that are pictures have none."""
    check_library("pdf")
    import pypdf
    import pypdf.errors

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedInput("is a PDF with a password: save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise RefusedInput(f"has more than {MOST_PAGES} pages: split it")
        text = "\n\n".join(_pages(reader))
    except (pypdf.errors.PyPdfError, pypdf.errors.DependencyError, OSError, MemoryError) as error:
        raise RefusedInput("is a PDF that cannot be read") from error
    if not text.strip():
        raise RefusedInput("is a PDF without text: it holds pictures of pages, so run OCR first")
    return text


def _pages(reader: object) -> Iterator[str]:
    end, length = time.monotonic() + MOST_SECONDS, 0
    for page in reader.pages:  # type: ignore[attr-defined]  # the library is imported when needed
        text = page.extract_text()
        length += len(text)
        if time.monotonic() > end or length > MOST_CHARACTERS:
            raise RefusedInput("is a PDF that takes too long to read: convert it with pdftotext")
        yield text


def docx_text(data: bytes) -> str:
    """The paragraphs and table rows, in their order; raises RefusedInput."""
    check_library("docx")
    _check_archive(data)
    import docx
    import lxml.etree

    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(filter(None, map(_block_text, document.iter_inner_content())))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, lxml.etree.LxmlError) as error:
        raise RefusedInput("is a Word file that cannot be read") from error
    if not text.strip():
        raise RefusedInput("is a Word file without text")
    return text[:MOST_CHARACTERS]


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise RefusedInput("is a damaged Word file or archive") from error
    if "word/document.xml" not in names:
        raise RefusedInput("is an Office document or an archive: save it as text or HTML first")
    if unpacked > MOST_UNPACKED:
        raise RefusedInput(f"unpacks to more than {MOST_UNPACKED:,} bytes: save it as text")


def _block_text(block: Paragraph | Table) -> str:
    if hasattr(block, "rows"):
        return "\n".join(" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
    return block.text.strip()
