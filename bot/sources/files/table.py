"""Articles in CSV or TSV with a header, a row each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from bot.errors import RefusedInput
from bot.sources.files.jsonl import OTHER_NAMES

_SEPARATORS = ",;\t|"
_ABOVE = re.compile(
    r"\ufeff*(?:[ \t]*\r?\n)*"
    r"(?:(\"?)sep=(?P<separator>[^\"\r\n])\1[ \t]*(?:\r?\n|\Z)(?:[ \t]*\r?\n)*)?",
    re.IGNORECASE,
)
"""What may stand above a header: blank lines, and the line that tells Excel the separator."""

_LONGEST_CELL = 2_000_000

csv.field_size_limit(_LONGEST_CELL)


def rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row by the names of records, with its line; raises RefusedInput without a text."""
    above = _ABOVE.match(text)
    assert above, "every part of the pattern may be missing"
    text = text[above.end() :]
    header, _, _ = text.partition("\n")
    separator = above["separator"] or max(_SEPARATORS, key=header.count)
    skipped = above[0].count("\n")
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        names = [_name(each) for each in next(reader, [])]
        if "text" not in names or len(names) > 200:
            raise RefusedInput('is a table without a header that names a "text" column')
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num + skipped, dict(zip(names, cells, strict=False))
    except csv.Error as error:
        raise RefusedInput(f"is not a table that can be read: {error}") from error


def _name(given: str) -> str:
    name = given.strip().lower().replace(" ", "_")
    return OTHER_NAMES.get(name, name)
