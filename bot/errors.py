"""The errors that a user may read: one root, a leaf for each decision that a caller takes."""

from __future__ import annotations


class BriefbotError(Exception):
    """Anything that went wrong in a way that can be told; its text may be shown to a person."""


class UsageError(BriefbotError):
    """What was typed cannot be carried out; `example` is a line that can."""

    def __init__(self, message: str, example: str | None = None) -> None:
        super().__init__(message)
        self.example = example


class SettingsError(BriefbotError):
    """A setting is missing or wrong; the text names it and the remedy."""


class RefusedInput(BriefbotError):
    """One article or file cannot be taken in; the text says which and why, the rest goes on."""


class StoreError(BriefbotError):
    """The database cannot be reached, is too old, or refused a write."""


class LeftForLater(BriefbotError):
    """It could not be done now, through no fault of what was to be read: it is tried again."""


class PlatformError(BriefbotError):
    """A chat platform cannot be started or has refused its token."""


class DeliveryError(BriefbotError):
    """A message was not, or perhaps not, delivered.

    permanent    the channel can never be reached again: disable it
    uncertain    the platform may have accepted the message: do not send it again blindly
    retry_after  seconds to wait before the same chat may be tried again
    migrate_to   the chat's new id: rewrite the address and send once more
    thread_gone  the thread is gone and its chat is still there
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
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.uncertain = uncertain
        self.retry_after = retry_after
        self.migrate_to = migrate_to
        self.thread_gone = thread_gone


class FetchError(BriefbotError):
    """A page or feed could not be had.

    refused      the address is none that may be asked: trying again changes nothing
    gone         the server says that it is gone for good: end the source
    status       what the server answered, or None if it did not
    retry_after  seconds for which the server asks to be left alone
    """

    def __init__(
        self,
        message: str,
        *,
        refused: bool = False,
        gone: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.refused = refused
        self.gone = gone
        self.status = status
        self.retry_after = retry_after
