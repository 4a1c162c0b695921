"""What the bot says in chats, in the language of the chat: one gettext catalogue a language.

English texts are the message ids. `python -m benchmarks.code.catalogues` writes new texts of the
code into the catalogues, where they are translated.
"""

from bot.languages.catalogues import ENGLISH, OFFERED, offered, read_catalogues
from bot.languages.current import code, right_to_left, speaking
from bot.languages.numbers import country_name, language_name, number
from bot.languages.spoken import (
    closed,
    forms,
    in_one_direction,
    isolated,
    listed,
    marked,
    plural,
    topic_text,
    topic_texts,
    tr,
    without_marks,
)
from bot.languages.times import dated

__all__ = [
    "ENGLISH",
    "OFFERED",
    "closed",
    "code",
    "country_name",
    "dated",
    "forms",
    "in_one_direction",
    "isolated",
    "language_name",
    "listed",
    "marked",
    "number",
    "offered",
    "plural",
    "read_catalogues",
    "right_to_left",
    "speaking",
    "topic_text",
    "topic_texts",
    "tr",
    "without_marks",
]
