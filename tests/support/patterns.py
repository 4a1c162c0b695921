"""Every regular expression of the project, and texts that make a careless one slow."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from summarizer.lazy_pattern import LazyPattern

PACKAGES = ("bot", "config", "handlers", "summarizer")
LENGTH = 40_000

PIECES = {
    "spaces": " ",
    "tabs": "\t",
    "lines": "\n",
    "blank lines": " \n",
    "no-break spaces": "\u00a0",
    "letters": "a",
    "capitals": "A",
    "words": "ab ",
    "names": "Ab ",
    "digits": "1",
    "numbers": "1 ",
    "grouped numbers": "1,",
    "decimals": "1.",
    "clock times": "1:",
    "dashes": "-",
    "words with dashes": "a-",
    "commas": ",",
    "colons": ":",
    "dots": ".",
    "initials": "A.",
    "apostrophes": "'",
    "quotes": '"',
    "curly quotes": "“",
    "both curly quotes": "“”",
    "brackets": "[",
    "closing brackets": "]",
    "parentheses": "(",
    "nested parentheses": "(a",
    "angle brackets": "<",
    "comments": "<!--",
    "tags": "<a ",
    "attributes": 'a="',
    "ampersands": "&",
    "entities": "&#",
    "slashes": "/",
    "addresses": "http://",
    "hosts": "a.b/",
    "at signs": "a@",
    "underscores": "_",
    "backslashes": "\\",
    "stars": "*a",
    "hashes": "# ",
    "combining marks": "\u0301",
    "letters with marks": "a\u0301",
    "joiners": "\u200d",
    "emoji": "👩\u200d",
    "currency": "$1",
    "percent": "1%",
    "weekdays": "mon,",
    "conjunctions": "and ",
    "said": "he said ",
    "dates": "1 May ",
    "ideographs": "中",
    "Arabic": "ا ",
}
"""What a hostile text repeats, by name."""

ENDS = ("", "x")
"""What stands at its end: often a search is slow because this does not match."""

METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


def hostile_texts(length: int = LENGTH) -> Iterator[tuple[str, str]]:
    """Texts of so many characters, each with a name."""
    for name, piece in PIECES.items():
        body = (piece * (length // len(piece) + 1))[:length]
        for end in ENDS:
            yield f"{name} {end!r}", body[: length - len(end)] + end


def modules() -> Iterator[ModuleType]:
    """Every module of the project that may be imported."""
    for package in PACKAGES:
        root = importlib.import_module(package)
        yield root
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if ".migrations." not in found.name and not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern, where it was found first, and the methods by which the project uses it."""

    place: str
    pattern: re.Pattern[str]
    methods: frozenset[str]

    def run(self, text: str) -> None:
        """Do with a text what the project does with it."""
        if self.methods & {"match"}:
            self.pattern.match(text)
        if self.methods & {"fullmatch"}:
            self.pattern.fullmatch(text)
        if not self.methods or self.methods - {"match", "fullmatch"}:
            for _ in self.pattern.finditer(text):
                pass


@cache
def patterns() -> tuple[Used, ...]:
    """Every pattern that works on text."""
    found: dict[tuple[str, int], Used] = {}
    loaded = list(modules())
    used_in = [_methods(module) for module in loaded]
    anywhere: dict[str, frozenset[str]] = {}
    for each in used_in:
        for name, some in each.items():
            anywhere[name] = anywhere.get(name, frozenset()) | some
    for module, here in zip(loaded, used_in, strict=True):
        methods = anywhere | here
        for place, pattern, method in [*_in_values(module), *_in_calls(module)]:
            if isinstance(pattern.pattern, str):
                name = re.split(r"[\[:]", place.rsplit(".", 1)[-1])[0]
                used = frozenset([method]) if method else methods.get(name, frozenset())
                key = (pattern.pattern, pattern.flags)
                before = found[key].methods if key in found else frozenset()
                found[key] = Used(place, pattern, before | used)
    return tuple(found.values())


def _methods(module: ModuleType) -> dict[str, frozenset[str]]:
    """By which methods a module uses a pattern with a name."""
    used: dict[str, set[str]] = {}
    for node in _nodes(module):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            owner = node.value
            if isinstance(owner, ast.Name):
                used.setdefault(owner.id, set()).add(node.attr)
            elif isinstance(owner, ast.Attribute):
                used.setdefault(owner.attr, set()).add(node.attr)
    return {name: frozenset(found) for name, found in used.items()}


@cache
def _nodes(module: ModuleType) -> tuple[ast.Attribute | ast.Call, ...]:
    """The attributes and calls of its source; empty where it has none."""
    if not module.__file__ or not module.__file__.endswith(".py"):
        return ()
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    return tuple(each for each in ast.walk(tree) if isinstance(each, ast.Attribute | ast.Call))


def _in_values(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str], str]]:
    for name, value in vars(module).items():
        for number, pattern in enumerate(_patterns_of(value, 3)):
            yield f"{module.__name__}.{name}" + (f"[{number}]" if number else ""), pattern, ""


def _patterns_of(value: Any, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern | LazyPattern):
        yield cast("re.Pattern[str]", value)
    elif depth and isinstance(value, dict):
        for each in [*value, *value.values()]:
            yield from _patterns_of(each, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _patterns_of(each, depth - 1)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for name in (each.name for each in fields(value)):
            yield from _patterns_of(getattr(value, name, None), depth - 1)


def _in_calls(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Patterns that stand as text in calls such as `re.sub(r"…", …)`."""
    for node in _nodes(module):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        owner, first = node.func.value, node.args[0]
        ours = isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr in METHODS
        if ours and isinstance(first, ast.Constant) and isinstance(first.value, str):
            flags = re.NOFLAG
            for each in [*node.args[1:], *(word.value for word in node.keywords)]:
                flags |= _flags(each)
            yield (
                f"{module.__name__}:{node.lineno}",
                re.compile(first.value, flags),
                node.func.attr,
            )


def _flags(node: ast.AST) -> re.RegexFlag:
    if (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
    ):
        flag = getattr(re, node.attr, None)
        return flag if isinstance(flag, re.RegexFlag) else re.NOFLAG
    if isinstance(node, ast.BinOp):
        return _flags(node.left) | _flags(node.right)
    return re.NOFLAG
