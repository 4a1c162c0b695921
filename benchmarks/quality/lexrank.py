"""sumy's LexRank as its README shows it: from plain text, by sumy's parser, words and stemmer.

sumy splits sentences with what NLTK's Punkt has learned of a language, which NLTK downloads
(`nltk.download("punkt_tab")`); NLTK's words look for sentences once more. Where that is not
installed, both are given the same Punkt with nothing learned: it does the same work, and knows no
abbreviations.
"""

from __future__ import annotations

from nltk.tokenize.destructive import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from benchmarks.quality.bullets import Cluster, System, enough


class _Words:
    """Like `nltk.word_tokenize`, with a Punkt that needs no data."""

    def __init__(self, punkt: PunktSentenceTokenizer) -> None:
        self._punkt = punkt
        self._treebank = NLTKWordTokenizer()

    def tokenize(self, text: str) -> list[str]:
        sentences = self._punkt.tokenize(text)
        return [word for each in sentences for word in self._treebank.tokenize(each)]


class _WithoutData(Tokenizer):  # type: ignore[misc]  # sumy has no types
    def _get_sentence_tokenizer(self, language: str) -> PunktSentenceTokenizer:
        return PunktSentenceTokenizer()

    def _get_word_tokenizer(self, language: str) -> _Words:
        return _Words(PunktSentenceTokenizer())


def as_in_readme() -> tuple[str, System]:
    """The name of the peer on this machine, and the peer with its tokenizers ready."""
    try:
        name, tokenizer = "sumy LexRank", Tokenizer("english")
    except LookupError:
        name, tokenizer = "sumy LexRank, nothing learned", _WithoutData("english")
    stemmer, stop_words = Stemmer("english"), get_stop_words("english")

    def choose(cluster: Cluster) -> list[str]:
        text = "\n\n".join(article.text for article in cluster.articles)
        parser = PlaintextParser.from_string(text, tokenizer)
        summarizer = LexRankSummarizer(stemmer)
        summarizer.stop_words = stop_words
        return [str(each) for each in summarizer(parser.document, enough(cluster.budget))]

    return name, choose
