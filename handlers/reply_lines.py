"""Short ways to write a reply."""

from __future__ import annotations

from bot.models import Line, Span, Style
from bot.render.phrases import spans

GAP = Line(())
"""An empty line between paragraphs."""


def line(*parts: str | Span) -> Line:
    """One line of plain text and spans."""
    return Line(_spans(parts))


def sentence(text: str, /, **values: str | Span) -> Line:
    """One line of a translated text, with values such as `code("/help")` in their places."""
    return Line(spans(text, **values))


def item(*parts: str | Span) -> Line:
    """One entry of a list."""
    return Line(_spans(parts), item=True)


def quoted(*parts: str | Span) -> Line:
    """One line of a quotation, which a platform may fold."""
    return Line(_spans(parts), quoted=True)


def bold(text: str) -> Span:
    """Bold text."""
    return Span(text, Style.BOLD)


def code(text: str) -> Span:
    """Text that the reader can type."""
    return Span(text, Style.CODE)


def linked(text: str, url: str | None) -> Span:
    """Text with a link; renderers leave out links that are not safe."""
    return Span(text, url=url)


def _spans(parts: tuple[str | Span, ...]) -> tuple[Span, ...]:
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)
