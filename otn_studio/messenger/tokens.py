"""The lasting permissions as Messenger lists them.

Source: Messenger Platform, "Get subscription tokens". Anything but the token and the person may be
missing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otn_studio.messenger.instants import instant
from otn_studio.messenger.untrusted import identifier, text


@dataclass(frozen=True, slots=True)
class ListedToken:
    """One lasting permission. ``frequency`` is in small letters, ``zone`` an IANA name."""

    token: str
    person_id: str
    title: str
    frequency: str
    zone: str
    opted_in_at: datetime | None
    expires_at: datetime | None
    next_eligible_at: datetime | None


def listed_token(entry: dict[str, Any]) -> ListedToken | None:
    """What an entry of the list says; none where it does not say whose it is."""
    token = text(entry.get("notification_messages_token"))
    person_id = identifier(entry.get("recipient_id"))
    if not token or not person_id:
        return None
    return ListedToken(
        token,
        person_id,
        text(entry.get("topic_title")),
        text(entry.get("notification_messages_frequency")).lower(),
        text(entry.get("notification_messages_timezone")),
        instant(entry.get("creation_timestamp")),
        instant(entry.get("token_expiry_timestamp")),
        instant(entry.get("next_eligible_time")),
    )
