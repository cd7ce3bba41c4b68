"""What flows may know of a person and of the Page, and what they change about the Page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from otn_studio.blocks.turn import Contact, PageFacts
from otn_studio.policy import recurring, sending
from otn_studio.policy.profiles import Rules
from otn_studio.runtime.page import Page
from otn_studio.runtime.permissions import ledger
from otn_studio.storage import pages
from otn_studio.storage.engine.lanes import Lane
from otn_studio.storage.permissions import permissions
from otn_studio.storage.permissions.permissions import PermissionRow


@dataclass(frozen=True, eq=False)
class Held(Mapping[str, datetime]):
    """The topics for which a contact holds a permission, and when it can be used next.

    The database is asked when a flow asks, since hardly any does.
    """

    connection: Connection
    contact_id: int
    rules: Rules
    now: datetime

    def __getitem__(self, topic: str) -> datetime:
        rows = permissions.of_contact(self.connection, self.contact_id, topic)
        there = [p for row in rows if (p := _usable(row, self.now)) is not None]
        if (at := sending.next_use(there, self.now, self.rules)) is None:
            raise KeyError(topic)
        return at

    def __iter__(self) -> Iterator[str]:
        topics = permissions.topics_of_contact(self.connection, self.contact_id)
        return iter([topic for topic in topics if topic in self])

    def __len__(self) -> int:
        return len(list(iter(self)))


def _usable(row: PermissionRow, now: datetime) -> sending.Permission | None:
    """A permission as it is once the message that has it, if one has, is out."""
    if row.next_allowed_at is not None:
        return ledger.as_policy(row)
    return None if row.frequency is None else recurring.used(ledger.lasting(row), now)


def person(lane: Lane) -> Contact:
    """The contact, without what changes from moment to moment."""
    fields, tags = lane.fields, frozenset(lane.tags)
    return Contact(str(lane.contact_id), fields, tags, first_seen_at=lane.first_seen_at)


def facts(connection: Connection, page: Page) -> PageFacts:
    """What holds for everybody now."""
    rules = page.rules
    values = pages.fields(connection, page.id)
    return PageFacts(values, rules.zone, page.language, country=rules.country)


def keep(connection: Connection, page: Page, before: PageFacts, after: PageFacts) -> None:
    """Write what has become another value, beside what others have written meanwhile."""
    keys = before.values.keys() | after.values.keys()
    changed = {k: after.values.get(k) for k in keys if before.values.get(k) != after.values.get(k)}
    if changed:
        pages.set_fields(connection, page.id, changed)


def at_the_moment(contact: Contact, held: Held, last_action_at: datetime | None) -> Contact:
    """The contact with what changes from moment to moment."""
    known = contact.id, contact.fields, contact.tags
    return Contact(*known, last_action_at, held, contact.first_seen_at)
