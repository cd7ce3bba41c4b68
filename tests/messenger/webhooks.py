"""Webhooks as Messenger writes them, for the tests of this room."""

import json
from datetime import UTC, datetime

PAGE, PERSON = "1122334455", "9988776655"
AT = datetime(2024, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)
NOW = datetime(2024, 3, 1, 12, 0, 7, tzinfo=UTC)


def item(**content) -> dict:
    """A messaging item from the person to the Page."""
    sides = {"sender": {"id": PERSON}, "recipient": {"id": PAGE}}
    return {**sides, "timestamp": 1709294400250, **content}


def echo_item(**message) -> dict:
    """The echo of a message that the Page sent."""
    sides = {"sender": {"id": PAGE}, "recipient": {"id": PERSON}}
    return {**sides, "timestamp": 1709294400250, "message": {"is_echo": True, **message}}


def entry(*items: dict, **others) -> dict:
    return {"id": PAGE, "time": 1709294401000, "messaging": list(items), **others}


def batch(*entries: dict) -> bytes:
    return json.dumps({"object": "page", "entry": list(entries)}).encode()


SAMPLES = {
    "message": item(message={"mid": "m_1", "text": "Hello"}),
    "quick reply": item(
        message={"mid": "m_2", "text": "Yes", "quick_reply": {"payload": "flow:yes"}}
    ),
    "postback": item(postback={"mid": "m_3", "title": "Go", "payload": "flow:go"}),
    "get started": item(
        postback={
            "payload": "GET_STARTED",
            "referral": {"ref": "poster", "source": "SHORTLINK", "type": "OPEN_THREAD"},
        }
    ),
    "referral": item(referral={"ref": "poster", "source": "SHORTLINK", "type": "OPEN_THREAD"}),
    "reaction": item(reaction={"mid": "m_1", "action": "react", "reaction": "love", "emoji": "❤"}),
    "one-time opt-in": item(
        optin={"type": "one_time_notif_req", "payload": "flow:otn", "one_time_notif_token": "tok"}
    ),
    "delivery": item(delivery={"mids": ["m_9"], "watermark": 1709294400000}),
    "read": item(read={"watermark": 1709294400000}),
    "echo": echo_item(mid="m_9", app_id=123, metadata="send-7", text="Hi"),
    "policy": {
        "recipient": {"id": PAGE},
        "timestamp": 1709294400250,
        "policy_enforcement": {"action": "block", "reason": "Spam"},
    },
    "edit": item(message_edit={"mid": "m_1", "text": "Hullo", "num_edit": 1}),
}
