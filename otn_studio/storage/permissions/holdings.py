"""What people hold and held, to be looked at: never the token by which a permission is used."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, select

from otn_studio.storage.tables import permission


class Status(StrEnum):
    """What can be done with a permission now."""

    USABLE = "usable"
    WAITS = "waits"
    """It can be used again from an instant on."""
    TAKEN = "taken"
    """A message has it just now; a lasting one comes free again."""
    USED = "used"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Holding:
    """A permission of a contact."""

    id: int
    contact_id: int
    topic_id: str
    frequency: str | None
    opted_in_at: datetime
    expires_at: datetime | None
    next_allowed_at: datetime | None
    stopped_at: datetime | None

    def status(self, now: datetime) -> Status:
        if self.next_allowed_at is None and self.frequency is None:
            return Status.USED
        if self.expires_at is not None and self.expires_at <= now:
            return Status.ENDED
        if self.stopped_at is not None:
            return Status.STOPPED
        if self.next_allowed_at is None:
            return Status.TAKEN
        return Status.USABLE if self.next_allowed_at <= now else Status.WAITS


def of_contacts(connection: Connection, contact_ids: Collection[int]) -> dict[int, list[Holding]]:
    """All permissions that these people ever gave, the latest first."""
    found: dict[int, list[Holding]] = defaultdict(list)
    for row in connection.execute(_OF_CONTACTS, {"ids": list(contact_ids)}):
        found[row.contact_id].append(Holding(*row))
    return found


_OF_CONTACTS = (
    select(*(permission.c[name] for name in Holding.__slots__))
    .where(permission.c.contact_id.in_(bindparam("ids", expanding=True)))
    .order_by(permission.c.contact_id, permission.c.opted_in_at.desc(), permission.c.id.desc())
)
