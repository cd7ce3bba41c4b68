"""Messenger's refusals, and what to do about each.

Source: Messenger Platform, "Error codes"; Graph API, "Handling errors". A sub-code says more than its
code, so it is asked first; the HTTP status speaks only where neither is known.
"""

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from otn_studio.blocks.words import Words
from otn_studio.messenger.untrusted import mapping, text


class Reaction(StrEnum):
    """What a refusal means for the send, and for what comes after it."""

    RETRY = "retry"
    """The same call may succeed later."""
    RATE_LIMITED = "rate_limited"
    """The Page, or the app, has made too many calls: they all have to wait."""
    TOO_LATE = "too_late"
    """Outside the 24 hours: wait for the person, or use a permission."""
    TOO_SOON = "too_soon"
    """This permission can't be used again yet."""
    STOPPED = "stopped"
    """The person has stopped this topic."""
    UNREACHABLE = "unreachable"
    """The person has blocked the Page or deleted the conversation."""
    BAD_PERMISSION_OR_PARAMETER = "bad_permission_or_parameter"
    """Final. Messenger gives a spent or expired permission no error of its own."""
    REQUEST_LIMIT = "request_limit"
    """The person was asked for permission too often; final for this request."""
    PAGE_STOPPED = "page_stopped"
    """Nothing that the Page sends will go out until somebody acts."""
    OTHER_APP = "other_app"
    """Another app owns the conversation: wait for it to be handed over."""
    FAILED = "failed"
    """Final, and nothing that we know."""


ATTACHMENTS = frozenset({2018008, 2018047, 2018074})
"""Subcodes of bad parameters that are about a picture or the like, never about a permission."""
BY_SUBCODE = {
    2018278: Reaction.TOO_LATE,
    2534022: Reaction.TOO_LATE,
    2018065: Reaction.TOO_LATE,
    2018354: Reaction.TOO_SOON,
    1893015: Reaction.STOPPED,
    1545041: Reaction.UNREACHABLE,
    2018001: Reaction.BAD_PERMISSION_OR_PARAMETER,
    2018008: Reaction.BAD_PERMISSION_OR_PARAMETER,
    2018047: Reaction.BAD_PERMISSION_OR_PARAMETER,
    2018074: Reaction.BAD_PERMISSION_OR_PARAMETER,
    2018352: Reaction.REQUEST_LIMIT,
    1893016: Reaction.REQUEST_LIMIT,
    1404170: Reaction.PAGE_STOPPED,
    1893063: Reaction.PAGE_STOPPED,
    2018300: Reaction.OTHER_APP,
    2018321: Reaction.OTHER_APP,
    2018338: Reaction.RATE_LIMITED,
    2534040: Reaction.RATE_LIMITED,
}
BY_CODE = {
    551: Reaction.UNREACHABLE,
    100: Reaction.BAD_PERMISSION_OR_PARAMETER,
    190: Reaction.PAGE_STOPPED,
    230: Reaction.PAGE_STOPPED,  # the permission to send was taken from the app
    2018300: Reaction.OTHER_APP,
    2018321: Reaction.OTHER_APP,
    4: Reaction.RATE_LIMITED,
    32: Reaction.RATE_LIMITED,
    613: Reaction.RATE_LIMITED,
    80006: Reaction.RATE_LIMITED,
    1200: Reaction.RETRY,
    2: Reaction.RETRY,
    -1: Reaction.RETRY,
}
WORDS = {
    Reaction.RETRY: Words("Messenger can’t take the message right now; it is tried again"),
    Reaction.RATE_LIMITED: Words(
        "The Page sends faster than Messenger takes it; it is tried again"
    ),
    Reaction.TOO_LATE: Words("More than 24 hours have passed since this person last did something"),
    Reaction.TOO_SOON: Words("It is too soon for another message on this topic"),
    Reaction.STOPPED: Words("This person has stopped messages on this topic"),
    Reaction.UNREACHABLE: Words("This person has blocked the Page or deleted the conversation"),
    Reaction.BAD_PERMISSION_OR_PARAMETER: Words(
        "Messenger refused the message: the permission is used or expired, or something in the "
        "message is not allowed"
    ),
    Reaction.REQUEST_LIMIT: Words("This person was asked for permission too often"),
    Reaction.PAGE_STOPPED: Words("Messenger does not let the Page send until it is put right"),
    Reaction.OTHER_APP: Words("Another app is leading this conversation"),
    Reaction.FAILED: Words("Messenger refused the message"),
}
BAD_PARAMETER = 100
BAD_TOKEN = 190
"""Among the codes with which nothing goes out, the one that is about the access token."""
_LONGEST_WAIT = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class GraphError:
    """A refusal. ``message`` is Messenger's own, for logs; people read ``words``."""

    code: int | None
    subcode: int | None
    message: str
    reaction: Reaction
    retry_after_seconds: int | None = None

    @property
    def words(self) -> Words:
        """What happened, in a sentence for people."""
        return WORDS[self.reaction]


def error_in(
    status: int, body: Any, retry_after: str | None = None, date: str | None = None
) -> GraphError | None:
    """The error that an answer holds: Messenger also puts one into an answer with HTTP 200.

    ``body`` is what the answer's JSON says, ``None`` where it could not be read. ``retry_after`` and
    ``date`` are its headers of these names.
    """
    error = mapping(body).get("error")
    if 200 <= status < 300 and not isinstance(error, dict):
        return None
    error = mapping(error)
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    return GraphError(
        code,
        subcode,
        text(error.get("message")),
        reaction_to(status, code, subcode),
        _seconds(retry_after, date),
    )


def reaction_to(status: int, code: int | None = None, subcode: int | None = None) -> Reaction:
    """What to do about a refusal.

    >>> reaction_to(400, 4, 2018354)
    <Reaction.TOO_SOON: 'too_soon'>
    """
    by_status = Reaction.RETRY if status >= 500 else Reaction.FAILED
    if status == 429:
        by_status = Reaction.RATE_LIMITED
    return BY_SUBCODE.get(subcode) or BY_CODE.get(code) or by_status


def _number(value: Any) -> int | None:
    return int(value) if re.fullmatch(r"-?[0-9]{1,15}", str(value)) else None


def _seconds(retry_after: str | None, date: str | None) -> int | None:
    """``Retry-After`` in seconds; where it is an instant, counted from the answer's own ``Date``, so
    that our clock may be wrong."""
    seconds = _number(retry_after)
    if seconds is None and (until := _instant(retry_after)) and (since := _instant(date)):
        seconds = math.ceil((until - since).total_seconds())
    return seconds if seconds is not None and 0 <= seconds <= _LONGEST_WAIT else None


def _instant(date: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(date or "")
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
