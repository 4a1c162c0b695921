"""Which module imports which, read from the source without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]

PRODUCT = ("bot", "config", "handlers", "summarizer")
"""The packages of the product."""

Graph = Mapping[str, frozenset[str]]
"""Each name with the names that it imports."""


def modules(*packages: str, root: Path = ROOT) -> dict[str, Path]:
    """Every module of the packages by its dotted name; a package has the name of its folder."""
    found = {}
    for path in sorted(each for name in packages for each in (root / name).rglob("*.py")):
        if "node_modules" not in path.parts:
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def import_graph(*packages: str, root: Path = ROOT) -> dict[str, frozenset[str]]:
    """Each module with those of these packages that it imports anywhere, but itself."""
    known = modules(*packages, root=root)
    return {name: frozenset(_imported(path, known)) - {name} for name, path in known.items()}


def folded(graph: Graph, groups: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The graph between groups of modules; `groups` maps each module to its group."""
    edges: dict[str, set[str]] = {group: set() for group in groups.values()}
    for name, imported in graph.items():
        edges[groups[name]] |= {groups[each] for each in imported}
    return {group: frozenset(found - {group}) for group, found in edges.items()}


def reduced(graph: Graph) -> dict[str, frozenset[str]]:
    """The graph without the edges that a longer path implies; the graph must have no circle."""
    return {
        name: frozenset(
            each for each in imported if not any(each in below(graph, other) for other in imported)
        )
        for name, imported in graph.items()
    }


def below(graph: Graph, name: str) -> set[str]:
    """All that a module imports, directly or through others."""
    found: set[str] = set()
    open_ends = [name]
    while open_ends:
        for each in graph[open_ends.pop()] - found:
            found.add(each)
            open_ends.append(each)
    return found


def circles(graph: Graph) -> list[str]:
    """The modules that import themselves through others, sorted."""
    return sorted(name for name in graph if name in below(graph, name))


def _imported(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for each in node.names:
                full = f"{node.module}.{each.name}"
                if full in known or node.module in known:
                    yield full if full in known else node.module
