"""The addresses of the API: routes and the OpenAPI file are made from this table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.web.api import answers
from bot.web.api.answers import Reader
from bot.web.api.queries import BulletQuery, NoQuery, Query, SearchQuery
from bot.web.api.schema import (
    Answer,
    BulletPage,
    DigestAnswer,
    SearchAnswer,
    StoryAnswer,
    TopicList,
)

BASE = "/api/v1"


@dataclass(frozen=True, slots=True)
class InPath:
    """The part of a path that names something."""

    name: str
    pattern: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A GET request. `by_link` says that its path holds a secret of its own: no token is asked."""

    path: str
    name: str
    summary: str
    answer: type[Answer]
    serve: Callable[[Reader, str, Any], Awaitable[Answer]]
    query: type[Query] = NoQuery
    named: InPath | None = None
    by_link: bool = False


OPERATIONS = (
    Operation("/topics", "topics", "The built-in topics", TopicList, answers.topics),
    Operation(
        "/bullets",
        "bullets",
        "Proved bullets of all channels' briefings, the newest first",
        BulletPage,
        answers.bullets,
        query=BulletQuery,
    ),
    Operation(
        "/stories/{story}",
        "story",
        "A story: its numbers and its newest articles",
        StoryAnswer,
        answers.story,
        named=InPath("story", "^[A-Za-z0-9_-]{1,64}$", "the `story_id` of a bullet or an article"),
    ),
    Operation(
        "/search",
        "search",
        "The stored articles that have all the words, the best first",
        SearchAnswer,
        answers.search,
        query=SearchQuery,
    ),
    Operation(
        "/digests/{token}",
        "digest",
        "A digest, by the token of the link to its page",
        DigestAnswer,
        answers.digest,
        named=InPath("token", "^[A-Za-z0-9_-]{22}$", "what follows /d/ in the link to its page"),
        by_link=True,
    ),
)
