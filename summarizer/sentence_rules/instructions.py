"""Sentences that give orders to whoever reads them, man or machine: never news."""

from __future__ import annotations

import re

from summarizer.language.quotation_marks import unquoted
from summarizer.lazy_pattern import lazy_pattern

_MACHINE = lazy_pattern(
    r"""\b(?:
      (?:ignore|disregard|forget|override|bypass|discard|overlook|skip)\b.{0,40}\b
        (?:all|any|every|previous|prior|above|earlier|preceding|your|these|those|system|the)
        (?:\ \w+){0,2}\ (?:instructions?|prompts?|guidelines|directives|text|rules\ (?:above|given))
    | (?:ignore|disregard|forget)\b.{0,12}\b(?:everything|anything|all)\b.{0,20}
        \b(?:above|before|previous|prior|said|told|written)
    | (?:system|developer|hidden|initial)[\s_-]*(?:prompt|message|instructions)
    | (?:new|following|these|your|my|further|additional|special)\ (?:instructions?|task|directives?)
        \ (?:is|are|below|follow|supersede|override|apply|for\ (?:the|you|any|all))
    | (?:you\ are|act\ as|pretend|roleplay|behave\ like)\b.{0,30}\b
        (?:ai|language\ model|llm|chat\ ?bot|assistant|summari[sz]er)
    | as\ an?\ (?:ai|language\ model|llm|chat\ ?bot|helpful\ assistant)
    | (?:ai|language|chat)[\s-]?(?:models?|bots?|assistants?|agents?|summari[sz]ers?)\b.{0,40}\b
        (?:must|should|shall|please|need\ to|are\ (?:told|asked|instructed))
    | (?:in|to|of|with|from)\ (?:your\ (?:answer|reply|summary|output|briefing|digest)
        |the\ (?:answer|reply|summary))
    | your\ (?:answer|response|reply|summary|output|message|instructions?|prompt)s?
    | (?:summari[sz]e|translate|paraphrase|rewrite|rephrase|repeat)\b.{0,40}\b
        (?:this|the\ following|the\ above)
    | jailbreak(?:en)? | prompt\ injection | begin\ (?:system|prompt)
    | (?:readers?|users?)\ (?:must|should)\ (?:now\ )?
        (?:click|visit|send|ignore|download|install|pay)
    )\b""",
    re.VERBOSE,
)
_MACHINE_OPENS = lazy_pattern(
    r"\W*(?:system|assistant|user|human|instructions?|attention|important|task|response|answer|output)"
    r"\s*[:>\]]"
)
_MACHINE_SIGNS = frozenset(
    re.findall(
        r"\w+",
        """instruction instructions prompt prompts guidelines directive directives text rules
        everything anything all message task ai llm language model models chatbot chat assistant
        assistants summarizer summariser bot bots answer answers response responses reply replies
        summary summaries output outputs briefing digest summarize summarise translate paraphrase
        rewrite rephrase repeat jailbreak jailbreaken injection system reader readers user users""",
    )
)
_ORDER = lazy_pattern(
    r"""\W*(?:(?:now|then|first|next|also|just|always|never|please|kindly|instead|so|and|do\ not|
      don['’]t|remember\ to|be\ sure\ to|make\ sure\ to|let['’]s|
      you\ (?:must|should|can|will|need\ to|have\ to))[\s,]+)*
    (?:act|add|anagram|answer|append|apply|ask|assume|augment|avoid|begin|buy|call|check|choose|claim|
      click|combine|compose|conclude|consider|convert|copy|create|define|delete|describe|develop|
      discuss|draft|echo|embed|email|emphasi[sz]e|encode|encourage|end|enhance|ensure|enter|execute|
      explain|express|fill|find|follow|forward|generate|get|give|group|help|highlight|hint|imagine|
      include|incorporate|insert|install|integrate|introduce|invite|join|jumble|keep|learn|list|make|
      mention|misspell|modify|note|omit|open|output|pay|persuade|place|post|prepare|present|pretend|
      print|produce|promote|provide|put|rank|rate|read|rearrange|recommend|refer|refrain|register|remind|remove|
      render|repeat|replace|reply|report|respond|return|reveal|reverse|say|scramble|see|select|send|
      share|show|start|state|stop|submit|subscribe|substitute|suggest|switch|take|tease|tell|think|
      transform|translate|treat|try|turn|type|update|use|utili[sz]e|visit|vote|watch|wire|write)\s+
    (?:an?|the|this|that|these|those|all|any|every|each|some|your|my|our|me|us|it|them|everyone|only|no|
      everything|not|to|how|what|why|as|if|in|into|on|out|with|nothing|something|anything|people|users|readers|
      spaces|letters|vowels|words|numbers|random|symbols|anagrams|commonly|money|yes|html|json|code|
      here|now|down|two|three|one|["“”‘'])(?=[\s,.:"“”‘']|$)""",
    re.VERBOSE,
)
_NOUN_FIRST = lazy_pattern(
    r"\W*(?:output|rate|vote|visit|report|share) (?:in|on|to|with|by) "
    r"(?:(?!(?:what|that|which|who|how|all|everything|it|your?)\b)[\w’'-]+ ){1,6}?"
    r"(?:was|were|had|fell|rose|grew|[a-z]{2,}ed)\b"
)
"""News that opens with a noun like an order: "Output in Karsova fell"."""

_WORD = lazy_pattern(r"[a-z]+")


def gives_orders(sentence: str) -> bool:
    """Whether a sentence tells its reader to do something; an order that is quoted is news."""
    low = sentence.lower()
    if _MACHINE_OPENS.match(low) or (_ORDER.match(unquoted(low)) and not _NOUN_FIRST.match(low)):
        return True
    return not _MACHINE_SIGNS.isdisjoint(_WORD.findall(low)) and _MACHINE.search(low) is not None
