"""Messenger forbids a Page to send, or lets it again, and says so.

Source: Messenger Platform, webhook ``messaging_policy_enforcement``.
"""

from typing import Final

from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.events import Event
from otn_studio.emulator.world import World

_REASON: Final = "The bot violated our Platform Policies."


def enforce(world: World, body: dict) -> Event:
    """Forbid or allow, as the body says: ``action`` is *block* or *unblock*."""
    action, reason = body.get("action"), body.get("reason", _REASON)
    if action not in ("block", "unblock") or not isinstance(reason, str):
        raise Problem('"action" must be block or unblock, and "reason" a text.')
    world.is_restricted = action == "block"
    told = {"action": action} | ({"reason": reason} if world.is_restricted else {})
    return {
        "recipient": {"id": world.page.id},
        "timestamp": milliseconds(world.clock.now()),
        world.habits.policy: told,
    }
