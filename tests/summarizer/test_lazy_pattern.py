"""A lazy pattern is compiled once, by its first use, and then does what a compiled one does."""

from __future__ import annotations

import copy
import re

import pytest

from summarizer.lazy_pattern import LazyPattern, lazy_pattern


def test_nothing_is_compiled_until_it_is_used() -> None:
    broken = lazy_pattern("(")
    with pytest.raises(re.error):
        broken.search("text")


def test_it_does_what_the_compiled_one_does() -> None:
    lazy, compiled = lazy_pattern(r"(\w)\d", re.ASCII), re.compile(r"(\w)\d", re.ASCII)
    assert isinstance(lazy, LazyPattern)
    assert lazy.findall("a1 b2") == compiled.findall("a1 b2")
    assert lazy.sub(r"\1", "a1 b2") == "a b"
    assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)
    assert copy.copy(lazy).search("c3")


def test_a_method_is_looked_up_once() -> None:
    lazy = lazy_pattern("x")
    assert lazy.search is lazy.search
