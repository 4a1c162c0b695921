"""Names of days and months, and the patterns that find them in English text."""

from __future__ import annotations

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


A_DAY = f"(?:{'|'.join(DAYS)})"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


MONTH_FORMS = {
    form: number
    for number, name in enumerate(map(str.lower, MONTHS), 1)
    for form in (name, name[:3], name[:4] if name == "september" else name)
}
"""The number of each month, by its name and its short forms in lower case."""


DAY_FORMS = {
    form: name
    for name in DAYS
    for form in (name.lower(), f"{name.lower()}s", *(name[:size].lower() for size in (3, 4, 5)))
    if form not in {"sat", "sun"}
}
"""The name of each weekday, by its forms in lower case; "sat" and "sun" are other words."""


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
