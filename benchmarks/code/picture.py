"""Draws docs/architecture.svg from the imports: `python -m benchmarks.code.picture`.

Rows are the layers of the import contract in pyproject.toml. An arrow means "imports"; arrows that
a longer path implies are left out, and so are those to the lowest row, which everything may import.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import fmean

from benchmarks.code.imports import PRODUCT, ROOT, folded, import_graph, modules, reduced

PICTURE = ROOT / "docs" / "architecture.svg"
WIDTH, MARGIN, GAP = 980, 20, 16
BOX_HEIGHT, ROW_HEIGHT = 52, 96
LETTERS = 26
"""Most letters of the second line of a box."""

STYLE = (
    "text{font-family:system-ui,sans-serif;text-anchor:middle}"
    ".name{font-size:14px;font-weight:600}.inside{font-size:11px;fill:#555}"
    ".box{fill:#f4f7fb;stroke:#3b5b7d}.base{fill:#eee;stroke:#777}"
    "path{fill:none;stroke:#3b5b7d;stroke-width:1.2;marker-end:url(#arrow)}"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A package or module in the picture; positions in pixels."""

    name: str
    inside: str
    left: float
    top: float
    width: float
    base: bool

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


def picture(root: Path = ROOT) -> str:
    """The SVG text; the same code gives the same text."""
    *upper, models, config = layers(root)
    graph = reduced(package_graph([*upper, models, config], root))
    rows = [*_untangled(upper, graph), [*models, *config]]
    boxes = {box.name: box for box in _boxes(rows, _insides(rows, root))}
    arrows = [
        _arrow(boxes[name], boxes[imported])
        for name in boxes
        for imported in sorted(graph.get(name, frozenset()))
        if not boxes[imported].base
    ]
    height = MARGIN * 2 + ROW_HEIGHT * len(rows) - (ROW_HEIGHT - BOX_HEIGHT)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">'
    marker = (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" '
        'style="fill:#3b5b7d;stroke:none;marker-end:none"/></marker></defs>'
    )
    lines = [head, f"<style>{STYLE}</style>", marker]
    lines.append(f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>')
    return "\n".join([*lines, *arrows, *map(_drawn, boxes.values()), "</svg>\n"])


def layers(root: Path = ROOT) -> list[list[str]]:
    """The packages of the first import contract, a list a layer, the highest first."""
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    given = config["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[name.strip() for name in layer.split("|")] for layer in given]


def package_graph(rows: Sequence[Sequence[str]], root: Path = ROOT) -> dict[str, frozenset[str]]:
    """What each package of the layers imports of the others."""
    names = [name for row in rows for name in row]
    graph = import_graph(*PRODUCT, root=root)
    return folded(graph, {each: _package(each, names) for each in graph})


def _package(module: str, names: Sequence[str]) -> str:
    around = [name for name in names if module == name or module.startswith(f"{name}.")]
    return max(around, key=len, default=module)


def _untangled(
    rows: Sequence[Sequence[str]], graph: Mapping[str, frozenset[str]]
) -> list[list[str]]:
    """The rows, each sorted by where in the rows above the importers of its packages stand."""
    place: dict[str, float] = {}
    sorted_rows = []
    for row in rows:
        wanted = {
            name: fmean([place[each] for each in place if name in graph[each]] or [0.5])
            for name in row
        }
        found = sorted(row, key=lambda name: (wanted[name], name))
        place |= {name: (number + 0.5) / len(found) for number, name in enumerate(found)}
        sorted_rows.append(found)
    return sorted_rows


def _insides(rows: Sequence[Sequence[str]], root: Path) -> dict[str, str]:
    """What stands in each box below its name: its folders, or the number of its modules."""
    known = modules(*PRODUCT, root=root)
    insides = {}
    for name in (name for row in rows for name in row):
        folders = sorted(
            path.parent.name
            for module, path in known.items()
            if module.rpartition(".")[0] == name and path.name == "__init__.py"
        )
        count = sum(module.startswith(f"{name}.") for module in known)
        insides[name] = ", ".join(folders) or (f"{count} modules" if count > 1 else "one module")
    return insides


def _boxes(rows: Sequence[Sequence[str]], insides: Mapping[str, str]) -> list[Box]:
    boxes = []
    for number, row in enumerate(rows):
        width = min(224.0, (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row))
        left = (WIDTH - width * len(row) - GAP * (len(row) - 1)) / 2
        for place, name in enumerate(row):
            boxes.append(
                Box(
                    name,
                    insides[name],
                    left + place * (width + GAP),
                    MARGIN + number * ROW_HEIGHT,
                    width,
                    base=number == len(rows) - 1,
                )
            )
    return boxes


def _arrow(source: Box, target: Box) -> str:
    top, bottom = source.top + BOX_HEIGHT, target.top
    bend = (bottom - top) / 2
    return (
        f'<path d="M{source.middle:.0f} {top:.0f}C{source.middle:.0f} {top + bend:.0f} '
        f'{target.middle:.0f} {bottom - bend:.0f} {target.middle:.0f} {bottom:.0f}"/>'
    )


def _drawn(box: Box) -> str:
    kind = "base" if box.base else "box"
    lines = _two_lines(box.inside)
    texts = [f'<text class="name" x="{box.middle:.0f}" y="{box.top + 18:.0f}">{box.name}</text>']
    texts += [
        f'<text class="inside" x="{box.middle:.0f}" y="{box.top + 33 + 13 * number:.0f}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
    ]
    frame = f'x="{box.left:.0f}" y="{box.top:.0f}" width="{box.width:.0f}" height="{BOX_HEIGHT}"'
    return f'<rect class="{kind}" rx="5" {frame}/>' + "".join(texts)


def _two_lines(text: str) -> list[str]:
    """The text in two lines where it is too long for one."""
    if len(text) <= LETTERS:
        return [text]
    cut = text.rfind(", ", 0, len(text) // 2) + 1
    return [text[:cut], text[cut:].strip()]


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(picture(), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)} is written", file=sys.stderr)


if __name__ == "__main__":
    main()
