"""What a test reaches: its own names, and those of the helpers and fixtures beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FAKES = {
    "FakeSlack": "slack",
    "SlackPlatform": "slack",
    "Platform.SLACK": "slack",
    "FakeTelegram": "telegram",
    "TelegramPlatform": "telegram",
    "Platform.TELEGRAM": "telegram",
}
"""Names that no test uses without the platform."""


def platforms_of_tests(path: Path) -> dict[str, set[str]]:
    """Return the platforms that the code of each test of a file uses; words count for nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = dict(_definitions(tree))
    return {
        name: {FAKES[each] for each in _reached(name, named) if each in FAKES}
        for name in named
        if name.startswith("test_")
    }


def _definitions(tree: ast.Module) -> Iterator[tuple[str, frozenset[str]]]:
    """Each function, class and constant of a module, or method of a class, with the names in it."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _definitions(ast.Module(node.body, []))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, frozenset(_names(node))
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, frozenset(_names(node))


def _names(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.arg):
            yield each.arg  # a fixture
        elif isinstance(each, ast.Attribute):
            yield f"{ast.unparse(each.value)}.{each.attr}"


def _reached(name: str, named: dict[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [name]
    while ahead:
        names = named.get(ahead.pop(), frozenset()) - found
        found |= names
        ahead += names
    return found
