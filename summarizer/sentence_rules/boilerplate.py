"""Text that pages carry beside the news: credits, captions, prompts, notices."""

from __future__ import annotations

import re
from collections.abc import Callable

from summarizer.language.calendar import A_DAY
from summarizer.lazy_pattern import lazy_pattern
from summarizer.sentence_rules.instructions import gives_orders

_CREDIT = lazy_pattern(
    r"\((?:[^()]{0,60}\b)?(?:AP|Reuters|REUTERS|AFP|EPA|Getty|Photo|Image|File|Shutterstock|"
    r"Associated Press)(?: Photo)?(?:/[^()]{1,60})?\)\s*$"
    r"|\b(?:[Pp]hoto|[Ii]mage|[Pp]hotograph)s? (?:by|via|courtesy of) [A-Z]"
)
_CAPTION = lazy_pattern(
    rf"\b{A_DAY}, "
    r"[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d\b"
    r"|(?:, (?:on )?|\b[A-Z][\w’'-]+ )[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d\.$"
    r"|^[^,\"“]{0,90} (?:is|are) (?:pictured|shown|seen) "
    r"(?:here|during|in (?:this|an?|[A-Z])|on [A-Z])"
    r"|\b[A-Z][a-z]+ / (?:Reuters|AP|AFP|EPA|Getty)\b"
)

