"""May this message go now? The one judgement, asked by the engine at the moment of sending, by the
emulator when it arrives, and by the checks of every moment that could be.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from otn_studio.policy import limits, one_time, recurring, requests, window
from otn_studio.policy.profiles import Rules
from otn_studio.policy.requests import Asked
from otn_studio.policy.window import Reason

Permission = one_time.Permission | recurring.Permission


class Refusal(StrEnum):
    """Why a message may not be sent. ``TOO_LATE`` is about the window, most about permission."""

    TOO_LATE = "too_late"
    NO_PERMISSION = "no_permission"
    USED = "used"
    EXPIRED = "expired"
    STOPPED = "stopped"
    TOO_SOON = "too_soon"
    TOO_LONG = "too_long"
    NOT_IN_COUNTRY = "not_in_country"
    ASKED_LATELY = "asked_lately"
    REQUEST_LIMIT = "request_limit"
    NOT_A_REPLY = "not_a_reply"


CODES: Final[Mapping[Refusal, tuple[int, int | None]]] = {
    Refusal.TOO_LATE: (10, 2018278),
    Refusal.NO_PERMISSION: (100, None),
    Refusal.USED: (100, None),
    Refusal.EXPIRED: (100, None),
    Refusal.STOPPED: (10, 1893015),
    Refusal.TOO_SOON: (4, 2018354),
    Refusal.TOO_LONG: (100, None),
    Refusal.NOT_IN_COUNTRY: (100, None),
    Refusal.ASKED_LATELY: (613, 1893016),
    Refusal.REQUEST_LIMIT: (9, 2018352),
    Refusal.NOT_A_REPLY: (100, None),
}
"""Messenger's code and subcode. What a spent or expired permission, a follow-up that is too long, and
a retired feature answer is not documented; the general *bad parameter* stands for them."""


def judge_in_conversation(
    last_action: datetime | None, now: datetime, reason: Reason = Reason.RESPONSE
) -> Refusal | None:
    """Judge a message that needs the window. ``None`` means that it may go."""
    return None if window.is_open(last_action, now, reason) else Refusal.TOO_LATE


def judge_private_reply(until: datetime, single: bool, now: datetime) -> Refusal | None:
    """Judge what answers a comment. ``single``: it is one message, and no request."""
    if not single:
        return Refusal.NOT_A_REPLY
    return None if now < until else Refusal.TOO_LATE


def judge_request(
    last_action: datetime | None, title: str, asked: Collection[Asked], now: datetime, rules: Rules
) -> Refusal | None:
    """Judge a request for a lasting permission. ``asked`` is what the person was asked before."""
    if not rules.allow_recurring:
        return Refusal.NOT_IN_COUNTRY
    if not window.is_open(last_action, now):
        return Refusal.TOO_LATE
    if requests.was_asked_lately(title, asked, now):
        return Refusal.ASKED_LATELY
    return Refusal.REQUEST_LIMIT if requests.exceeds_budget(rules, asked, now) else None


def judge_by_permission(
    permission: Permission | None, now: datetime, rules: Rules, length: int = 0
) -> Refusal | None:
    """Judge a message that uses ``permission``, in the window or out of it.

    ``length`` is the text's, in code points: follow-ups have to be short.
    """
    match permission:
        case None:
            return Refusal.NO_PERMISSION
        case one_time.Permission():
            if permission.used:
                return Refusal.USED
            if permission.stopped:
                return Refusal.STOPPED
            return None if one_time.is_usable(permission, now) else Refusal.EXPIRED
        case recurring.Permission():
            return _judge_recurring(permission, now, rules, length)


def _judge_recurring(
    permission: recurring.Permission, now: datetime, rules: Rules, length: int
) -> Refusal | None:
    if not rules.allow_recurring:
        return Refusal.NOT_IN_COUNTRY
    if not recurring.is_alive(permission, now):
        return Refusal.EXPIRED
    if permission.stopped:
        return Refusal.STOPPED
    if recurring.is_follow_up(permission, now):
        return Refusal.TOO_LONG if length > limits.FOLLOW_UP_TEXT else None
    return Refusal.TOO_SOON if now < recurring.next_allowed_at(permission, rules) else None


def choose(
    permissions: Iterable[Permission], now: datetime, rules: Rules, length: int = 0
) -> tuple[Permission | None, Refusal | None]:
    """The permission to use next, the oldest that can be, so that the fewest run out unused.

    Without one that can be used, the refusal of the one that was given last.
    """
    oldest_first = sorted(permissions, key=lambda p: (p.opted_in_at, p.id))
    refusal: Refusal | None = Refusal.NO_PERMISSION
    for permission in oldest_first:
        refusal = judge_by_permission(permission, now, rules, length)
        if refusal is None:
            return permission, None
    return None, refusal


def next_use(permissions: Iterable[Permission], now: datetime, rules: Rules) -> datetime | None:
    """The first instant from now on at which one of these can be used, follow-ups apart."""
    return min(
        (at for p in permissions if (at := _next_use(p, now, rules)) is not None), default=None
    )


def _next_use(permission: Permission, now: datetime, rules: Rules) -> datetime | None:
    if isinstance(permission, one_time.Permission):
        return now if judge_by_permission(permission, now, rules) is None else None
    at = max(now, recurring.next_allowed_at(permission, rules))
    unused = not permission.stopped and rules.allow_recurring
    return at if unused and recurring.is_alive(permission, at) else None
