"""Names of days and months, and the patterns that find them in English text."""

from __future__ import annotations

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


A_DAY = f"(?:{'|'.join(DAYS)})"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


NAMES = frozenset(name.lower() for name in (*DAYS, *MONTHS))
"""Days and months in lower case."""


A_MONTH = (
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)


AGO = (
    r"(?<![-.,])(?<!than )(?<!about )(?<!around )(?<!nearly )(?<!almost )(?<!over )(?<!some )"
    r"(?<!half )(?<!or )(?<!to )(?<!and )"
    r"(?P<count>a|one|two|three|four|five|six|[1-6]) days? ago"
)
"""An exact number of days: not "about two days ago" or "one or two days ago"."""
