"""A chosen sentence written as a bullet: names and days in full, disagreement told, all cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.models import Article, Bullet, Citation
from summarizer import dates
from summarizer.choices import Choice, Matter
from summarizer.citing import cite, support
from summarizer.figures import disagreement, stated
from summarizer.names import with_full_name
from summarizer.salience import READ_CHARS
from summarizer.shorten import LIMIT, shorten

MOST_CAPITALS = 0.6
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def write(matter: Matter, choice: Choice, read_at: datetime) -> Bullet:
    """Write the sentence chosen as a bullet for a reader at `read_at`, with its citations."""
    chosen, ranked = choice.candidate, matter.ranked
    text, differing = _with_disagreement(_written_out(choice, read_at), matter.about)
    own = cite(chosen.article, chosen.sentence)
    cited = {each.article_id for each in (own, *differing)}
    others = [each for each in support(chosen, matter.sentences) if each.article_id not in cited]
    return Bullet(
        text=text,
        story_id=ranked.story.id,
        published_at=chosen.article.published_at,
        sources_count=len({each.source for each in ranked.story.articles}),
        citations=tuple(dict.fromkeys([own, *differing, *others])),
        status=ranked.status,
        change=ranked.change,
    )


def _with_disagreement(text: str, about: Sequence[Article]) -> tuple[str, list[Citation]]:
    """Say so where outlets give different numbers for what the bullet counts, and cite them."""
    differ = disagreement(about)
    if differ is None or stated(text, differ.counted) is None:
        return text, []
    told = f"{text} {differ}"
    if len(told.split()) > LIMIT:
        return text, []
    counts = (differ.low, differ.high)
    return told, [cite(count.article, count.sentence) for count in counts if count.sentence]


def _written_out(choice: Choice, read_at: datetime) -> str:
    """Write out a lone surname and relative days, where that stays within the limit."""
    article, start = choice.candidate.article, choice.candidate.sentence.start
    named = with_full_name(choice.text, article.text[:start], _whole(article))
    text = named if len(named.split()) <= LIMIT else choice.text
    dated = dates.absolute(text, article.published_at, read_at)
    if len(dated.split()) <= LIMIT:
        return dated
    return shorten(dates.absolute(text, article.published_at, read_at, brief=True)) or text


def _whole(article: Article) -> str:
    """The article with its title, unless Each Word of That Is Capitalised."""
    title = _LONG_WORD.findall(article.title)
    names_only = sum(word[0].isupper() for word in title) < MOST_CAPITALS * len(title)
    return f"{article.text[:READ_CHARS]}\n{article.title if names_only else ''}"
