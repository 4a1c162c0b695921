"""Base addresses as people write them, and Azure's two kinds."""

from __future__ import annotations

import pytest

from bot.store import Store
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.llm.calls import Calls
from summarizer.llm.engine import LlmSummarizer
from summarizer.llm.server.address import address_of
from summarizer.llm.server.client import ModelServer
from tests.fakes.openai import bullets, running
from tests.support.builders import NOW
from tests.support.model_desk import TERMS, TOLD
from tests.support.news import STORM

AZURE = "https://grid.openai.azure.com"

WRITTEN = {
    ("http://127.0.0.1:11434/v1", None): "http://127.0.0.1:11434/v1",
    ("http://127.0.0.1:11434/v1/", None): "http://127.0.0.1:11434/v1",
    ("https://models.example/v1/chat/completions", None): "https://models.example/v1",
    (AZURE, "2024-10-21"): f"{AZURE}/openai/deployments/storm%2F1",
    (f"{AZURE}/openai/", "2024-10-21"): f"{AZURE}/openai/deployments/storm%2F1",
    (f"{AZURE}/openai/deployments/a", "2024-10-21"): f"{AZURE}/openai/deployments/a",
    (
        f"{AZURE}/openai/deployments/a/chat/completions?api-version=2023-05-15",
        "2024-10-21",
    ): f"{AZURE}/openai/deployments/a",
    (f"{AZURE}/openai/v1/", "preview"): f"{AZURE}/openai/v1",
    (f"{AZURE}/openai/v1", None): f"{AZURE}/openai/v1",
    (AZURE, None): f"{AZURE}/openai/v1",
    ("https://gate.example/models", "1"): "https://gate.example/models/deployments/storm%2F1",
}


@pytest.mark.parametrize("given", WRITTEN)
def test_an_address_is_read_as_people_write_it(given: tuple[str, str | None]) -> None:
    base_url, version = given
    assert address_of(base_url, "storm/1", "key", version).base_url == WRITTEN[given]


async def test_azure_gets_its_version_and_the_key_in_its_own_header(sqlite_store: Store) -> None:
    async with running(lambda _: bullets((TOLD, [1]))) as fake:
        base = fake.url.removesuffix("/v1")
        server = ModelServer("storm", "abc", f"{base}/openai", "2024-10-21")
        calls = Calls(server, TERMS, sqlite_store.spending, sqlite_store.answers)
        engine = LlmSummarizer(calls, ExtractiveSummarizer())
        written = await engine.answer("How many homes lost power?", [STORM], read_at=NOW)
        await engine.close()

    asked = fake.asked[0]
    assert len(written.bullets) == 1
    assert asked.path == "/openai/deployments/storm/chat/completions?api-version=2024-10-21"
    assert (asked.api_key, asked.authorization) == ("abc", "")
