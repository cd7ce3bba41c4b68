"""What a webhook's event means in a conversation.

Source: Messenger Platform, references of the webhook events. What a person did not do on purpose, and
what we have no use for, is no event: ``None``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otn_studio.blocks.event import (
    Event,
    OpenedLink,
    OptedIn,
    PressedGetStarted,
    Reacted,
    Tapped,
    Wrote,
)
from otn_studio.messenger.inbox import Kind
from otn_studio.messenger.untrusted import identifier, mapping, text

GET_STARTED = "GET_STARTED"
"""What we put behind the Get Started button."""


def event_of(received_kind: str, item: dict[str, Any], at: datetime) -> Event | None:
    """The event that a received item is, for the person who caused it."""
    read = _READERS.get(received_kind)
    return read(item, at) if read else None


def _message(item: dict[str, Any], at: datetime) -> Event:
    """A message that Messenger can't show to us (``is_unsupported``) was written all the same."""
    message = mapping(item.get("message"))
    reply = text(mapping(message.get("quick_reply")).get("payload"))
    return Tapped(at, reply) if reply else Wrote(at, text(message.get("text")))


def _postback(item: dict[str, Any], at: datetime) -> Event:
    postback = mapping(item.get("postback"))
    payload = text(postback.get("payload"))
    if payload == GET_STARTED:
        return PressedGetStarted(at, text(mapping(postback.get("referral")).get("ref")))
    return Tapped(at, payload)


def _referral(item: dict[str, Any], at: datetime) -> Event | None:
    referral = mapping(item.get("referral"))
    ref = text(referral.get("ref"))
    return OpenedLink(at, ref) if ref and referral.get("type") == "OPEN_THREAD" else None


def _reaction(item: dict[str, Any], at: datetime) -> Event | None:
    """The documentation has "reacts to a message" open the window, not taking a reaction away."""
    return Reacted(at) if mapping(item.get("reaction")).get("action") == "react" else None


def _optin(item: dict[str, Any], at: datetime) -> Event | None:
    """Plugins and recurring notifications opt in by the same event, with other types."""
    optin = mapping(item.get("optin"))
    reply, token = text(optin.get("payload")), text(optin.get("one_time_notif_token"))
    is_one_time = optin.get("type") == "one_time_notif_req"
    return OptedIn(at, reply, token) if is_one_time and reply and token else None


_READERS: dict[str, Callable[[dict[str, Any], datetime], Event | None]] = {
    Kind.MESSAGE: _message,
    Kind.POSTBACK: _postback,
    Kind.REFERRAL: _referral,
    Kind.REACTION: _reaction,
    Kind.OPTIN: _optin,
}


@dataclass(frozen=True, slots=True)
class Echo:
    """A message that the Page sent, by whichever app or hand. ``metadata`` is what its app gave it."""

    mid: str
    metadata: str | None
    app_id: str | None


def echo_of(item: dict[str, Any]) -> Echo | None:
    """The echo that an item is, if it is one."""
    message = mapping(item.get("message"))
    if not message.get("is_echo"):
        return None
    return Echo(
        identifier(message.get("mid")),
        text(message.get("metadata")) or None,
        identifier(message.get("app_id")) or None,
    )
