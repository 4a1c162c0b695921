"""What is proved by its source, and what is refused."""

from __future__ import annotations

from summarizer.evidence.checker import check


def assert_proved(bullet: str, *sources: str) -> None:
    """Fail with the reason where the bullet is refused."""
    verdict = check(bullet, sources)
    assert verdict.proved, f"{bullet!r} is refused: {verdict.reason}"


def assert_refused(bullet: str, *sources: str, reason: str = "") -> None:
    """Fail where the bullet is proved, or refused for no reason or another one."""
    verdict = check(bullet, sources)
    assert not verdict.proved, f"{bullet!r} is proved"
    assert verdict.reason, f"{bullet!r} is refused without a reason"
    assert reason in verdict.reason, f"{bullet!r} is refused: {verdict.reason}"
