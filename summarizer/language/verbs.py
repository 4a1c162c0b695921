"""The pattern of a finite English verb."""

from __future__ import annotations

import re

from summarizer.lazy_pattern import lazy_pattern

VERB = lazy_pattern(
    r"""\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|does|do
    |did|said|told|won|fell|rose|hit|struck|shot|cut|met|held|put|set|shut|began|left|took|made|came
    |went|ran|fled|sent|lost|found|sank|broke|spoke|flew|drew|grew|drove|threw|became|brought|bought
    |sold|paid|led|fought|caught|built|kept|gave|got|saw|knew|thought|stood|rode|wrote|chose|stole
    |swore|dug|sought|spent|felt|dealt|swept|let|quit|beat|burst|spread|hurt|cost|lay|rang|sought|fed|bid
    |(?!(?:his|its|this|us)\b)[a-z]+(?:ed|[^su\W]s|sses|shes|ches))\b""",
    re.VERBOSE,
)
