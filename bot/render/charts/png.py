"""SVG on standard input → PNG on standard output, by resvg, which is an extra.

A process of its own: the library holds the interpreter's lock for a third of a second.
https://pypi.org/project/resvg-py/
"""

from __future__ import annotations

import resource
import sys
from contextlib import suppress

NO_PACKAGE, NO_FONT, REFUSED = 3, 4, 5
"""The ends of the process that are no picture."""

ACROSS = 1080
"""Pixels of a picture's width: three to one of a narrow phone."""

MEMORY, SECONDS = 1 << 30, 10
"""What the process may use, in bytes of address space and seconds of processor time."""

_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<text x="2" y="16" font-size="16" font-family="{families}">{text}</text></svg>'
)


def png(svg: str) -> bytes:
    """The picture; raises ImportError without the library, LookupError without a font.

    Raises ValueError for what is no SVG.
    """
    from resvg_py import svg_to_bytes

    from bot.render.charts.drawing import FAMILIES

    def drawn(text: str) -> bytes:
        return bytes(svg_to_bytes(svg_string=_PROBE.format(families=FAMILIES, text=text)))

    if drawn("Aa") == drawn(""):
        raise LookupError("no font")
    return bytes(svg_to_bytes(svg_string=svg, width=ACROSS))


def main() -> int:
    """Draw one picture; returns the status of the process."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        drawn = png(sys.stdin.buffer.read().decode())
    except ImportError:
        return NO_PACKAGE
    except LookupError:
        return NO_FONT
    except ValueError:
        return REFUSED
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
