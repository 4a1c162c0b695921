"""The errors that a user may read: one root, and a class for each decision of a caller."""

from __future__ import annotations


class BriefbotError(Exception):
    """The root of all expected errors; its text may be shown to a person."""


class UsageError(BriefbotError):
    """The input of a person is wrong; `example` is a line that works."""

    def __init__(self, message: str, example: str | None = None) -> None:
        super().__init__(message)
        self.example = example


class SettingsError(BriefbotError):
    """A setting is missing or wrong; the text names the setting and the remedy."""


class RefusedInput(BriefbotError):
    """One article or file cannot be ingested; the text says which and why."""


class StoreError(BriefbotError):
    """The database cannot be reached, is too old, or refused a write."""


class LeftForLater(BriefbotError):
    """The work was not done now, for a reason outside the source; it is tried again."""


class PlatformError(BriefbotError):
    """A chat platform cannot be started or has refused its token."""


class DeliveryError(BriefbotError):
    """A message was not delivered, or it is not known whether it was.

    permanent    the channel can never be reached again: disable it
    uncertain    the platform may have accepted the message: do not send it again blindly
    retry_after  seconds to wait before the next request to the same chat
    migrate_to   the new id of the chat: rewrite the address and send once more
    thread_gone  the thread is gone, but its chat still exists
    installation the credentials of the bot or workspace are refused: pause all of its chats
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        uncertain: bool = False,
        retry_after: float | None = None,
        migrate_to: str | None = None,
        thread_gone: bool = False,
        installation: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.uncertain = uncertain
        self.retry_after = retry_after
        self.migrate_to = migrate_to
        self.thread_gone = thread_gone
        self.installation = installation


class FetchError(BriefbotError):
    """A page or feed could not be fetched.

    refused      the address must not be requested: trying again changes nothing
    gone         the server says that the resource is gone for good: end the source
    status       the HTTP status, or None if there was no answer
    retry_after  seconds to wait, as the server asked
    offline      no name can be looked up or no network reached: perhaps no source can
    unanswered   of a POST: it may have arrived
    """

    def __init__(
        self,
        message: str,
        *,
        refused: bool = False,
        gone: bool = False,
        offline: bool = False,
        unanswered: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.refused = refused
        self.gone = gone
        self.offline = offline
        self.unanswered = unanswered
        self.status = status
        self.retry_after = retry_after
