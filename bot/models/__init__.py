"""The nouns of the bot as frozen dataclasses; standard library only.

Every instant is an aware UTC `datetime`. Character offsets count Python code points.
"""

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
    ModelCall,
    Section,
    Untold,
)
from bot.models.channels import Address, Channel, Platform, Subscription
from bot.models.chats import (
    Button,
    Change,
    Command,
    Line,
    Place,
    Reply,
    Role,
    Span,
    Style,
    User,
)
from bot.models.digests import Delivery, Digest, DigestName, Receipt, SendState
from bot.models.sources import FetchState, Source, SourceKind
from bot.models.spending import KeptAnswer, Reservation
from bot.models.stories import Story, StoryCandidate, Told

__all__ = [
    "UNDATED",
    "Address",
    "Article",
    "ArticleKind",
    "Briefing",
    "Bullet",
    "BulletStatus",
    "Button",
    "Change",
    "Channel",
    "Citation",
    "CitedField",
    "Command",
    "Coverage",
    "DatePrecision",
    "Delivery",
    "Digest",
    "DigestName",
    "Dropped",
    "Engine",
    "FetchState",
    "KeptAnswer",
    "Line",
    "ModelCall",
    "ParsedArticle",
    "Place",
    "Platform",
    "Receipt",
    "Reply",
    "Reservation",
    "Role",
    "Section",
    "SendState",
    "Source",
    "SourceKind",
    "Span",
    "Stored",
    "Story",
    "StoryCandidate",
    "Style",
    "Subscription",
    "Told",
    "Topic",
    "TopicScore",
    "Untold",
    "User",
    "Window",
]
