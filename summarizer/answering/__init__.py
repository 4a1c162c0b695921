"""Answers a question with stored sentences and titles, without a model."""

from __future__ import annotations

from summarizer.answering.answers import Answer, Passage, answer
from summarizer.answering.retrieval import closest, question_words, search_words

__all__ = ["Answer", "Passage", "answer", "closest", "question_words", "search_words"]
