"""Which events of a window matter on a topic, and what each is to the channel that reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from bot.models import Article, BulletStatus, Story, Told, Topic, Untold, UntoldReason, Window
from summarizer.casualties.comparison import Rise
from summarizer.editing import Pick, edited, picks
from summarizer.judgements import Judgement
from summarizer.newsworthiness.judge import FEW, JudgedWindow, judge_window
from summarizer.newsworthiness.long_windows import (
    LONG_LIMITS,
    days_apart,
    follow_ups,
    freshness,
    is_long,
    retold,
)
from summarizer.newsworthiness.scoring import Model, Scored
from summarizer.newsworthiness.selection import (
    DEFAULT_LIMITS,
    FEW_LIMITS,
    OPEN_LIMITS,
    Choice,
    Limits,
    candidates,
    choose,
)
from summarizer.newsworthiness.vectors import Matrix
from summarizer.standing import Standing, repeats, standing
from summarizer.stories.near_duplicates import independent
from summarizer.tastes import NO_TASTES, Tastes

PER_STORY = 6
"""Articles of a story that are judged: those worth most when they came, then the newest."""

USUAL_MOST = 8
"""Who asks for more events than so many is told lesser ones too."""

TOLD = 0.5
"""What is left of the weight of a story that was told, where the new is to come first."""

OFF_TOPIC, NO_NEWS = 0.3, 0.5
"""Chances below which an article is taken for off the topic, or for no report of news."""

ONE_STORY, ONE_STORY_OF_FEW = 0.05, 0.75
"""What is added to the likeness of two articles of one stored story; more in a small window."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An event in the window with its weight, and what it is against what was told before.

    `told` is what the channel read of it, `later` the ids of the articles that came after;
    `elsewhere` is what another section of the same briefing says of it. `about` are the articles
    that tell it and `best` is the one that speaks for it; `furniture` holds sentences that belong
    to pages and not to articles, and `independent` counts the outlets whose text is no copy.
    `only` says that there is no other article in the window; `news` and `sure` are the chances that
    the best one reports news, and news on the topic.
    """

    story: Story
    score: float
    status: BulletStatus = BulletStatus.NEW
    change: Rise | None = None
    told: str | None = None
    later: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    about: tuple[Article, ...] = ()
    best: Article | None = None
    furniture: frozenset[str] = frozenset()
    independent: int | None = None
    only: bool = True
    news: float = 1.0
    sure: float = 1.0

    @property
    def standing(self) -> Standing:
        """What the event is to the channel."""
        return Standing(self.status, self.change, self.told, self.later)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The events to tell, in order, and the stories on the topic that are passed over."""

    events: tuple[Ranked, ...] = ()
    passed: tuple[Untold, ...] = ()


def rank(
    stories: Sequence[Story],
    topic: Topic,
    window: Window,
    told: Mapping[str, Told],
    *,
    new_first: bool = True,
    most: int = 20,
    model: Model | None = None,
    judgements: Mapping[str, Judgement] = MappingProxyType({}),
    tastes: Tastes = NO_TASTES,
) -> Ranking:
    """The events of the window worth telling on the topic, in the order in which to tell them.

    `stories` are those on the topic and others of the window, which show what it is about. What
    was told before weighs less unless `new_first` is false, and is marked either way. `model` is
    None for the weights that are shipped. `judgements` are an editor's, by article id; `tastes`
    are the readers'.
    """
    inside = _all_within(stories, window)
    articles = [article for story in inside for article in _to_read(story)]
    if not articles:
        return Ranking()
    by_article = {article.id: story for story in inside for article in story.articles}
    judged = edited(judge_window(articles, topic, model), topic, judgements)
    faded = _faded(judged, window, told if new_first else {}, by_article, tastes)
    limits = _limits(topic, window, articles, most)
    able = candidates(faded, limits)
    alike = _joined(judged, able, window, by_article)
    chosen = choose([faded[at] for at in able], alike, limits)
    events = tuple(_ranked(each.of(able), judged, by_article, told) for each in chosen)
    kept = {article.id for each in events for article in each.about}
    return Ranking(events, tuple(_passed(judged, topic, by_article, kept)))


def _limits(topic: Topic, window: Window, articles: Sequence[Article], most: int) -> Limits:
    limits = LONG_LIMITS if is_long(window) else DEFAULT_LIMITS
    if len(articles) < FEW:
        limits = FEW_LIMITS if topic.channel_id is None else OPEN_LIMITS
    return replace(limits, bullets=most, share=limits.share * min(1.0, USUAL_MOST / most))


def to_judge(
    stories: Sequence[Story], topics: Sequence[Topic], window: Window, most: int
) -> list[Pick]:
    """The articles of the window on which an editor's judgement may matter, likeliest first."""
    articles = [a for story in _all_within(stories, window) for a in _to_read(story)]
    if not articles:
        return []
    return picks([judge_window(articles, topic) for topic in topics], most)


def on_topic(story: Story, topic: Topic) -> tuple[Article, ...]:
    """The story's articles that were scored on a topic."""
    return tuple(
        article
        for article in story.articles
        if any(each.topic == topic.name and each.score > 0 for each in article.topics)
    )


def _all_within(stories: Sequence[Story], window: Window) -> list[Story]:
    """The stories that have articles in the window, with those alone."""
    ordered = sorted(stories, key=lambda each: each.id)
    return [story for each in ordered if (story := _within(each, window)).articles]


