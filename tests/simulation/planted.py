"""Bugs to plant into the product, which a simulated world has to notice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from otn_studio.policy import recurring, window
from otn_studio.runtime.errands import errands
from otn_studio.runtime.permissions import ledger
from otn_studio.runtime.sending.ending import Ending

DAY = timedelta(days=1)


@contextmanager
def no_window_rule() -> Iterator[None]:
    """Nobody, the emulator included, knows that the window closes."""
    with patch.object(window, "is_open", lambda *_: True):
        yield


@contextmanager
def blind_resend() -> Iterator[None]:
    """A message in the conversation whose end nobody saw is sent again."""
    unknown = Ending.unknown

    def sent_again(ending: Ending, why: str) -> None:
        by_itself = ending.permission is None and ending.row.request_title is None
        ending.again(why) if by_itself else unknown(ending, why)

    with patch.object(Ending, "unknown", sent_again):
        yield


@contextmanager
def repeated_request() -> Iterator[None]:
    """What was under way when the engine died is asked once more, whatever it does."""
    with patch.object(errands, "REPEATABLE", errands.REPEATABLE | {"POST"}):
        yield


@contextmanager
def late_reoptin() -> Iterator[None]:
    """People are asked whether to go on a day late."""
    asked_again_at = recurring.asked_again_at

    def a_day_later(expires: datetime, zone: ZoneInfo) -> datetime:
        return asked_again_at(expires, zone) + DAY

    with patch.object(recurring, "asked_again_at", a_day_later):
        yield


@contextmanager
def late_end() -> Iterator[None]:
    """Lasting permissions are believed to last a day longer."""
    expires_at = recurring.expires_at

    def a_day_later(*given: Any) -> datetime | None:
        expires = expires_at(*given)
        return expires and expires + DAY

    with patch.object(recurring, "expires_at", a_day_later):
        yield


@contextmanager
def stale_calendar() -> Iterator[None]:
    """The engine counts days in the zone that a permission had first, whatever it has become."""
    lasting, first = ledger.lasting, dict[int, ZoneInfo | None]()

    def in_the_first_zone(row: ledger.PermissionRow) -> recurring.Permission:
        permission = lasting(row)
        return replace(permission, zone=first.setdefault(row.id, permission.zone))

    with patch.object(ledger, "lasting", in_the_first_zone):
        yield
