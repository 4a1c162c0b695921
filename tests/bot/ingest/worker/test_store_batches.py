"""Jobs that wait together share a batch; each still gets its own outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from bot.errors import StoreError
from bot.ingest.pipeline import IngestPipeline, Outcome
from bot.ingest.worker.messages import Counts, StoreJob
from bot.ingest.worker.store_batches import StoreBatches
from bot.models import ParsedArticle
from bot.store import Store
from tests.support.builders import NOW, a_parsed_article
from tests.support.scorer import built_in_scorer


class Pipeline(IngestPipeline):
    """Notes the titles of each batch; fails where a title asks for it."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, built_in_scorer())
        object.__setattr__(self, "batches", [])

    batches: list[list[str]]

    async def store_many(
        self, parsed: Sequence[ParsedArticle], *, source: str | None, now: datetime
    ) -> list[Outcome]:
        self.batches.append([each.title for each in parsed])
        await asyncio.sleep(0)  # as a database does, so that others come to wait
        if any(each.title == "Broken" for each in parsed):
            raise ValueError("a fault in the code")
        if any(each.title == "Busy" for each in parsed):
            raise StoreError("The database is busy")
        return await super().store_many(parsed, source=source, now=now)


@pytest.fixture
def pipeline(store: Store) -> Pipeline:
    return Pipeline(store)


def an_article(title: str, *, url: str | None = None, text: str = "A dam broke.") -> ParsedArticle:
    address = url or f"https://wire.example/{title}"
    return replace(a_parsed_article(title, text, url=address), source=None)


def a_job(source: str, *articles: ParsedArticle) -> StoreJob:
    return StoreJob(articles, source, NOW)


async def test_jobs_that_wait_are_stored_in_one_batch(store: Store, pipeline: Pipeline) -> None:
    batches = StoreBatches(pipeline)
    jobs = [a_job(f"Wire {n}", an_article(f"Dam {n}")) for n in range(6)]
    assert await asyncio.gather(*map(batches.add, jobs)) == [Counts(new=1)] * 6
    assert len(pipeline.batches) <= 3
    found = await store.search.find("dam")
    assert {each.article.source for each in found} == {f"Wire {n}" for n in range(6)}


async def test_one_article_of_two_jobs_is_stored_once_and_then_changed(pipeline: Pipeline) -> None:
    batches = StoreBatches(pipeline)
    page = "https://wire.example/dam"
    first = a_job("Wire", an_article("Filler"))
    one = a_job("Wire", an_article("Dam", url=page))
    two = a_job("Wire", an_article("Dam", url=page, text="A dam broke; 40 are missing."))
    done = await asyncio.gather(*map(batches.add, [first, first, one, two]))
    assert done[2:] == [Counts(new=1), Counts(changed=1)]


async def test_a_fault_costs_only_the_job_that_has_it(pipeline: Pipeline) -> None:
    batches = StoreBatches(pipeline)
    titles = ["A", "B", "C", "Broken", "D"]
    jobs = [a_job("Wire", an_article(title)) for title in titles]
    done = await asyncio.gather(*map(batches.add, jobs), return_exceptions=True)
    assert [each for each in done if isinstance(each, Counts)] == [Counts(new=1)] * 4
    assert isinstance(done[3], ValueError)


async def test_a_database_that_fails_is_not_asked_for_each_job(pipeline: Pipeline) -> None:
    batches = StoreBatches(pipeline)
    jobs = [a_job("Wire", an_article("Busy", url=f"https://w.example/{n}")) for n in range(8)]
    done = await asyncio.gather(*map(batches.add, jobs), return_exceptions=True)
    assert all(isinstance(each, StoreError) for each in done)
    assert len(pipeline.batches) <= 4
