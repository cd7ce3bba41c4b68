"""Which kinds of webhooks a Page sends to the app: the fields of ``subscribed_apps``.

Source: Graph API, "Page Subscribed Apps"; Messenger Platform, "Webhooks".
"""

from typing import Final

from otn_studio.emulator.errors import bad_parameter
from otn_studio.emulator.events import Event
from otn_studio.emulator.params import Param, parse_json

ALL: Final = (
    "messages",
    "messaging_postbacks",
    "messaging_optins",
    "messaging_referrals",
    "message_reactions",
    "message_deliveries",
    "message_reads",
    "message_echoes",
    "message_edits",
    "message_context",
    "messaging_account_linking",
    "messaging_customer_information",
    "messaging_fblogin_account_linking",
    "messaging_feedback",
    "messaging_game_plays",
    "messaging_handovers",
    "messaging_optouts",
    "messaging_policy_enforcement",
    "inbox_labels",
    "send_cart",
    "standby",
    "conversations",
    "feed",
    "leadgen",
    "live_videos",
    "mention",
    "ratings",
    "videos",
)
_OF_EVENT: Final = {
    "message": "messages",
    "postback": "messaging_postbacks",
    "optin": "messaging_optins",
    "referral": "messaging_referrals",
    "reaction": "message_reactions",
    "delivery": "message_deliveries",
    "read": "message_reads",
    "policy_enforcement": "messaging_policy_enforcement",
    "policy-enforcement": "messaging_policy_enforcement",
    "pass_thread_control": "messaging_handovers",
    "take_thread_control": "messaging_handovers",
    "request_thread_control": "messaging_handovers",
}


def field_of(event: Event) -> str:
    """The field by which an app subscribes to such an event."""
    if event.get("message", {}).get("is_echo"):
        return "message_echoes"
    if "field" in event:
        return event["field"]
    return next(field for what, field in _OF_EVENT.items() if what in event)


def read_fields(params: dict) -> tuple[str, ...]:
    """The fields of a call: a list, a list written as JSON, or words with commas between them."""
    given = Param(params, "")["subscribed_fields"]
    names = given.value
    if isinstance(names, str):
        is_json = names.lstrip().startswith("[")
        names = parse_json(names, given.path) if is_json else names.split(",")
    if not isinstance(names, list) or not names:
        raise bad_parameter("Param subscribed_fields must be a list of fields.")
    wanted = {Param(name, f"{given.path}[{at}]").one_of(*ALL) for at, name in enumerate(names)}
    return tuple(name for name in ALL if name in wanted)
