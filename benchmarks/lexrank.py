"""sumy's LexRank as its README shows it: from plain text, by sumy's parser, words and stemmer.

sumy splits sentences with data that NLTK downloads (`nltk.download("punkt_tab")`). Where that is
not installed, it is given briefbot's sentences, and NLTK's words without a second search for
sentences: both are quicker than what it would do itself, so its time is then told too low.
"""

from __future__ import annotations

from nltk import word_tokenize
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from benchmarks.bullets import Cluster, System, enough
from summarizer.sentences import split


class _Sentences:
    def tokenize(self, text: str) -> list[str]:
        return [sentence.text for sentence in split(text)]


class _Words:
    def tokenize(self, text: str) -> list[str]:
        return list(word_tokenize(text, preserve_line=True))


class _WithoutData(Tokenizer):  # type: ignore[misc]  # sumy has no types
    def _get_sentence_tokenizer(self, language: str) -> _Sentences:
        return _Sentences()

    def _get_word_tokenizer(self, language: str) -> _Words:
        return _Words()


def as_in_readme() -> tuple[str, System]:
    """What to call the peer on this machine, and the peer, with all made that is made once."""
    try:
        name, tokenizer = "sumy LexRank", Tokenizer("english")
    except LookupError:
        name, tokenizer = "sumy LexRank, our sentences", _WithoutData("english")
    stemmer, stop_words = Stemmer("english"), get_stop_words("english")

    def choose(cluster: Cluster) -> list[str]:
        text = "\n\n".join(article.text for article in cluster.articles)
        parser = PlaintextParser.from_string(text, tokenizer)
        summarizer = LexRankSummarizer(stemmer)
        summarizer.stop_words = stop_words
        return [str(each) for each in summarizer(parser.document, enough(cluster.budget))]

    return name, choose
