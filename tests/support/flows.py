"""What people can do in a chat, on each platform: the table behind docs/chat.md and its tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Platform

TAPS_TO_FIRST_DIGEST = 4

NEEDS_WORDS = "words have to be written"


@dataclass(frozen=True, slots=True)
class Flow:
    """One thing to do. `typed` works everywhere, without its slash in one's own words.

    `telegram` and `slack` are a line to type and the buttons to press after it; a text instead of
    them is the platform's reason. `told` is what the bot says at the end.
    """

    name: str
    typed: str
    told: str
    telegram: Sequence[str] | str = NEEDS_WORDS
    slack: Sequence[str] | str = NEEDS_WORDS

    def path(self, platform: Platform) -> Sequence[str]:
        """Return the line and the buttons; empty where there is no way to press it."""
        found = self.telegram if platform is Platform.TELEGRAM else self.slack
        return () if isinstance(found, str) else found


def _both(*path: str) -> dict[str, Sequence[str]]:
    return {"telegram": path, "slack": path}


FLOWS = (
    Flow(
        "Be greeted, and get a digest every day",
        "subscribe energy at 07:30 in Karachi",
        "Energy",
        telegram=("start", "Energy every day", "07:30", "Karachi"),
        slack=("start", "Energy every day", "07:30"),
    ),
    Flow("See all commands", "help", "Read the news", **_both("start", "Help: all commands")),
    Flow("A briefing now", "brief all", "40,000 homes", **_both("start", "Brief me now")),
    Flow(
        "The proof of a bullet",
        "why 1",
        "Proof of bullet 1",
        telegram=("brief all", "Proof 1"),
        slack=("brief all", "Proof"),
    ),
    Flow(
        "The story of a bullet over time",
        "story 1",
        "from 1 source",
        telegram=("brief all", "Story so far 1"),
        slack=("brief all", "Story so far"),
    ),
    Flow("Only on a country or a word", 'brief all "storm" not football', "40,000 homes"),
    Flow(
        "A longer briefing",
        "brief all long",
        "40,000 homes",
        **_both("brief energy 7d 1 bullet", "Longer briefing"),
    ),
    Flow(
        "What a briefing left out",
        "more",
        "briefing",
        **_both("brief energy 7d 1 bullet", "What was left out"),
    ),
    Flow("Another topic", "topics", "Topics, with", **_both("brief all", "Brief on another topic")),
    Flow(
        "More or less like a bullet",
        "like 1",
        "Noted. More like bullet 1",
        telegram=("brief all", "👍 More like…", "👍 More like 1"),
        slack=("brief all", "👍 More like this"),
    ),
    Flow(
        "An alert when a story changes",
        "follow 1",
        "each change of “",
        telegram=("brief all", "🔔 Alert on a story…", "🔔 Story 1"),
        slack=("brief all", "🔔 Alert here when this changes"),
    ),
    Flow("An alert on a new story", 'watch "Strait of Hormuz"', "New alert: "),
    Flow(
        "The alerts of a chat",
        "watch",
        "lerts",
        **_both("subscriptions", "Alerts of this chat"),
    ),
    Flow("The end of an alert", "unwatch all", "Alert ended: ", **_both("watch", "End alert 1")),
    Flow("No alerts for some hours", "mute 3h", "Alerts muted"),
    Flow(
        "See what was learned",
        "settings learning",
        "Learned from 👍 and 👎 in",
        **_both("settings", "What briefbot learned from 👍 👎"),
    ),
    Flow(
        "This chat's digests",
        "subscriptions",
        "Digests of this",
        **_both("start", "Help: all commands", "Digests of this chat"),
    ),
    Flow(
        "Another time",
        "subscribe energy at 18:00",
        "18:00",
        **_both("subscriptions", "Energy: change time", "18:00"),
    ),
    Flow(
        "A test of the digest",
        "try",
        "Test",
        **_both("subscriptions", "Send it here now, as a test"),
    ),
    Flow(
        "A pause",
        "pause until monday",
        "Paused until",
        **_both("subscriptions", "Pause all digests", "Until Mon"),
    ),
    Flow(
        "The end of a pause",
        "resume",
        "Digests resumed",
        **_both("subscriptions", "Resume digests"),
    ),
    Flow(
        "Settings",
        "settings length short",
        "Setting changed",
        **_both("settings", "Bullets per topic", "up to 10"),
    ),
    Flow(
        "Digests as headlines, details on demand",
        "settings details folded",
        "folded, headlines first",
        **_both("settings", "Details in digests", "folded, headlines first"),
    ),
    Flow(
        "What is covered and what rises, with a chart",
        "trends energy",
        "Trends, last",
        **_both("topics", "Trends", "Last 30 days"),
    ),
    Flow("A question", "how many homes lost power?", "40,000 homes"),
    Flow("Stored articles", "search storm", "storm"),
    Flow("Words to leave out", "mute football", "Muted: “football”"),
    Flow("A topic of one's own", "topics add floods: flood", "Topic"),
    Flow(
        "The end of a digest",
        "unsubscribe energy",
        "Digest ended: Energy",
        **_both("subscriptions", "End Energy digest", "Yes, end this digest"),
    ),
    Flow(
        "The end of all digests",
        "stop",
        "no digests",
        telegram="after “End all digests”",
        slack="after “End all digests”",
    ),
    Flow(
        "Several digests, and a weekly one",
        "subscribe energy at 07:30 and 18:00, weekly on Monday at 8",
        "weekly on Monday",
    ),
    Flow("Everything erased", "forget yes", "rased", **_both("forget", "Erase everything")),
)
"""In an order in which each flow finds what it needs: a digest before its pause."""


@dataclass(frozen=True, slots=True)
class Special:
    """What each platform does in its own way, or why it does not."""

    name: str
    telegram: str
    slack: str
    terminal: str


NO_OTHER_CHATS = "it is one chat"

SPECIALS = (
    Special(
        "Manage a channel from a private chat",
        "`/subscribe @channel energy at 8`, and every command about digests and settings; also by "
        "buttons, offered to who adds the bot to a channel. Rights are asked for each time",
        "`subscribe #channel energy at 8`, written to the bot directly",
        NO_OTHER_CHATS,
    ),
    Special(
        "Commands in a menu",
        "in private chats, groups, for a group's admins and for operators: what each may use",
        "Slack shows the hint of one slash command; the App Home has the buttons",
        "`help`",
    ),
    Special(
        "A link that opens something",
        "`t.me/BOT?start=setup_energy`, `brief_energy`, `topics`, a story's *Share*; "
        "`?startgroup=setup` adds the bot to a group. A link never changes anything",
        "Slack's links open an app without saying what for",
        NO_OTHER_CHATS,
    ),
    Special(
        "Bullets in any other chat",
        "`@BOT energy`, where inline mode is switched on in BotFather",
        "Slack has no inline mode; *Brief me on this* is in the menu of every message",
        NO_OTHER_CHATS,
    ),
    Special(
        "The proof, folded",
        "`/why 2` folds a long quotation; a tap unfolds it",
        "Slack folds a long message by itself",
        "quotations are shown whole",
    ),
    Special(
        "Details of a digest, folded",
        "`/settings details folded`: the proof stands under each bullet, folded",
        "the same: headlines in one message, details and buttons in its thread",
        "`/why 2`",
    ),
    Special(
        "Charts",
        "`/trends` and weekly digests: a photo, whose caption is its text",
        "a file with a description; the app needs the scope `files:write`",
        "bars of block characters, unless the terminal is dumb",
    ),
    Special(
        "Several values at once",
        "in the words of one command; an answer says what was not understood, and how to write it",
        "by forms of the App Home too: one that cannot be carried out stays open as it was filled "
        "in, with the reason at the field",
        "in the words of one command",
    ),
    Special(
        "A sign that an answer takes long",
        "“typing”, after 0.7 s",
        "Slack has no such sign for slash commands and buttons; they are acknowledged at once",
        "the prompt comes back with the answer",
    ),
)

HEAD = """# What people can do in a chat

