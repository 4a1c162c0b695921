"""Words that open with no command → a briefing, a subscription or a question; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.errors import UsageError
from bot.models import Topic
from handlers.intent.commands import is_question
from handlers.parsing.brief import BriefAsk, parse_brief
from handlers.parsing.subscribe import parse_subscribe
from handlers.parsing.time_window import Spans
from handlers.parsing.tokens import fold

LONGEST = 300
"""Characters of a line that is read as a wish; a longer one is a question."""

SHORT = 3
"""Words of a line that is a topic or a span, perhaps misspelt, rather than a question."""

_SMALL_WORDS = (
    "thanks|thank you|thx|ty|ok|okay|fine|great|nice|cool|lol|haha|yes|no|bye|good night|"
    "good job|well done|sorry|hm|hmm|wow"
)
_SMALL_TALK = frozenset(_SMALL_WORDS.split("|"))

_NEWS = re.compile(
    r"""(?:
      (?:what(?:'s|’s|\ is|\ was)?|anything|is\ there\ anything|any)
        (?:\ (?:the|there))?
        (?:\ (?:new|happened|happening|going\ on|latest|news|update|updates|up))
    | (?:give|show|send|tell|get)\ (?:me|us)(?:\ (?:the|some|all))?(?:\ (?:news|headlines|latest))?
    | (?:the\ )?(?:latest|news|headlines|updates?|summary|digest|briefing)
    | catch\ me\ up | (?:what|how)\ about
    )(?:\ (?:news|headlines|updates?))?(?:\ (?:in|on|about|from|for|with|of))?\b\s*(?:the\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)


def meant(text: str, topics: Sequence[Topic], spans: Spans) -> tuple[str, str]:
    """Return the command that plain words stand for: subscribe, brief or ask; "" for small talk.

    A topic with a time of day is a subscription, a topic or a span alone a briefing. A few words
    that are neither are taken for a misspelt topic, anything else for a question.
    """
    line = " ".join(text.split())
    if len(line) > LONGEST:
        return "ask", line
    if not any(map(str.isalnum, line)) or fold(line.strip("?!. ")) in _SMALL_TALK:
        return "", ""
    if not is_question(line) and _subscribes(line, topics):
        return "subscribe", line
    bare = line.rstrip("?؟？!. ")
    news = _NEWS.match(bare)
    rest = bare[news.end() :] if news else bare
    asked = _briefing(rest, topics, spans)
    if asked is not None and (asked.topics or asked.window or asked.filter.wanted or news):
        return "brief", rest
    if asked is None and not is_question(line) and len(rest.split()) <= SHORT:
        return "brief", rest
    return "ask", line


def _subscribes(line: str, topics: Sequence[Topic]) -> bool:
    try:
        ask = parse_subscribe(line, topics)
    except UsageError:
        return False
    return bool(ask.topics) and ask.at is not None


def _briefing(line: str, topics: Sequence[Topic], spans: Spans) -> BriefAsk | None:
    try:
        return parse_brief(line, topics, spans)
    except UsageError:
        return None
