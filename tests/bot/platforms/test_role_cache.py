"""A role is kept for a minute, unless its member changes; no other member's change matters."""

from __future__ import annotations

import pytest

from bot.models import Role
from bot.platforms.role_cache import KEPT_SECONDS, RoleCache


@pytest.mark.parametrize(
    ("person", "chat", "kept"),
    [
        ("7", "-42", None),
        ("7", None, None),
        ("8", "-42", Role.ADMIN),
        ("8", None, Role.ADMIN),
        ("7", "-43", Role.ADMIN),
    ],
)
def test_fault_50_only_a_change_of_the_member_voids_a_running_look_up(
    person: str, chat: str | None, kept: Role | None
) -> None:
    cache = RoleCache(lambda: 0.0)
    with cache.look_up("-42", "7") as found:
        cache.forget(person, chat)
        cache.put(found, Role.ADMIN)
    assert cache.get("-42", "7") is kept
    with cache.look_up("-42", "7") as found:
        cache.put(found, Role.MEMBER)
    assert cache.get("-42", "7") is Role.MEMBER


def test_a_role_is_kept_for_a_minute_and_an_unknown_one_not() -> None:
    now = [0.0]
    cache = RoleCache(lambda: now[0])
    for person, role in (("7", Role.ADMIN), ("8", Role.UNKNOWN)):
        with cache.look_up("-42", person) as found:
            cache.put(found, role)
    assert [cache.get("-42", each) for each in "78"] == [Role.ADMIN, None]
    now[0] = KEPT_SECONDS
    assert cache.get("-42", "7") is None
