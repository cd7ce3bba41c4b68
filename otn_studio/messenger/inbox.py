"""Webhooks apart into single events, before anybody asks what they mean.

Shallow and unbreakable: it runs before Messenger gets its answer, and an error here would make
Messenger repeat the same batch until it gives up on us.

Source: Messenger Platform, "Webhooks" and the references of its events. Beyond them it is known that
ids can be numbers, times can be seconds, and anything can be missing.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from otn_studio.messenger.instants import instant
from otn_studio.messenger.untrusted import identifier, mapping, mappings, parsed


class Kind(StrEnum):
    """What sort of event it is. ``OTHER`` is real, but nothing that we act on."""

    MESSAGE = "message"
    POSTBACK = "postback"
    OPTIN = "optin"
    REFERRAL = "referral"
    REACTION = "reaction"
    DELIVERY = "delivery"
    READ = "read"
    ECHO = "echo"
    POLICY = "policy"
    HANDOVER = "handover"
    STANDBY = "standby"
    """Another app leads the conversation; we may look on."""
    CHANGE = "change"
    """About the Page itself, such as a comment below a post."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Received:
    """One event, as it came.

    ``person_id`` is empty where Messenger names nobody. ``key`` is the same for every repeat of the
    event and different for everything else.
    """

    page_id: str
    person_id: str
    at: datetime
    kind: Kind
    key: str
    item: dict[str, Any]


_KINDS = {
    "message": Kind.MESSAGE,
    "postback": Kind.POSTBACK,
    "optin": Kind.OPTIN,
    "referral": Kind.REFERRAL,
    "reaction": Kind.REACTION,
    "delivery": Kind.DELIVERY,
    "read": Kind.READ,
    "policy_enforcement": Kind.POLICY,
    "policy-enforcement": Kind.POLICY,
    "pass_thread_control": Kind.HANDOVER,
    "take_thread_control": Kind.HANDOVER,
}
_EARLIEST = datetime(2011, 8, 9, tzinfo=UTC)
"""The day that Messenger was born: an earlier time is a mistake."""
_AHEAD = timedelta(days=1)
"""How far Messenger's clock may be ahead of ours before we take its time for a mistake."""


def unpack(body: bytes, now: datetime) -> list[Received]:
    """The events in a webhook, in the order in which they came; none where it is not a Page's.

    ``now`` is the time of events that don't say when they happened.
    """
    batch = mapping(parsed(body))
    if batch.get("object") != "page":
        return []
    return [event for entry in mappings(batch.get("entry")) for event in _events(entry, now)]


def _events(entry: dict[str, Any], now: datetime) -> Iterator[Received]:
    for item in mappings(entry.get("messaging")):
        yield _received(entry, item, _kind(item), now)
    for item in mappings(entry.get("standby")):
        yield _received(entry, item, Kind.STANDBY, now)
    for item in mappings(entry.get("changes")):
        yield _received(entry, item, Kind.CHANGE, now)


def _received(entry: dict[str, Any], item: dict[str, Any], kind: Kind, now: datetime) -> Received:
    page_id, person_id = _who(entry, item)
    return Received(
        page_id,
        person_id,
        _instant(item.get("timestamp"), now) or _instant(entry.get("time"), now) or now,
        kind,
        _key(page_id, kind, item),
        item,
    )


def _kind(item: dict[str, Any]) -> Kind:
    found = (kind for name, kind in _KINDS.items() if isinstance(item.get(name), dict))
    kind = next(found, Kind.OTHER)
    if kind is not Kind.MESSAGE:
        return kind
    if item["message"].get("is_deleted"):
        return Kind.OTHER
    return Kind.ECHO if _is_echo(item) else Kind.MESSAGE


def _is_echo(item: dict[str, Any]) -> bool:
    return bool(mapping(item.get("message")).get("is_echo"))


def _who(entry: dict[str, Any], item: dict[str, Any]) -> tuple[str, str]:
    """The Page and the person. In an echo the Page is the sender.

    Older documentation prints echoes the other way round, so the Page itself is never the person.
    """
    sender = identifier(mapping(item.get("sender")).get("id")) or _commented_by(entry, item)
    recipient = identifier(mapping(item.get("recipient")).get("id"))
    person, page = (recipient, sender) if _is_echo(item) else (sender, recipient)
    page_id = identifier(entry.get("id")) or page
    return page_id, page if _is_echo(item) and person == page_id else person


def _commented_by(entry: dict[str, Any], item: dict[str, Any]) -> str:
    """Who has written a comment below a post; the Page itself is nobody, and so is who changes one."""
    value = mapping(item.get("value"))
    is_new = (value.get("item"), value.get("verb")) == ("comment", "add")
    person = identifier(mapping(value.get("from")).get("id"))
    return person if is_new and person != identifier(entry.get("id")) else ""


def _instant(value: Any, now: datetime) -> datetime | None:
    found = instant(value)
    return found if found and _EARLIEST <= found <= now + _AHEAD else None


def _key(page_id: str, kind: Kind, item: dict[str, Any]) -> str:
    """What tells a repeat. Edits and reactions carry the ``mid`` of the message that they are about,
    so only messages and echoes go by it."""
    by_mid = kind in (Kind.MESSAGE, Kind.ECHO)
    mid = identifier(mapping(item.get("message")).get("mid")) if by_mid else ""
    return f"{page_id}:{kind}:{mid or _digest(item)}"


def _digest(item: dict[str, Any]) -> str:
    canonical = json.dumps(item, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
