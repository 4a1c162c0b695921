"""A briefing as Markdown (CommonMark), for notes and static pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.models import Briefing, Line
from bot.render import wording as words
from bot.render.bullets import NumberedBullet
from bot.render.day_line import day_line
from bot.render.proofs import Proof, proofs_of
from bot.render.sanitize import clean, link
from bot.render.times import dateline

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def briefing_markdown(
    briefing: Briefing, heading: str | None = None, *, quotes: bool = False
) -> str:
    """The whole briefing, without a final line break; nothing of a source acts as markup.

    `quotes` adds every sentence that proves a bullet, with its link.
    """
    return "\n".join(_lines(briefing, heading, quotes=quotes))


def _lines(briefing: Briefing, heading: str | None, *, quotes: bool) -> Iterator[str]:
    proofs = proofs_of(briefing) if quotes else {}
    yield f"# {_plain(words.heading(briefing, heading))}"
    for said in (day_line(briefing), dateline(briefing)):
        if said:
            yield from ("", _plain(said))
    for part in words.parts(briefing):
        yield from ("", f"## {_plain(part.title)}")
        if not part.bullets:
            yield from ("", _plain(part.empty))
        for group in part.groups:
            yield from ("", f"**{_plain(group.label)}**") if group.label else ()
            yield ""
            for bullet in group.bullets:
                yield from _bullet(bullet, proofs.get(bullet.number, ()))
        for note in part.notes:
            yield from ("", _line(note))
    yield from ("", f"*{_plain(words.coverage(briefing))}.*")


def _bullet(bullet: NumberedBullet, proofs: Sequence[Proof]) -> Iterator[str]:
    said = f"{bullet.mark} — {bullet.text}" if bullet.mark else bullet.text
    first = f"{bullet.number}. "
    outlets = ", ".join(_linked(each.name, each.url) for each in bullet.outlets)
    between = " " if bullet.more else " · "
    about = _plain(bullet.about)
    yield f"{first}{_plain(said)}  "
    margin = " " * len(first)
    yield margin + (f"{outlets}{between}{about}" if outlets else about)
    for proof in proofs:
        source = _linked(f"{proof.source}: {proof.title}", proof.url)
        yield from ("", f"{margin}> {_plain(proof.quote)}  ", f"{margin}> {source}")


def _line(line: Line) -> str:
    spans = "".join(_linked(span.text, link(span.url)) for span in line.spans)
    return f"- {spans}" if line.item else spans


def _linked(name: str, url: str | None) -> str:
    return f"[{_plain(name)}](<{url.replace('>', '%3E')}>)" if url else _plain(name)


def _plain(text: str) -> str:
    """The text in one line, with every character of markup escaped."""
    said = clean(text)
    before, after = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
    line = " ".join(said.split())
    escaped = _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line)).replace("&", "&amp;")
    return f"{' ' * bool(before)}{escaped}{' ' * bool(after and line)}"
