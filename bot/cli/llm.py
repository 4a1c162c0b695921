"""The models that the settings name, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store import Store
from config.settings import Settings
from summarizer.extractive.engine import ExtractiveSummarizer

if TYPE_CHECKING:  # a tenth of the time that a command takes to start
    from summarizer.entailment.reader import SecondReader
    from summarizer.llm.engine import LlmSummarizer
    from summarizer.llm.terms import Terms

MILLIONTHS = 1_000_000


def editor_for(settings: Settings, store: Store) -> LlmSummarizer | None:
    """The configured model, whose spending the store records; None if none is configured."""
    if not settings.llm_on or settings.openai_model is None:
        return None
    from bot.model_budget import budget_for
    from summarizer.llm.calls import Calls
    from summarizer.llm.engine import LlmSummarizer
    from summarizer.llm.server.client import ModelServer

    key = settings.openai_api_key
    server = ModelServer(
        settings.openai_model,
        key.get_secret_value() if key else None,
        settings.openai_base_url,
        settings.openai_api_version,
        settings.proxies,
    )
    calls = Calls(server, terms_of(settings), budget_for(settings, store), store.answers)
    return LlmSummarizer(
        calls,
        ExtractiveSummarizer(),
        settings.llm_prompts,
        edits=settings.llm_edits,
        second_opinion=settings.llm_second_opinion,
    )


def reader_for(settings: Settings) -> SecondReader | None:
    """The configured entailment model, which is loaded with the first bullet; None if none is."""
    if settings.entailment_model is None:
        return None
    from summarizer.entailment.reader import SecondReader

    return SecondReader(
        settings.entailment_model, settings.entailment_seconds, settings.entailment_languages
    )


def terms_of(settings: Settings) -> Terms:
    """Prices, caps and limits from the settings; caps in millionths of a dollar."""
    from summarizer.llm.terms import MOST_TOKENS, Terms

    return Terms(
        input_price=settings.llm_input_price,
        output_price=settings.llm_output_price,
        day_cap=round(settings.llm_day_cap * MILLIONTHS),
        month_cap=round(settings.llm_month_cap * MILLIONTHS),
        seconds=settings.llm_seconds,
        parallel=settings.llm_parallel,
        answer_tokens=settings.openai_max_tokens or MOST_TOKENS,
    )
