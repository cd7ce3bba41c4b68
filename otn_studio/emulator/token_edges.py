"""What the Graph API tells of the lasting tokens, and what it does with them for developers.

Source: Messenger Platform, "Recurring Notifications": ``notification_message_tokens``, the token
itself, and ``notification_messages_dev_support``.
"""

import base64
import binascii
import math
from dataclasses import replace
from typing import Final

from starlette.datastructures import URL

from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.errors import bad_parameter, person_not_available, refused
from otn_studio.emulator.fields import picked
from otn_studio.emulator.params import Param
from otn_studio.emulator.subscriptions import Subscription
from otn_studio.emulator.world import World
from otn_studio.policy import recurring
from otn_studio.policy.sending import Refusal

_USUAL_LIMIT: Final = 25
_HIGHEST_LIMIT: Final = 100
_TOKEN_LENGTH: Final = 256


def list_tokens(world: World, params: dict, url: URL) -> dict:
    """One page of the tokens that live, the one that changed last at the end.

    A cursor says after which change a page begins. So a token that is used between two pages comes
    twice, and none is left out.
    """
    call = Param(params, "")
    limit = min(call["limit"].number(_USUAL_LIMIT), _HIGHEST_LIMIT)
    after = _read_cursor(call["after"]) if call["after"].present else -1
    rest = [one for one in world.subscriptions.living(world.clock.now()) if one.change > after]
    page = rest[:limit]
    answer: dict = {"data": [picked(describe(one, world), params) for one in page]}
    if page:
        last = _cursor(page[-1])
        answer["paging"] = {"cursors": {"before": _cursor(page[0]), "after": last}}
        if len(rest) > limit:
            token = world.page.access_token
            onward = url.include_query_params(access_token=token, limit=limit, after=last)
            answer["paging"]["next"] = str(onward)
    return answer


def token_info(world: World, token: str) -> dict:
    """One token."""
    return describe(_living(world, token), world)


def support(world: World, params: dict) -> dict:
    """Do for a developer at once what otherwise takes a day, or half a year."""
    call = Param(params, "")
    action = call["developer_action"].one_of("ENABLE_FOLLOWUP_MESSAGE", "SEND_RE_OPTIN")
    token = call["recipient"].object()["notification_messages_token"].text(_TOKEN_LENGTH)
    subscription = _living(world, token)
    if action == "SEND_RE_OPTIN":
        _ask_again(world, subscription)
    else:
        permission = replace(subscription.permission, last_used_at=None, not_before=None)
        world.subscriptions.note(subscription, permission)
    return {"success": True}


def describe(subscription: Subscription, world: World) -> dict:
    """A token as the Graph API shows it. What it does not have is left out."""
    permission, card = subscription.permission, subscription.card
    next_time = recurring.next_allowed_at(permission, world.rules)
    fields = {
        "notification_messages_token": subscription.token,
        "recipient_id": subscription.psid,
        "notification_messages_reoptin": "ENABLED" if card.asks_again else "DISABLED",
        "creation_timestamp": milliseconds(permission.opted_in_at),
        "token_expiry_timestamp": world.habits.written_expiry(permission.expires_at),
        "user_token_status": subscription.token_status,
        "topic_title": card.title,
        "notification_messages_timezone": permission.zone.key,
        "notification_messages_frequency": world.habits.written_frequency(card.frequency),
        "next_eligible_time": math.ceil(next_time.timestamp()),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _ask_again(world: World, subscription: Subscription) -> None:
    if subscription.permission.expires_at is None or not subscription.card.asks_again:
        raise bad_parameter("Re-opt-in is not enabled for this token.")
    if world.people[subscription.psid].blocks_page:
        raise person_not_available()
    world.ask_again(subscription, world.clock.now())


def _living(world: World, token: str) -> Subscription:
    subscription = world.subscriptions.get(token)
    if subscription is None:
        raise refused(Refusal.NO_PERMISSION)
    if not recurring.is_alive(subscription.permission, world.clock.now()):
        raise refused(Refusal.EXPIRED)
    return subscription


def _cursor(subscription: Subscription) -> str:
    return base64.urlsafe_b64encode(str(subscription.change).encode()).decode()


def _read_cursor(cursor: Param) -> int:
    try:
        return int(base64.b64decode(cursor.text(_TOKEN_LENGTH), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        raise bad_parameter("Param after must be a cursor of an earlier page.") from None