Made from the table in `tests/support/flows.py`, of which each row is tested on each platform; a
test fails when this page is out of date. Everything can be typed on every platform, with or without
the slash: in Slack after `/brief`, after the bot's name, or to the bot directly. The terminal has
no buttons.

| to do | type, on all three | press in Telegram | press in Slack |
|---|---|---|---|
"""

LANGUAGES = """
## Languages

The bot speaks English, German (Deutsch) and Arabic (العربية). `/settings language de` chooses one for a chat, and
`/settings language auto`, as at the start, leaves it to the profile of the person in a private chat: Telegram tells
the language of the app, Slack the locale of the profile. Elsewhere the bot speaks English until somebody chooses, or
what the operator set as `BRIEFBOT_LANGUAGE`. Digests and alerts come in the language of their chat.

What was published stays as it was: bullets, titles, quotations and the names of outlets. With a language model
`/settings language de` also has bullets translated; `/settings language original` ends that, and only that.
Slack's form of settings changes the language only where another one is chosen in it.
Commands, and what follows them, are typed in English in every language. Telegram's menu of commands is translated;
Slack has one text for all for the hints of a slash command and for shortcuts. Mails, logs, the command line,
messages to operators and answers to their commands are English.

| German | Arabic |
|---|---|
| ![A briefing in German](pictures/telegram-german.png) | ![A briefing in Arabic, from right to left](pictures/telegram-arabic.png) |
| ![Settings in German](pictures/telegram-german-settings.png) | ![Settings in Arabic](pictures/telegram-arabic-settings.png) |
"""  # noqa: E501

PICTURES = """
## How it looks

