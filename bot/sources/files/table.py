"""Articles in CSV or TSV with a header, a row each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from bot.errors import RefusedInput
from bot.sources.files.jsonl import OTHER_NAMES

_SEPARATORS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"\Asep=[^\r\n]\r?\n", re.IGNORECASE)
"""What Excel writes above a header."""

_LONGEST_CELL = 2_000_000

csv.field_size_limit(_LONGEST_CELL)


def rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row by the names of records, with its line; raises RefusedInput without a text."""
    text, above = _SEPARATOR_LINE.subn("", text.lstrip("\ufeff\r\n"), count=1)
    header, _, _ = text.partition("\n")
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        names = [_name(each) for each in next(reader, [])]
        if "text" not in names or len(names) > 200:
            raise RefusedInput('is a table without a header that names a "text" column')
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num + above, dict(zip(names, cells, strict=False))
    except csv.Error as error:
        raise RefusedInput(f"is not a table that can be read: {error}") from error


def _name(given: str) -> str:
    name = given.strip().lower().replace(" ", "_")
    return OTHER_NAMES.get(name, name)
