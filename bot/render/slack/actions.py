"""Buttons under Slack's messages: rows of them, and the choices of one bullet.

https://docs.slack.dev/reference/block-kit/blocks/actions-block
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.models import Briefing, Button, Opens
from bot.render.buttons import about_row, bullet_buttons, bullet_votes
from bot.render.sanitize import clean
from bot.render.slack.blocks import MAX_ID, Block, plain, shortened

MAX_LABEL = 75
"""Characters on a button."""

MAX_VALUE, MAX_OPTION_VALUE = 2000, 150
"""Characters of the value of a button, and of an option in a menu."""

IN_A_BLOCK = 5
"""Buttons beside each other; Slack allows 25, which are more than a person looks through."""


def rows(buttons: Sequence[Sequence[Button]]) -> Iterator[tuple[Block, ...]]:
    """Return each row of buttons as a block of its own; a command is its button's value."""
    for buttons_here in buttons:
        row = [each for each in buttons_here if each.opens is Opens.HERE]
        for first in range(0, len(row), IN_A_BLOCK):
            yield (
                {
                    "type": "actions",
                    "elements": [_button(each) for each in row[first : first + IN_A_BLOCK]],
                },
            )


def of_bullet(number: int) -> Block:
    """Return the choices under bullet `number`: buttons, and a menu of opinions."""
    options = [{"text": plain(each.label), "value": each.command} for each in bullet_votes(number)]
    menu = {"type": "overflow", "action_id": f"bullet {number}", "options": options}
    return {
        "type": "actions",
        "elements": [*(_button(each) for each in bullet_buttons(number)), menu],
    }


def about(briefing: Briefing) -> Block:
    """Return the buttons about a whole briefing."""
    return {"type": "actions", "elements": [_button(each) for each in about_row(briefing)]}


def _button(button: Button) -> Block:
    label = shortened(clean(button.label).strip() or "·", MAX_LABEL)
    return {
        "type": "button",
        "text": plain(label),
        "action_id": button.command[:MAX_ID],
        "value": button.command,
        **({"style": "primary"} if button.primary else {}),
    }


def fitted(blocks: Sequence[Block], short: Callable[[str], str]) -> tuple[list[Block], list[str]]:
    """Return blocks in which a value that is too long is made `short`, and those values."""
    long: list[str] = []

    def fit(part: Block, most: int) -> Block:
        options = {"options": [fit(each, MAX_OPTION_VALUE) for each in part.get("options", ())]}
        value = str(part.get("value", ""))
        if len(value) > most:
            long.append(value)
            part = {**part, "value": short(value)}
        return part | options if "options" in part else part

    shown = [
        {**block, "elements": [fit(each, MAX_VALUE) for each in block["elements"]]}
        if block["type"] == "actions"
        else block
        for block in blocks
    ]
    return shown, long
