"""Kinds of English words that show where clauses, noun phrases and verbs begin and end."""

from __future__ import annotations

from functools import lru_cache

from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.verbs import VERB
from summarizer.language.word_lists import listed

AUXILIARIES = frozenset(
    listed(
        """be been being is are was were am has have had having do does did not never also still
        already soon again now then just even later ever both either eventually finally"""
    )
)
SAYS = frozenset(
    map(
        stem,
        listed(
            """say tell announce claim warn add report allege argue insist estimate predict note
            state confirm declare acknowledge admit stress maintain reveal assert contend explain
            disclose conclude find tweet testify reiterate emphasize emphasise"""
        ),
    )
)
"""Stems of verbs that report."""

IS = frozenset(listed("is are was were be been being"))
HAVE = frozenset(listed("has have had having"))
BE = IS | frozenset(listed("am become became"))
DETERMINERS = frozenset(
    listed("the a an its his her their our my your this that these those any such own both")
)
FRACTIONS = frozenset(listed("half third quarter fifth sixth tenth"))
LINKS = frozenset(
    listed(
        """and or but while after before when because although though since if unless until where
        who which whose whom that whether as amid despite so nor once than"""
    )
)
MODALS = frozenset(listed("will would could can may might must should shall"))
PREPOSITIONS = frozenset(
    listed(
        """of in on at by for from with to into over under against about during through between
        near within without across toward towards around upon among via per"""
    )
)
PRONOUNS = frozenset(listed("it he she they we i you there this these those who"))
SUBJECT_OPENS = DETERMINERS | PRONOUNS | frozenset(listed("some many most all no several"))
WHOLES = frozenset(listed("all every none half"))
BASES_IN_ING = frozenset(listed("bring sing ring swing fling cling sting spring wring"))
NO_GERUND = frozenset(
    listed(
        "thing something nothing anything everything king ring wing spring "
        "string during morning evening beijing building meeting"
    )
)

_NO_ADVERBS = frozenset(
    listed(
        """likely unlikely supply resupply reply apply reapply rely comply imply multiply family
        ally rally bully assembly monopoly anomaly italy july deadly"""
    )
)


def is_adverb(low: str) -> bool:
    """Whether a word is an adverb in "-ly"; "likely" and "unlikely" govern what follows."""
    return low.endswith("ly") and len(low) > 4 and low not in _NO_ADVERBS


@lru_cache(maxsize=16_384)
def is_finite(low: str) -> bool:
    """Whether a word is likely a finite verb."""
    return (
        not low.endswith(("ss", "us"))
        and VERB.fullmatch(low) is not None
        and not (low.endswith("s") and low not in {"is", "was", "has", "does", "says"})
    )


def is_owner(text: Text, first: int, at: int) -> bool:
    """Whether an apostrophe behind a word makes it an owner, as in "Ferrels' owner said".

    Behind a quotation that began in the sentence, whose first word is `first`, it ends it.
    """
    before = text.folded[max(0, text.words[first].start - 1) : text.words[at].end]
    quoted = before.startswith("'") or " '" in before
    return text.words[at].word.capital and before.endswith("s") and not quoted
