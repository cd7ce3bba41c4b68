"""What a webhook's event means in a conversation.

Source: Messenger Platform, references of the webhook events. What a person did not do on purpose, and
what we have no use for, is no event: ``None``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otn_studio.blocks.event import (
    ChoseEntry,
    Commented,
    Event,
    Lasting,
    OpenedLink,
    OptedIn,
    PressedGetStarted,
    Reacted,
    Resumed,
    Stopped,
    Tapped,
    Wrote,
)
from otn_studio.interpreter.reply import is_ours
from otn_studio.messenger.inbox import Kind
from otn_studio.messenger.instants import instant
from otn_studio.messenger.untrusted import identifier, mapping, mappings, text

GET_STARTED = "GET_STARTED"
"""What we put behind the Get Started button."""


_ENTRY = "otn-start"
"""What we put behind an entry of the menu, or a question, begins with this."""


def entry_payload(flow: str, block: str) -> str:
    """What we put behind an entry that starts a flow at that block, in whichever version is live."""
    return f"{_ENTRY}|{flow}|{block}"


def event_of(received_kind: str, item: dict[str, Any], at: datetime) -> Event | None:
    """The event that a received item is, for the person who caused it."""
    read = _READERS.get(received_kind)
    return read(item, at) if read else None


def _message(item: dict[str, Any], at: datetime) -> Event:
    """A message that Messenger can't show to us (``is_unsupported``) was written all the same.

    Behind the quick replies with which a person sends their own number or address stands just that.
    """
    message = mapping(item.get("message"))
    reply = text(mapping(message.get("quick_reply")).get("payload"))
    if is_ours(reply):
        return Tapped(at, reply)
    return Wrote(at, reply or text(message.get("text")), _files(message))


def _files(message: dict[str, Any]) -> tuple[str, ...]:
    """The addresses of the pictures and other files that were sent along."""
    if "attachments" not in message:
        return ()
    payloads = [mapping(sent.get("payload")) for sent in mappings(message["attachments"])]
    return tuple(url for payload in payloads if (url := text(payload.get("url"))))


def _postback(item: dict[str, Any], at: datetime) -> Event:
    postback = mapping(item.get("postback"))
    payload = text(postback.get("payload"))
    if payload == GET_STARTED:
        return PressedGetStarted(at, text(mapping(postback.get("referral")).get("ref")))
    match payload.split("|"):
        case [mark, flow, block] if mark == _ENTRY:
            return ChoseEntry(at, flow, block)
    return Tapped(at, payload)


def _referral(item: dict[str, Any], at: datetime) -> Event | None:
    referral = mapping(item.get("referral"))
    ref = text(referral.get("ref"))
    return OpenedLink(at, ref) if ref and referral.get("type") == "OPEN_THREAD" else None


def _reaction(item: dict[str, Any], at: datetime) -> Event | None:
    """The documentation has "reacts to a message" open the window, not taking a reaction away."""
    return Reacted(at) if mapping(item.get("reaction")).get("action") == "react" else None


def _change(item: dict[str, Any], at: datetime) -> Event | None:
    """Of all that happens to the Page's posts, a new comment."""
    value = mapping(item.get("value"))
    comment = identifier(value.get("comment_id"))
    is_new = (value.get("item"), value.get("verb")) == ("comment", "add")
    if item.get("field") != "feed" or not is_new or not comment:
        return None
    return Commented(at, identifier(value.get("post_id")), comment, text(value.get("message")))


def _optin(item: dict[str, Any], at: datetime) -> Event | None:
    """Plugins opt in by the same event, with another type or none."""
    optin = mapping(item.get("optin"))
    read = _OPT_INS.get(text(optin.get("type")))
    return read(optin, at) if read else None


def _one_time(optin: dict[str, Any], at: datetime) -> Event | None:
    reply, token = text(optin.get("payload")), text(optin.get("one_time_notif_token"))
    return OptedIn(at, reply, token) if reply and token else None


def _recurring(optin: dict[str, Any], at: datetime) -> Event | None:
    """A yes, another yes before the end, a stop and a going on are told apart by a status.

    The documentation writes it with a space, and Messenger with an underscore.
    """
    token = text(optin.get("notification_messages_token"))
    if not token:
        return None
    status = text(optin.get("notification_messages_status")).replace("_", " ").upper()
    match status.split():
        case ["STOP", *_]:
            return Stopped(at, token)
        case ["RESUME", *_]:
            return Resumed(at, token)
    return OptedIn(at, text(optin.get("payload")), token, _lasting(optin))


def _lasting(optin: dict[str, Any]) -> Lasting:
    return Lasting(
        frequency=text(optin.get("notification_messages_frequency")).lower(),
        expires_at=instant(optin.get("token_expiry_timestamp")),
        zone=text(optin.get("notification_messages_timezone")),
        title=text(optin.get("title")),
        renewed=text(optin.get("user_token_status")).upper() == "REFRESHED",
    )


_OPT_INS: dict[str, Callable[[dict[str, Any], datetime], Event | None]] = {
    "one_time_notif_req": _one_time,
    "notification_messages": _recurring,
}
_READERS: dict[str, Callable[[dict[str, Any], datetime], Event | None]] = {
    Kind.MESSAGE: _message,
    Kind.POSTBACK: _postback,
    Kind.REFERRAL: _referral,
    Kind.REACTION: _reaction,
    Kind.OPTIN: _optin,
    Kind.CHANGE: _change,
}


@dataclass(frozen=True, slots=True)
class Echo:
    """A message that the Page sent, by whichever app or hand. ``metadata`` is what its app gave it."""

    mid: str
    metadata: str | None
    app_id: str | None

    @property
    def is_ours(self) -> bool:
        """We give every message its number, and no colleague does."""
        return (self.metadata or "").isdecimal()


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


def hands_over_to_us(item: dict[str, Any]) -> bool:
    """Whether the app that is told of a hand-over is the one that leads from now on.

    Messenger tells of ``pass_thread_control`` whom it was passed to, and of ``take_thread_control``
    whom it was taken from.
    """
    return isinstance(item.get("pass_thread_control"), dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """What Messenger does about the Page: ``block``, ``unblock`` or ``warning``; and why."""

    action: str
    reason: str


def policy_of(item: dict[str, Any]) -> Policy | None:
    """What an item tells of Messenger's policy, if it does. Both spellings are seen."""
    found = mapping(item.get("policy_enforcement")) or mapping(item.get("policy-enforcement"))
    if not found:
        return None
    return Policy(text(found.get("action")).lower(), text(found.get("reason")))
