"""Plants small faults and counts those that the tests find: `python -m benchmarks.code.mutants`.

Each mutant is one changed comparison, number, `and`, `or`, `not`, condition or truth value of one
module. The tests of its package run in a forked process that imports the changed module; libraries
are imported once, before. Arguments name targets (see TARGETS); --each is how many mutants are
drawn from each, --seed which. A mutant that no test finds is printed with its line.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.abc
import importlib.machinery
import io
import os
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

from benchmarks.code.imports import ROOT, modules
from benchmarks.report import Row, as_table

LIBRARIES: tuple[str, ...] = (
    "pytest",
    "pytest_asyncio",
    "hypothesis",
    "numpy",
    "sqlalchemy.ext.asyncio",
    "pydantic",
    "structlog",
    "aiosqlite",
    "psycopg",
    "aiohttp",
    "jinja2",
    "rapidfuzz",
    "sentencex",
)
"""What tests import that is not changed; imported once, it need not be imported by each process."""

CPU_SECONDS = 60
"""A mutant whose tests take longer counts as found: it hangs."""

OTHER = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True, slots=True)
class Target:
    """Code to change, by the start of its modules' names, and the tests that should notice."""

    code: str
    tests: tuple[str, ...]


TARGETS = {
    "parsing": Target("handlers.parsing", ("tests/handlers/parsing",)),
    "render": Target("bot.render", ("tests/bot/render",)),
    "ranking": Target("summarizer.ranking", ("tests/summarizer/test_ranking.py",)),
    "calendar": Target("bot.digests.calendar", ("tests/bot/digests/test_calendar.py",)),
    "limits": Target("bot.delivery.limits", ("tests/bot/delivery/test_limits.py",)),
    "claims": Target(
        "bot.store.delivery.claims",
        ("tests/bot/delivery/test_limits.py", "tests/bot/store/delivery", "-ksqlite"),
    ),
    "evidence": Target("summarizer.evidence", ("tests/summarizer/evidence",)),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change."""

    module: str
    path: Path
    line: int
    change: str
    code: CodeType


class Changed(importlib.machinery.SourceFileLoader):
    """Loads a module from the code of a mutant."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(mutant.path))
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return self.mutant.code


class Finder(importlib.abc.MetaPathFinder):
    """Finds the mutant in place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self.mutant.path, loader=Changed(self.mutant)
        )


def mutants(module: str, path: Path) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for number, node in enumerate(list(_places(tree))):
        for which in range(_changes(node)):
            changed = copy.deepcopy(tree)
            twin = list(_places(changed))[number]
            before = ast.unparse(twin)
            _change(twin, which)
            after = ast.unparse(twin)
            code = compile(ast.fix_missing_locations(changed), path, "exec")
            yield Mutant(module, path, node.lineno, f"{before}  ->  {after}", code)


def _places(node: ast.AST) -> Iterator[ast.expr | ast.If | ast.IfExp]:
    """The nodes that can be changed; annotations, decorators and defaults of fields stay."""
    if isinstance(node, ast.Compare | ast.BoolOp | ast.BinOp | ast.Constant | ast.If | ast.IfExp):
        if _changes(node):
            yield node
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield from _places(each)


def _changes(node: ast.AST) -> int:
    """How many changes a node allows."""
    match node:
        case ast.Constant(value=bool()) | ast.If() | ast.IfExp():
            return 1
        case ast.Constant(value=int() | float()):
            return 2
        case ast.Compare(ops=[op, *_]) | ast.BoolOp(op=op) | ast.BinOp(op=op):
            return int(type(op) in OTHER)
        case ast.UnaryOp():
            return 1
    return 0


def _change(node: ast.AST, which: int) -> None:
    match node:
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int() | float() as value):
            node.value = (
                value + (1, -1)[which] if isinstance(value, int) else value * (1.3, 0.7)[which]
            )
        case ast.Compare(ops=[op, *rest]):
            node.ops = [OTHER[type(op)](), *rest]  # type: ignore[list-item]
        case ast.BoolOp(op=op) | ast.BinOp(op=op):
            node.op = OTHER[type(op)]()  # type: ignore[assignment]
        case ast.UnaryOp():
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        case ast.If() | ast.IfExp():
            node.test = ast.UnaryOp(ast.Not(), node.test)


def is_found(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether the tests fail with the mutant; without one, whether they fail as they are."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        with suppress(BaseException):
            os._exit(_run(mutant, tests))
        os._exit(1)
    _, status = os.waitpid(child, 0)
    return status != 0


def _run(mutant: Mutant | None, tests: Sequence[str]) -> int:
    import pytest

    if mutant is not None:
        sys.meta_path.insert(0, Finder(mutant))
    options = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "-p", "no:randomly"]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return int(pytest.main([*options, *tests]))


def _drawn(target: Target, each: int, chance: random.Random) -> list[Mutant]:
    around = {
        name: path
        for name, path in modules(target.code.partition(".")[0]).items()
        if name == target.code or name.startswith(f"{target.code}.")
    }
    found = [mutant for name, path in around.items() for mutant in mutants(name, path)]
    return chance.sample(found, min(each, len(found)))


def main() -> None:
    """Draw mutants of each target, run the tests on each, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for library in LIBRARIES:
        importlib.import_module(library)
    os.chdir(ROOT)
    rows = []
    for name in given.targets or TARGETS:
        target, started, lived = TARGETS[name], time.monotonic(), 0
        if is_found(None, target.tests):
            sys.exit(f"{name}: the tests fail without any mutant")
        drawn = _drawn(target, given.each, random.Random(given.seed))
        for mutant in drawn:
            if not is_found(mutant, target.tests):
                lived += 1
                where = mutant.path.relative_to(ROOT)
                print(f"lived: {where}:{mutant.line}  {mutant.change}", flush=True)
        seconds = time.monotonic() - started
        figures = {"mutants": len(drawn), "found": len(drawn) - lived, "seconds": seconds}
        rows.append(Row("mutants", name, figures))
    print(as_table(rows))


if __name__ == "__main__":
    main()
