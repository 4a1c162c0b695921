"""One small question that shows whether the configured model answers, for `briefbot doctor`."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.models import ModelCall
from summarizer.llm.answers import bullets_format, read
from summarizer.llm.attempts import Question
from summarizer.llm.calls import Calls
from summarizer.llm.prompts import Message

_RULES = (
    "Write the numbered sentence again as one bullet, word for word. Answer with one JSON object "
    'and nothing else:\n{"bullets": [{"text": "…", "sentences": [1]}]}'
)


async def probe(calls: Calls, now: datetime) -> ModelCall:
    """Ask within the usual terms; the question holds the time, so no cached answer is used."""
    asked = f"[1] The grid operator checked its clocks at {now.astimezone(UTC):%H:%M:%S} UTC."
    messages = (Message("system", _RULES), Message("user", asked))
    question = Question("doctor", "probe", messages, bullets_format(translated=False), read)
    await calls.prepare()
    return await calls.ask(question, now=now, until=calls.clock() + calls.terms.seconds)
