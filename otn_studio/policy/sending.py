"""May this message go now? The one judgement that the engine asks at the moment of sending."""

from datetime import datetime
from enum import StrEnum

from otn_studio.policy import one_time, window
from otn_studio.policy.one_time import Permission


class Refusal(StrEnum):
    """Why a message may not be sent. ``TOO_LATE`` is about the window, the rest about permission."""

    TOO_LATE = "too_late"
    NO_PERMISSION = "no_permission"
    USED = "used"
    EXPIRED = "expired"


def judge_in_conversation(last_action: datetime | None, now: datetime) -> Refusal | None:
    """Judge a message that needs the window. ``None`` means that it may go."""
    return None if window.is_open(last_action, now) else Refusal.TOO_LATE


def judge_by_permission(permission: Permission | None, now: datetime) -> Refusal | None:
    """Judge a message that spends ``permission``, in the window or out of it."""
    if permission is None:
        return Refusal.NO_PERMISSION
    if permission.used:
        return Refusal.USED
    return None if one_time.is_usable(permission, now) else Refusal.EXPIRED
