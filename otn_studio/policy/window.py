"""The 24-hour window in which a Page may answer a person.

Source: Messenger Platform, "Messaging windows": the window is counted from the person's last
action, and only some actions count. Source of the reasons: "messaging_type" and "Message Tags"; of
the tags only HUMAN_AGENT is left since 2026-04-27.
"""

from datetime import datetime, timedelta
from enum import StrEnum

LENGTH = timedelta(hours=24)
HUMAN_AGENT_LENGTH = timedelta(days=7)


class Action(StrEnum):
    """What a person, or Messenger on their behalf, can do in a conversation."""

    MESSAGE = "message"
    BUTTON = "button"
    QUICK_REPLY = "quick_reply"
    REACTION = "reaction"
    LINK = "link"
    OPT_IN = "opt_in"
    DELIVERY = "delivery"
    READ = "read"
    ECHO = "echo"


OPENING_ACTIONS = frozenset(
    {Action.MESSAGE, Action.BUTTON, Action.QUICK_REPLY, Action.REACTION, Action.LINK}
)


class Reason(StrEnum):
    """On what ground a message in the conversation is sent.

    ``HUMAN_AGENT`` is for what a person typed, never for a flow, and needs its own right.
    """

    RESPONSE = "response"
    UPDATE = "update"
    HUMAN_AGENT = "human_agent"


def opens_window(action: Action) -> bool:
    """Whether the action opens or renews the window. Tapping *Notify Me* does not."""
    return action in OPENING_ACTIONS


def ends_at(last_action: datetime, reason: Reason = Reason.RESPONSE) -> datetime:
    """The first instant at which the window that ``last_action`` opened is closed again."""
    return last_action + (HUMAN_AGENT_LENGTH if reason is Reason.HUMAN_AGENT else LENGTH)


def is_open(last_action: datetime | None, now: datetime, reason: Reason = Reason.RESPONSE) -> bool:
    """Whether the Page may write at ``now`` to a person who last acted at ``last_action``."""
    return last_action is not None and now < ends_at(last_action, reason)