def _within(story: Story, window: Window) -> Story:
    inside = (article for article in story.articles if article.published_at in window)
    return replace(story, articles=tuple(sorted(inside, key=lambda a: (a.published_at, a.id))))


def _to_read(story: Story) -> Sequence[Article]:
    """The articles of a story that are judged: the newest of a long one only react to it."""
    if len(story.articles) <= PER_STORY:
        return story.articles
    best = sorted(story.articles, key=lambda a: (_stored_worth(a), a.published_at, a.id))
    return sorted(best[-PER_STORY:], key=lambda a: (a.published_at, a.id))


def _stored_worth(article: Article) -> float:
    return max((each.worth or 0.0 for each in article.topics), default=0.0)


def _joined(
    judged: JudgedWindow, able: Sequence[int], window: Window, by_article: Mapping[str, Story]
) -> Matrix:
    """How alike any two of some articles are: those of one story more, of different days less."""
    articles = [judged.articles[at] for at in able]
    number = {story: at for at, story in enumerate({each.id for each in by_article.values()})}
    held = np.array([number[by_article[each.id].id] for each in articles])
    bonus = ONE_STORY_OF_FEW if len(judged.articles) < FEW else ONE_STORY
    alike = judged.similar[able][:, able]
    joined: Matrix = alike + np.float32(bonus) * (held[:, None] == held[None, :])
    if not is_long(window):
        return joined
    return joined - days_apart(articles) + retold(articles)


def _faded(
    judged: JudgedWindow,
    window: Window,
    told: Mapping[str, Told],
    by_article: Mapping[str, Story],
    tastes: Tastes,
) -> list[Scored]:
    """The scores, with less importance for what is older, or was told and goes on, or disliked."""
    kept = np.ones(len(judged.articles))
    if is_long(window):
        kept = freshness(judged.articles, window) * follow_ups(judged)
    known = _known(judged.articles, by_article, told)
    return [
        replace(
            scored,
            importance=scored.importance * float(share) * left * tastes.factor(article),
        )
        for article, scored, share, left in zip(
            judged.articles, judged.scores, kept, known, strict=True
        )
    ]


def _known(
    articles: Sequence[Article], by_article: Mapping[str, Story], told: Mapping[str, Told]
) -> list[float]:
    """What is left of the weight of each article, where it tells what was told."""
    stories = {each.id: each for each in by_article.values() if each.id in told}
    ongoing = {
        name
        for name, each in stories.items()
        if standing(each, told[name]).status is BulletStatus.ONGOING
    }
    held = [by_article[each.id].id for each in articles]
    return [
        TOLD
        if story in ongoing or (story in told and repeats(article.title, told[story].text))
        else 1.0
        for article, story in zip(articles, held, strict=True)
    ]


def _ranked(
    choice: Choice,
    judged: JudgedWindow,
    by_article: Mapping[str, Story],
    told: Mapping[str, Told],
) -> Ranked:
    """The event with the story of its best article, told before where any of its stories was.

    What was told of any of them was told of it.
    """
    best = judged.articles[choice.index]
    members = [judged.articles[at] for at in choice.articles]
    stories = list(dict.fromkeys(_ids(members, by_article)))
    known = [each for each in stories if each in told]
    main = known[0] if known else by_article[best.id].id
    story = next(by_article[each.id] for each in members if by_article[each.id].id == main)
    about = tuple(sorted(members, key=lambda a: (a.published_at, a.id)))
    every = {article.id: article for article in (*story.articles, *about)}.values()
    whole = replace(story, articles=tuple(sorted(every, key=lambda a: (a.published_at, a.id))))
    latest_first = sorted(known, key=lambda each: told[each].at, reverse=True)
    said = "\n".join(told[each].text for each in latest_first)
    held = standing(whole, replace(told[main], text=said) if known else None)
    return Ranked(
        story=whole,
        score=choice.worth,
        status=held.status,
        change=held.change,
        told=held.told,
        later=held.later,
        about=about,
        best=best,
        furniture=judged.furniture,
        independent=len(independent(about)),
        only=len(judged.articles) == 1,
        news=judged.scores[choice.index].news,
        sure=judged.scores[choice.index].sure,
    )


def _passed(
    judged: JudgedWindow, topic: Topic, by_article: Mapping[str, Story], kept: Set[str]
) -> Iterator[Untold]:
    """The stories scored on the topic of which no article was chosen, worthiest first."""
    told = {by_article[each].id for each in kept}
    order = sorted(
        zip(judged.articles, judged.scores, strict=True),
        key=lambda pair: (-pair[1].worth, pair[0].id),
    )
    seen: set[str] = set()
    for article, scored in order:
        story = by_article[article.id]
        if story.id not in told | seen and on_topic(story, topic):
            seen.add(story.id)
            yield Untold(article.title, article.source, article.url, _reason(scored))


def _reason(scored: Scored) -> UntoldReason:
    if scored.on_topic < OFF_TOPIC:
        return UntoldReason.OFF_TOPIC
    return UntoldReason.NO_NEWS if scored.news < NO_NEWS else UntoldReason.LESS


def _ids(members: Sequence[Article], by_article: Mapping[str, Story]) -> Iterator[str]:
    for each in members:
        yield by_article[each.id].id
