"""Results of a benchmark as rows, printed as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one data set: `figures` maps a metric, its unit in the name, to a value.

    `note` is printed behind them.
    """

    data: str
    system: str
    figures: dict[str, float]
    note: str = ""


def read_jsonl(path: Path) -> list[dict[str, object]]:
    """Read one JSON object a line; raises ValueError naming the file and line of a bad one."""
    rows: list[dict[str, object]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}:{number} is not JSON: {error.msg}") from error
    return rows


def as_json(rows: Sequence[Row]) -> str:
    """The rows as one JSON array."""
    return json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False)


def as_table(rows: Sequence[Row]) -> str:
    """One table for each data set, one line for each system, in the given order."""
    return "\n\n".join(
        _table(data, [row for row in rows if row.data == data])
        for data in dict.fromkeys(row.data for row in rows)
    )


def _table(data: str, rows: Sequence[Row]) -> str:
    metrics = list(dict.fromkeys(name for row in rows for name in row.figures))
    wide = max(len(row.system) for row in rows)
    head = f"{data}\n{'':{wide}}" + "".join(f"  {name:>12}" for name in metrics)
    lines = [
        f"{row.system:{wide}}"
        + "".join(
            f"  {row.figures[name]:12.2f}" if name in row.figures else f"  {'–':>12}"
            for name in metrics
        )
        + (f"  {row.note}" if row.note else "")
        for row in rows
    ]
    return "\n".join([head, *lines])
