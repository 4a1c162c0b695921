"""What a server says of its own failure, where an article was asked for."""

from __future__ import annotations

import re

_SEARCHED = 1_500
_MOSTLY = 0.5
_TAGS = re.compile(r"<(?!/?(?:code|title)\b)[^<>\n]{1,80}>", re.IGNORECASE)
_SAID = re.compile(
    r"(?:php )?(?:fatal error|parse error|warning|notice|deprecated|uncaught \w{1,40}): "
    r"[^\n]{0,400}\bon line \d"
    r"|[\w.$]{3,120}(?:exception|error)\b[^\n]{0,200}\bat [\w.$]{3,120}\(\w{1,60}\.java:\d"
    r"|(?:exception in \S{1,80} line \d|traceback \(most recent call last\):"
    r"|stack trace:\s*(?:$|#0)|sqlstate\[|ora-\d{5}:|(?:<title>)?server error in '/"
    r"|exception in thread \"|unhandled exception(?::| has been| occurred)"
    r"|<code>(?:accessdenied|nosuchkey)</code>)"
    r"[^\n]{0,120}",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"#\d|at \S+[( ]|in /|thrown in|file \"|\w{3,60}(?:error|exception|interrupt)\b|raise |return "
    r"|caused by:|description:|source error|version information|<",
    re.IGNORECASE,
)
"""How the lines below a program's error begin."""


def is_server_error(text: str) -> bool:
    """Whether most of a text's beginning is the message of a program that failed.

    A report of such an error has the words of it within its sentences.
    """
    whole = said = 0
    found = False
    for raw in text[:_SEARCHED].splitlines():
        line = _TAGS.sub("", raw).strip()
        whole += len(line)
        if begun := _SAID.match(line):
            said += begun.end()
            found = True
        elif found and _GOES_ON.match(line):
            said += len(line)
    return found and said >= whole * _MOSTLY
