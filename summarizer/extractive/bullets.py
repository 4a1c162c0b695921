"""A chosen sentence written as a bullet: names and days in full, disagreement told, all cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.models import Article, Bullet, Citation
from summarizer.casualties.comparison import disagreement
from summarizer.casualties.counts import stated
from summarizer.evidence.bullet_proof import unproved
from summarizer.extractive import absolute_dates as dates
from summarizer.extractive.candidates import CandidateBullet, StoryMaterial
from summarizer.extractive.citations import cite, first_support, support
from summarizer.extractive.full_names import with_full_name
from summarizer.extractive.passages import HEADLINE, all_sentences
from summarizer.extractive.shortening import LIMIT, shorten
from summarizer.language.sentences import split
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.standalone import ENDED
from summarizer.stories.near_duplicates import outlets

READ_CHARS = 12_000
"""Characters of an article that are searched for a full name."""

Wording = tuple[str, tuple[Citation, ...]]
"""What a bullet may say, and the passages that prove it."""


def write(material: StoryMaterial, choice: CandidateBullet, read_at: datetime) -> Bullet:
    """Write the passage chosen as a bullet for a reader at `read_at`, with its citations.

    Of the ways to word it, the one that says most and is proved by its own quotes.
    """
    known = {article.id: article for article in (*material.about, *material.articles)}
    for wording in _wordings(choice, read_at):
        bullet = _bullet(material, choice, wording)
        if unproved(bullet, known) is None:
            break
    fuller = _with_its_sentence(bullet, material, choice)
    return fuller if unproved(fuller, known) is None else bullet


def _with_its_sentence(bullet: Bullet, material: StoryMaterial, choice: CandidateBullet) -> Bullet:
    """With the sentence below a headline that says the same cited behind it."""
    headline = choice.passage
    if headline.index != HEADLINE:
        return bullet
    own, *others = bullet.citations
    found = first_support(
        headline, all_sentences(headline.article, material.ranked.furniture, READ_CHARS)
    )
    return replace(bullet, citations=tuple(dict.fromkeys([own, *found, *others])))


def _bullet(material: StoryMaterial, choice: CandidateBullet, wording: Wording) -> Bullet:
    chosen, ranked = choice.passage, material.ranked
    text, own = wording
    told, differing = _with_disagreement(text, material.about)
    cited = {each.article_id for each in (*own, *differing)}
    others = [each for each in support(chosen, material.passages) if each.article_id not in cited]
    return Bullet(
        text=told,
        story_id=ranked.story.id,
        published_at=chosen.article.published_at,
        sources_count=len(outlets(each.source for each in material.about)),
        citations=tuple(dict.fromkeys([*own, *differing, *others])),
        status=ranked.status,
        change=str(ranked.change) if ranked.change else None,
        independent_sources=ranked.independent,
        language=_foreign(chosen.article.language),
    )


def _foreign(language: str | None) -> str | None:
    code = (language or "en").split("-")[0].lower()
    return None if code == "en" else code


def _with_disagreement(text: str, about: Sequence[Article]) -> tuple[str, list[Citation]]:
    """Say so where outlets give different numbers for what the bullet counts, and cite them."""
    differ = disagreement(about)
    if differ is None or stated(text, differ.counted) is None:
        return text, []
    colon = "" if ENDED.search(text) else ":"
    told = f"{text}{colon} {differ}"
    if len(told.split()) > LIMIT:
        return text, []
    counts = (differ.low, differ.high)
    return told, [cite(count.article, count.sentence) for count in counts if count.sentence]


def _wordings(choice: CandidateBullet, read_at: datetime) -> Iterator[Wording]:
    """The passage as chosen, last; before it a sentence with its surname and days in full."""
    plain = (choice.text, (choice.passage.citation,))
    if choice.passage.index == HEADLINE:
        yield plain
        return
    article = choice.passage.article
    for text, cited in (_with_name(choice, plain), plain):
        dated = _with_days(text, article, read_at)
        yield from dict.fromkeys([(dated, cited), (text, cited)])


def _with_name(choice: CandidateBullet, plain: Wording) -> Wording:
    """With a full name, and the sentence that gives it cited, where both can be had."""
    article, start = choice.passage.article, choice.passage.citation.start
    named = with_full_name(choice.text, article.text[:start], article.text[:READ_CHARS])
    if named.name is None or len(named.text.split()) > LIMIT:
        return plain
    for each in split(article.text[:READ_CHARS], article.language):
        if named.name in each.text:
            return named.text, (*plain[1], cite(article, each))
    return plain


def _with_days(text: str, article: Article, read_at: datetime) -> str:
    """With relative days in full, in fewer words or in a shorter sentence where it must be.

    As it was where the date makes it look like the caption of a picture.
    """
    dated = dates.absolute(text, article.published_at, read_at)
    if len(dated.split()) > LIMIT:
        dated = shorten(dates.absolute(text, article.published_at, read_at, brief=True)) or text
    return text if is_boilerplate(dated) else dated