Rendered from what the bot sends, by `python -m tests.support.screens`.

| Telegram | |
|---|---|
| ![Greeting: topics to subscribe to](pictures/telegram-greeting.png) | ![Setting up a digest: its hour](pictures/telegram-hour.png) |
| ![Setting up a digest: its time zone](pictures/telegram-zone.png) | ![The digest is set up](pictures/telegram-subscribed.png) |
| ![A briefing with its buttons](pictures/telegram-briefing.png) | ![The proof of a bullet, folded](pictures/telegram-proof.png) |
| ![The chart of /trends](pictures/trends.png) | ![The same in Arabic](pictures/trends-arabic.png) |
| ![More like which bullet?](pictures/telegram-which.png) | ![The settings of a chat](pictures/telegram-settings.png) |
| ![The digests of a chat](pictures/telegram-digests.png) | ![Before a digest ends, a question](pictures/telegram-ending.png) |
| ![Until when digests pause](pictures/telegram-pause.png) | ![Paused digests, and the button that resumes them](pictures/telegram-paused.png) |
| ![The topics](pictures/telegram-topics.png) | |

| Slack | |
|---|---|
| ![Greeting](pictures/slack-greeting.png) | ![App Home](pictures/slack-home.png) |
| ![A briefing with its buttons](pictures/slack-briefing.png) | ![Settings](pictures/slack-settings.png) |
| ![A folded digest and its thread](pictures/slack-folded.png) | ![The form of a digest](pictures/slack-form-digest.png) |
| ![The form of the settings](pictures/slack-form-settings.png) | ![The form of a topic of one's own](pictures/slack-form-topic.png) |
| ![The form of a watch](pictures/slack-form-watch.png) | ![The menu ⋮ of a bullet, opened](pictures/slack-menu.png) |
"""  # noqa: E501 - rows of tables

OWN_WAYS = """
## Each in its own way

| what | Telegram | Slack | terminal |
|---|---|---|---|
"""


def document() -> str:
    """Return docs/chat.md."""
    special = "".join(
        f"| {each.name} | {each.telegram} | {each.slack} | {each.terminal} |\n" for each in SPECIALS
    )
    return HEAD + "".join(map(_row, FLOWS)) + OWN_WAYS + special + LANGUAGES + PICTURES


def _row(flow: Flow) -> str:
    cells = [flow.name, f"`{flow.typed}`", _cell(flow.telegram), _cell(flow.slack)]
    return f"| {' | '.join(cells)} |\n"


def _cell(found: Sequence[str] | str) -> str:
    if isinstance(found, str):
        return found
    return f"`/{found[0]}`, then {', '.join(f'*{label}*' for label in found[1:])}"


if __name__ == "__main__":
    from tests.support.paths import ROOT

    (ROOT / "docs" / "chat.md").write_text(document(), encoding="utf-8")