_OPENS = lazy_pattern(
    r"""\*(?=[A-Za-z])|\W*(?:
      also\ read|read\ also|read\ (?:more|next|on|full|the\ (?:full|original))|related(?:\ \w+)?:
    | see\ also|watch\ now|watch:|listen:|video:|photos?:|pictured|gallery\s*[:–—|-]|up\ next
    | in\ pictures
    | more\ (?:on|from|stories|news)\ |editor[’']s\ note|note:|corrections?\s*[:–—-]|corrects?:
    | clarification:
    | advertisement|sponsored(?:\ (?:content|post|by\b[^,]*$)|:)
    | trending(?:\ (?:now|topics|on)\b|:|$)|most\ (?:read|popular)
    | recommended(?:\ (?:for|reading|stories|videos?)\b|:|$)|top\ stories|latest\ news
    | breaking\ news|live\ updates?|file\ (?:-|–|photo)|share\ (?:this|on|via)
    | this\ (?:story|article|report|post|page|column|video|content)\b|(?:a\ )?version\ of\ this
    | sources?:|tags?:|topics?:|keywords?:|filed\ under|with\ inputs?\ from
    | (?:last\ )?(?:updated|published|posted)(?:\ on|\ at|:)
    | (?:photo|image|picture|credit|caption)s?(?:\ credits?)?:
    | (?:please|kindly|dear|hello|hi|welcome|thank\ you|thanks\ for)\b(?!-)|\d+\ of\ \d+\.?$
    | (?:sign|log)\ (?:up|in)\b
    | (?:follow|join|find|like)\b.{0,60}\bon\ (?:facebook|twitter|x|whatsapp|telegram|instagram|
        youtube|linkedin|tiktok|threads|google)\b
    )""",
    re.VERBOSE,
)
_SYMBOLS = lazy_pattern(r"[<>{}©\\]|://|\bwww\.|@\w{2}|#[A-Za-z]\w\w|&\w{2,6};|\.(?:com|org|net)\b")
_MOJIBAKE = lazy_pattern("Ã©")
_ANYWHERE = lazy_pattern(
    r"""\b(?:
      contributed\ to\ (?:this|the)\ (?:report|story|article) | all\ rights\ reserved
    | (?:this|the)\ (?:story|article|post|piece)\ (?:was|has\ been|is|first|originally)\ (?:\w+\ )?
        (?:published|updated|produced|appeared|republished|part\ of)
    | the\ post\ .{3,200}\ appeared\ first\ on
    | (?:photo|image|photograph|picture)s?\ (?:credit|caption|copyright|source)s?
    | (?:by|via|from|/)\ ?(?:getty\ images|shutterstock) | getty\ images\ shows?
    | (?:file|handout)\ (?:photo|image|picture)
    | minute\ read
    | (?:we|site|website|page|browser)\b.{0,40}\bcookies? | accept\ (?:all\ )?cookies
    | cookies?\b.{0,40}\b(?:accept|consent|policy|settings|preferences|browser|(?:web)?site|ads?)
    | (?:our|this|the|read|see)\ privacy\ policy | privacy\ policy\ (?:and|or|for|applies)
    | terms\ of\ (?:use|service) | terms\ and\ conditions
    | subscribe\ (?:to|now|today|for) | subscribers?\ only | subscription\ (?:required|options?)
    | unsubscribe | (?:our|daily|weekly|free|e-?mail|morning)\ newsletters?
    | newsletters?\b.{0,30}\binbox
    | (?:sign|log)\ (?:up|in)\ (?:here|now|below|today|(?:for|to)\ (?:our|your|receive|get|read|hear
        |view|access|continue|comment))
    | create\ an?\ account | already\ a\ (?:subscriber|member)\b(?!\ (?:of|states?))
    | start\ your\ (?:free\ )?trial
    | (?:click|tap|swipe)\ (?:here|on|to|the|below|this) | download\ (?:the|our)\ (?:\w+\ )?app
    | (?:follow|find|contact|e-?mail|donate\ to|visit|like)\ us\ (?:on|at|for|in|here)
    | share\ (?:this|your)\ (?:article|story|post|page|views?|thoughts?|opinion)
    | leave\ a\ comment | in\ the\ comments\ (?:below|section) | got\ a\ (?:news\ )?tip
    | (?:enable|requires?|turn\ on|without|disabled?)\ javascript
    | javascript\ (?:is|must|enabled) | your\ browser | ad\s?blocker | media\ playback
    | unsupported\ on\ your\ device
    | (?:opinions?|views)\ expressed\ (?:\w+\ ){1,6}(?:are|is|do\ not) | for\ more\ information
    | the\ (?:writer|author)\ is\ an? | (?:to|wants?\ to)\ hear\ from\ you | limited[- ]time\ offer
    | any(?:one|body)\ (?:with|who\ has)\ (?:\w+\ )?information\b.{0,60}
        \b(?:asked|urged|encouraged|should|can|may|please|contact|call)
    | (?:can\ be|be)\ (?:read|found|seen|viewed|downloaded|watched)\ here
    | in\ this\ (?:exclusive|interview|episode|podcast|video|photo|picture|story|article)
    | (?:buy|order)\ (?:now|online|tickets)
    | opens?\ (?:in\ )?(?:a\ )?new\ (?:window|tab)
    | (?:archived|archive)\ (?:page|article|content|copy|version|story)
    | (?:page|article|story|site)\ (?:has\ been|is|was)\ (?:now\ )?archived
    | (?:article|story|post)\ is\ (?:more\ than|over)\ \w+\ (?:months?|years?)\ old
    )\b""",
    re.VERBOSE,
)
_SIGNS = frozenset(
    re.findall(
        r"\w+",
        """article articles story report post piece rights photo photos image images photograph
        photographs picture pictures getty shutterstock minute cookie cookies policy terms
        subscribe subscriber subscribers subscription unsubscribe newsletter newsletters inbox
        sign log account trial member click tap swipe app us share comment comments tip javascript
        browser adblocker blocker playback device opinion opinions views information writer author
        you offer now online tickets here exclusive interview episode podcast video window
        tab archive archived""",
    )
)
"""One of these words is in all that `_ANYWHERE` finds: most sentences need not be searched."""

_THE_US = lazy_pattern(r"\bUS\b")
_WORD = lazy_pattern(r"[a-z]+")


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence belongs to the page, or gives orders, and not to the news."""
    return any(finds(sentence) for _, finds in CHECKS)


def _low(sentence: str) -> str:
    return _THE_US.sub("usa", sentence).lower()


def _opens_like_furniture(sentence: str) -> bool:
    return _OPENS.match(_low(sentence)) is not None


def _holds_furniture(sentence: str) -> bool:
    low = _low(sentence)
    return not _SIGNS.isdisjoint(_WORD.findall(low)) and _ANYWHERE.search(low) is not None


def _has_symbols(sentence: str) -> bool:
    return _SYMBOLS.search(_MOJIBAKE.sub("", sentence)) is not None


CHECKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("opens as page furniture does", _opens_like_furniture),
    ("credits a picture", lambda sentence: _CREDIT.search(sentence) is not None),
    ("is a caption", lambda sentence: _CAPTION.search(sentence) is not None),
    ("holds an address, a tag or a sign of markup", _has_symbols),
    ("holds page furniture", _holds_furniture),
    ("gives orders", gives_orders),
)
"""A reason, and whether a sentence is of that kind."""
