"""The tools: what an assistant may ask. None of them writes anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from bot.briefing_builder import BriefingBuilder
from bot.errors import UsageError
from bot.mcp.schema import BriefAnswer, ProofAnswer, visible
from bot.models import Topic, Window
from bot.render import wording as words
from bot.render.day_line import day_line
from bot.store import PieceWish, Store
from bot.web.api import answers
from bot.web.api.answers import Reader
from bot.web.api.queries import NoQuery, SearchQuery
from bot.web.api.quotes import article_of, bullet_answer, pieces_of
from bot.web.api.schema import SearchAnswer, StoryAnswer, TopicList
from bot.web.passages import LONGEST_QUOTE, Passage, marked
from bot.web.visits import NotThere
from summarizer.briefing import BriefingRequest

AROUND = 400
"""Characters shown on each side of a quote."""

NEWEST = 15
"""Articles of a story that are shown."""

FARTHEST = 100_000_000

TopicName = Annotated[str, Field(max_length=60, description="a name that `topics` lists")]
Hours = Annotated[int, Field(ge=1, le=168, description="how far to look back")]
Bullets = Annotated[int, Field(ge=1, le=20, description="the most bullets")]
Words = Annotated[
    str, Field(min_length=1, max_length=200, description='words, "a phrase", -word to leave out')
]
Hits = Annotated[int, Field(ge=1, le=20, description="the most articles")]
Id = Annotated[str, Field(min_length=1, max_length=64)]
Place = Annotated[int, Field(ge=0, le=FARTHEST)]


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools on a store; the local engine writes the briefings, which are not stored."""

    store: Store
    topics_by_name: Mapping[str, Topic]
    builder: BriefingBuilder
    clock: Callable[[], datetime]
    zone: str

    async def topics(self) -> TopicList:
        """List the topics that `brief` knows."""
        return await answers.topics(self._reader(), "", NoQuery())

    async def brief(self, topic: TopicName, hours: Hours = 24, bullets: Bullets = 5) -> BriefAnswer:
        """Say what happened on a topic; each bullet comes with the quotes that prove it."""
        known = self.topics_by_name.get(topic.strip().lower())
        if known is None:
            names = ", ".join(self.topics_by_name)
            raise UsageError(f"there is no topic {topic!r}: name one of {names}")
        now = self.clock()
        request = BriefingRequest(
            topics=(known,),
            window=Window(now - timedelta(hours=hours), now),
            bullets=bullets,
            timezone=self.zone,
        )
        local = replace(self.builder, editor=None)
        made = await local.make(request, channel_id=None, now=now)
        pieces = await pieces_of(made.bullets, self.store)
        return visible(
            BriefAnswer(
                topic=known.name,
                since=made.window.since,
                until=made.window.until,
                day=day_line(made),
                coverage=words.coverage(made),
                bullets=tuple(
                    bullet_answer(each, known.name, made, pieces) for each in made.bullets
                ),
            )
        )

    async def search(self, query: Words, limit: Hits = 5) -> SearchAnswer:
        """Find stored articles that have all the words, the best first."""
        asked = SearchQuery.model_validate({"q": query, "limit": str(limit)})
        return visible(await answers.search(self._reader(), "", asked))

    async def story(self, story_id: Id) -> StoryAnswer:
        """Show a story by its `story_id`: its numbers and its newest articles."""
        try:
            found = await answers.story(self._reader(), story_id, NoQuery())
        except NotThere:
            raise UsageError(
                f"there is no story {story_id!r}: take a story_id from brief or search"
            ) from None
        return visible(found.model_copy(update={"newest": found.newest[:NEWEST]}))

    async def proof(
        self, article_id: Id, start: Place, end: Place, field: Literal["text", "title"] = "text"
    ) -> ProofAnswer:
        """Show a quote in its article, by `article.id`, `start`, `end`, `field` of a citation."""
        end = min(end, start + LONGEST_QUOTE)
        first, last = (0, AROUND) if field == "title" else (max(0, start - AROUND), end + AROUND)
        wanted = PieceWish(article_id, first, last)
        piece = (await self.store.reading.pieces([wanted])).get(wanted)
        if piece is None:
            raise UsageError(f"there is no article {article_id!r}: take article.id of a citation")
        shown = marked(piece, start, end)
        if field == "title":
            shown = Passage(piece.title[:start], piece.title[start:end], piece.title[end:])
        if not shown.quote.strip():
            raise UsageError(
                f"the {field} of {article_id} has nothing from {start} to {end}: "
                "take start and end of a citation"
            )
        return visible(
            ProofAnswer(
                before=shown.before,
                quote=shown.quote,
                after=shown.after,
                article=article_of(piece),
            )
        )

    def _reader(self) -> Reader:
        return Reader(self.store, self.topics_by_name, self.clock())
