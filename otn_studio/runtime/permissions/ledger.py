"""What the rules say of the permissions in the database, and what using one leaves behind."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from otn_studio.policy import one_time, recurring
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules
from otn_studio.policy.sending import Permission
from otn_studio.runtime.page import Page, in_plain_values
from otn_studio.storage import pages
from otn_studio.storage.permissions import permissions
from otn_studio.storage.permissions.permissions import PermissionRow


@lru_cache(maxsize=1024)
def zone_named(name: str | None) -> ZoneInfo | None:
    """A time zone by the name that Messenger gave it; none where there is none of that name."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def as_policy(row: PermissionRow) -> Permission:
    """A permission as the rules see it."""
    if row.frequency is not None:
        return lasting(row)
    assert row.expires_at is not None
    return one_time.Permission(
        str(row.id),
        row.topic_id,
        row.opted_in_at,
        row.expires_at,
        used=row.next_allowed_at is None,
        stopped=row.stopped_at is not None,
    )


def lasting(row: PermissionRow) -> recurring.Permission:
    """A lasting one. Whether a message has it just now is not for the rules to know."""
    return recurring.Permission(
        str(row.id),
        row.topic_id,
        Frequency(row.frequency),
        row.opted_in_at,
        row.expires_at,
        zone_named(row.zone),
        row.stopped_at is not None,
        row.first_used_at,
        row.follow_ups,
        row.last_used_at,
        row.not_before,
    )


def use(
    connection: Connection,
    row: PermissionRow,
    since: datetime,
    now: datetime,
    rules: Rules,
    free: bool,
) -> None:
    """A message went out with it, or may have, at some instant from ``since`` to ``now``: what may
    follow it counts from the first of them, the next one from the last. ``free``: no other message
    has it any longer.

    One that was good for one message stays as it is: used up when it was set aside.
    """
    if row.frequency is None:
        return
    before = lasting(row)
    used = recurring.used(before, since)
    if not recurring.is_follow_up(before, since):
        used = replace(used, last_used_at=now)
    next_allowed_at = recurring.next_allowed_at(used, rules) if free else None
    permissions.change(connection, row.id, next_allowed_at=next_allowed_at, **_use_of(used))


def give_back(connection: Connection, row: PermissionRow, rules: Rules) -> None:
    """The message that had it certainly was not taken."""
    if row.frequency is None:
        permissions.free(connection, {row.id: row.opted_in_at})
    else:
        permissions.free(connection, {row.id: recurring.next_allowed_at(lasting(row), rules)})


def count_anew(connection: Connection, id: int, rules: Rules) -> None:
    """Its calendar may be another one now: so may be the instant from which on it may be used."""
    row = permissions.by_id(connection, [id])[id]
    if row.next_allowed_at is not None:
        give_back(connection, row, rules)


def wait(connection: Connection, row: PermissionRow, now: datetime, rules: Rules) -> datetime:
    """Messenger says that it is too soon: so it was used just now. Answers when it may be used."""
    as_if_used = replace(lasting(row), last_used_at=now, not_before=None)
    until = recurring.next_allowed_at(as_if_used, rules)
    permissions.change(connection, row.id, not_before=until)
    return until


def end(connection: Connection, row: PermissionRow, now: datetime) -> None:
    """Messenger does not know it any more."""
    if row.frequency is not None:
        ended = min(now, row.expires_at or now)
        permissions.change(connection, row.id, expires_at=ended, next_allowed_at=now)


def take_up_rules(connection: Connection, page: Page) -> None:
    """Where the rules are not those of last time, work out anew when permissions may be used."""
    rules = in_plain_values(page.rules)
    if pages.rules(connection, page.id) == rules:
        return
    for rows in permissions.recurring_of_page(connection, page.id):
        permissions.free(connection, _changed(rows, page.rules))
    pages.set_rules(connection, page.id, rules)


def _changed(rows: list[PermissionRow], rules: Rules) -> dict[int, datetime]:
    """The next allowed instants that are others than they were, of those no message has."""
    free = [row for row in rows if row.next_allowed_at is not None]
    instants = {row.id: recurring.next_allowed_at(lasting(row), rules) for row in free}
    return {row.id: instants[row.id] for row in free if instants[row.id] != row.next_allowed_at}


def _use_of(permission: recurring.Permission) -> dict[str, Any]:
    return {
        "first_used_at": permission.first_used_at,
        "follow_ups": permission.follow_ups,
        "last_used_at": permission.last_used_at,
        "not_before": permission.not_before,
    }
