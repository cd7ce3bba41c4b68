"""Our lasting permissions beside Messenger's own list: what differs, and how it is put right.

Messenger's word counts. A permission that something happened to in the last minutes is left alone:
the list and the webhooks are on different ways to us.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from otn_studio.blocks.words import Words
from otn_studio.interpreter import reply
from otn_studio.messenger.inbox import Kind
from otn_studio.messenger.tokens import ListedToken
from otn_studio.policy import recurring
from otn_studio.runtime.noting import note_body
from otn_studio.runtime.page import Page
from otn_studio.runtime.permissions import ledger
from otn_studio.runtime.permissions.permitting import UNKNOWN_TOPIC, frequency_of
from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.permissions import permissions, topics
from otn_studio.storage.permissions.permissions import PermissionRow
from otn_studio.storage.sending import sends

_MARGIN: Final = timedelta(minutes=10)
_SAME: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Messenger has it and we have not. ``topic`` is a guess by its title."""

    listed: ListedToken
    topic: str


@dataclass(frozen=True, slots=True)
class Gone:
    """We have it, and Messenger does not list it."""

    row: PermissionRow


@dataclass(frozen=True, slots=True)
class Other:
    """Both have it, and Messenger says something else of it."""

    row: PermissionRow
    values: dict[str, Any]


Difference = Unknown | Gone | Other


def compare(
    connection: Connection,
    page: Page,
    listed: Mapping[str, ListedToken],
    began: datetime,
    newest: int,
) -> list[Difference]:
    """What differs between the list, by token, and the database.

    ``began`` is when the list was asked for, ``newest`` the newest event of that time.
    """
    told_since = inbox.who_told(connection, page.id, Kind.OPTIN, newest)
    found: list[Difference] = []
    unknown = dict(listed)
    titles: dict[str, set[str]] = defaultdict(set)
    for topic in topics.all_topics(connection, page.id, began):
        titles[topics.name_key(topic.name)].add(topic.id)
    for rows in permissions.recurring_of_page(connection, page.id):
        for row in rows:
            titles[topics.name_key(row.title or "")].add(row.topic_id)
            token = unknown.pop(row.token, None)
            if row.contact_id not in told_since:
                found += _difference(row, token, page, began)
    people = set(told_since.values())
    for token in unknown.values():
        if token.person_id not in people and _is_settled(token, began):
            candidates = titles[topics.name_key(token.title)] - {UNKNOWN_TOPIC}
            topic = candidates.pop() if len(candidates) == 1 else UNKNOWN_TOPIC
            found.append(Unknown(token, topic))
    return found


def _is_settled(token: ListedToken, began: datetime) -> bool:
    """Whether the webhook of the yes, if it comes, has come."""
    return token.opted_in_at is None or token.opted_in_at <= began - _MARGIN


def put_right(
    connection: Connection, page: Page, differences: Iterable[Difference], now: datetime
) -> None:
    """Write down what differs, with a note in the timeline for each. The caller commits."""
    differences = list(differences)
    people = {entry.listed.person_id for entry in differences if isinstance(entry, Unknown)}
    contacts = inbox.contacts_of(connection, page.id, people, now)
    ids = {entry.row.id for entry in differences if not isinstance(entry, Unknown)}
    current = permissions.by_id(connection, ids)
    notes = []
    for entry in differences:
        if isinstance(entry, Unknown):
            contact_id = contacts[entry.listed.person_id]
            said = _keep(connection, page, contact_id, entry, now)
        elif current.get(entry.row.id) == entry.row:
            contact_id = entry.row.contact_id
            said = _correct(connection, page, entry, now)
        else:
            continue  # something happened to it since
        bodies = map(note_body, said)
        notes += [Happening("note", contact_id, now, body, to_read=False) for body in bodies]
    inbox.add(connection, page.id, notes, now)


def _difference(
    row: PermissionRow, token: ListedToken | None, page: Page, now: datetime
) -> Iterable[Difference]:
    last = max(row.opted_in_at, row.last_used_at or row.opted_in_at)
    if last > now - _MARGIN or row.next_allowed_at is None:
        return ()
    if token is not None:
        values = _corrections(row, token, page, now)
        return (Other(row, values),) if values else ()
    ends = row.stopped_at is None and recurring.is_alive(ledger.lasting(row), now)
    return (Gone(row),) if ends else ()


def _corrections(
    row: PermissionRow, token: ListedToken, page: Page, now: datetime
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if token.expires_at is not None and _differ(row.expires_at, token.expires_at):
        values["expires_at"] = token.expires_at
    zone = ledger.zone_named(token.zone)
    if zone is not None and zone.key != row.zone:
        values["zone"] = zone.key
    ours, theirs = (
        recurring.next_allowed_at(ledger.lasting(row), page.rules),
        token.next_eligible_at,
    )
    if theirs is not None and max(ours, theirs) > now and _differ(ours, theirs):
        values |= {"not_before": theirs, "next_allowed_at": theirs, "last_used_at": None}
    return values


def _differ(ours: datetime | None, theirs: datetime) -> bool:
    return ours is None or abs(ours - theirs) > _SAME


def _correct(connection: Connection, page: Page, entry: Gone | Other, now: datetime) -> list[Words]:
    if isinstance(entry, Gone):
        ledger.end(connection, entry.row, now)
        return [Words("Messenger does not list a permission any more: it has ended")]
    permissions.change(connection, entry.row.id, **entry.values)
    ledger.count_anew(connection, entry.row.id, page.rules)
    return list(_corrected(entry.values))


def _corrected(values: Mapping[str, Any]) -> Iterator[Words]:
    if at := values.get("expires_at"):
        yield Words("Messenger’s list corrects a permission: it ends at {at}", at=at)
    if zone := values.get("zone"):
        yield Words("Messenger’s list corrects a permission: its time zone is {zone}", zone=zone)
    if at := values.get("not_before"):
        yield Words("Messenger’s list corrects a permission: not to be used before {at}", at=at)


def _keep(
    connection: Connection, page: Page, contact_id: int, entry: Unknown, now: datetime
) -> list[Words]:
    listed = entry.listed
    topic = _asked_for(connection, contact_id, listed.title) or entry.topic
    known = topics.by_id(connection, page.id, [topic]).get(topic)
    opted_in_at = listed.opted_in_at or now
    frequency = frequency_of(listed.frequency, known and known.frequency)
    zone = ledger.zone_named(listed.zone)
    is_new = permissions.keep(
        connection,
        page.id,
        contact_id,
        topic,
        listed.token,
        opted_in_at,
        listed.expires_at or recurring.expires_at(opted_in_at, frequency, page.rules, zone),
        frequency=frequency,
        zone=zone and zone.key,
        title=listed.title or None,
        not_before=listed.next_eligible_at,
    )
    if not is_new:
        return []
    row = permissions.with_token(connection, page.id, listed.token)
    assert row is not None
    ledger.give_back(connection, row, page.rules)
    if topic == UNKNOWN_TOPIC:
        words = Words(
            "Messenger lists a permission that was not here, for no topic of ours: “{title}”",
            title=listed.title,
        )
        return [words]
    return [Words("Messenger lists a permission that was not here: it is kept now")]


def _asked_for(connection: Connection, contact_id: int, title: str) -> str:
    """The topic of the newest request of that title that the person got."""
    for message in sends.request_messages(connection, contact_id, title):
        place = reply.read(message["attachment"]["payload"]["payload"])
        if place is not None:
            return place.topic
    return UNKNOWN_TOPIC
