"""The nouns of the bot as frozen dataclasses; standard library only.

Every instant is an aware UTC `datetime`. Character offsets count Python code points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.lazy_names import lazy_names

if TYPE_CHECKING:
    from bot.models.articles import (
        UNDATED,
        Article,
        ArticleKind,
        DatePrecision,
        ParsedArticle,
        Stored,
        Topic,
        TopicScore,
        Window,
    )
    from bot.models.briefings import (
        Briefing,
        Bullet,
        BulletStatus,
        Citation,
        CitedField,
        Coverage,
        Dropped,
        Engine,
        GoingOn,
        LanguageCount,
        LeftOut,
        ModelCall,
        Section,
        Untold,
        UntoldReason,
    )
    from bot.models.channels import (
        FIRST_SLOT,
        FOLDED,
        OPERATORS_OWN,
        PICTURES_OFF,
        WEEKLY,
        Address,
        Channel,
        Platform,
        Subscription,
    )
    from bot.models.charts import Chart, Column, Panel, Picture
    from bot.models.chats import (
        Button,
        Change,
        Command,
        Line,
        Opens,
        Place,
        Reply,
        Role,
        Span,
        Style,
        User,
    )
    from bot.models.corrections import Correction, Quote, Withdrawal, withdrawal_of, without
    from bot.models.digests import PICTURE_START, Delivery, Digest, DigestName, Receipt, SendState
    from bot.models.filters import NO_FILTER, FilterTerm, NewsFilter
    from bot.models.forms import Field, FieldKind, Form
    from bot.models.installations import Installation
    from bot.models.sources import FetchState, Source, SourceKind, Standing
    from bot.models.spending import KeptAnswer, Reservation
    from bot.models.stories import Story, StoryCandidate, Told
    from bot.models.trends import Covered, Report, Riser, RiserKind, Trend
    from bot.models.watches import Alert, FoundAlert, Watch
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "articles": (
                "UNDATED Article ArticleKind DatePrecision ParsedArticle Stored Topic TopicScore "
                "Window"
            ),
            "briefings": (
                "Briefing Bullet BulletStatus Citation CitedField Coverage Dropped Engine GoingOn "
                "LanguageCount LeftOut ModelCall Section Untold UntoldReason"
            ),
            "channels": (
                "FIRST_SLOT FOLDED OPERATORS_OWN PICTURES_OFF WEEKLY Address Channel Platform "
                "Subscription"
            ),
            "charts": "Chart Column Panel Picture",
            "chats": "Button Change Command Line Opens Place Reply Role Span Style User",
            "corrections": "Correction Quote Withdrawal withdrawal_of without",
            "digests": "PICTURE_START Delivery Digest DigestName Receipt SendState",
            "filters": "NO_FILTER FilterTerm NewsFilter",
            "forms": "Field FieldKind Form",
            "installations": "Installation",
            "sources": "FetchState Source SourceKind Standing",
            "spending": "KeptAnswer Reservation",
            "stories": "Story StoryCandidate Told",
            "trends": "Covered Report Riser RiserKind Trend",
            "watches": "Alert FoundAlert Watch",
        },
    )

__all__ = [
    "FIRST_SLOT",
    "FOLDED",
    "NO_FILTER",
    "OPERATORS_OWN",
    "PICTURES_OFF",
    "PICTURE_START",
    "UNDATED",
    "WEEKLY",
    "Address",
    "Alert",
    "Article",
    "ArticleKind",
    "Briefing",
    "Bullet",
    "BulletStatus",
    "Button",
    "Change",
    "Channel",
    "Chart",
    "Citation",
    "CitedField",
    "Column",
    "Command",
    "Correction",
    "Coverage",
    "Covered",
    "DatePrecision",
    "Delivery",
    "Digest",
    "DigestName",
    "Dropped",
    "Engine",
    "FetchState",
    "Field",
    "FieldKind",
    "FilterTerm",
    "Form",
    "FoundAlert",
    "GoingOn",
    "Installation",
    "KeptAnswer",
    "LanguageCount",
    "LeftOut",
    "Line",
    "ModelCall",
    "NewsFilter",
    "Opens",
    "Panel",
    "ParsedArticle",
    "Picture",
    "Place",
    "Platform",
    "Quote",
    "Receipt",
    "Reply",
    "Report",
    "Reservation",
    "Riser",
    "RiserKind",
    "Role",
    "Section",
    "SendState",
    "Source",
    "SourceKind",
    "Span",
    "Standing",
    "Stored",
    "Story",
    "StoryCandidate",
    "Style",
    "Subscription",
    "Told",
    "Topic",
    "TopicScore",
    "Trend",
    "Untold",
    "UntoldReason",
    "User",
    "Watch",
    "Window",
    "Withdrawal",
    "withdrawal_of",
    "without",
]
