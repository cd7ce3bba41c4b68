"""What people of the Page do by hand with one of its contacts: write to them, and change what is known.

Whoever writes by hand leads the conversation for a while, as a colleague does who answers in the
Page's own inbox: see `colleagues`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.outgoing import TextMessage
from otn_studio.blocks.words import Problem, Words
from otn_studio.messenger.payloads import message_body
from otn_studio.policy import limits, window
from otn_studio.policy.window import Reason
from otn_studio.runtime.conversing import colleagues
from otn_studio.runtime.noting import note_body
from otn_studio.runtime.page import Page
from otn_studio.runtime.publishing import wake_engine
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.people import contacts
from otn_studio.storage.people.contacts import ContactRow
from otn_studio.storage.permissions import permissions
from otn_studio.storage.sending import sends


def ground(last_action_at: datetime | None, now: datetime, human_agent: bool) -> Reason | None:
    """On what ground a person may be written to by hand now; none: it is too late."""
    if window.is_open(last_action_at, now):
        return Reason.RESPONSE
    may = human_agent and window.is_open(last_action_at, now, Reason.HUMAN_AGENT)
    return Reason.HUMAN_AGENT if may else None


def write(database: Database, page: Page, contact_id: int, text: str, now: datetime) -> None:
    """Send a person a text. The bot keeps quiet for a while.

    Raises:
        Problem: Messenger would not take it.
    """
    _refuse_text(text)
    with _changing(database, page.id, contact_id) as (connection, row):
        if row.unreachable_at is not None:
            raise Problem("The person can’t be reached: they blocked the Page or left.")
        if ground(row.last_action_at, now, page.human_agent) is None:
            raise Problem(
                "The person wrote too long ago. They can be answered again once they write."
            )
        sends.put_by_hand(connection, page.id, row.id, message_body(TextMessage(text), str), now)
        until = now + page.quiet_after_colleague
        if until > max(now, row.quiet_until or now):
            contacts.set_quiet(connection, row.id, until)
            words = colleagues.keeps_quiet(until)
            _note(connection, page.id, row.id, words, now)
    wake_engine(database, page.id)


def set_field(
    database: Database, page_id: str, contact_id: int, key: str, value: str, now: datetime
) -> None:
    """Store a value with a person; an empty one takes the field away.

    Raises:
        Problem: it is too long.
    """
    value = value.strip()
    if len(value) > VALUE_LIMIT:
        raise Problem("A field holds {limit} characters. Shorten it.", limit=VALUE_LIMIT)
    with _changing(database, page_id, contact_id) as (connection, row):
        others = {name: known for name, known in row.fields.items() if name != key}
        fields = {**others, key: value} if value else others
        contacts.know(connection, page_id, row.id, fields, row.tags)
        words = Words("{field} was set to “{value}” by hand", field=key, value=value)
        if not value:
            words = Words("{field} was emptied by hand", field=key)
        _note(connection, page_id, row.id, words, now)


def add_tag(database: Database, page_id: str, contact_id: int, tag: str, now: datetime) -> None:
    """Put a tag on a person.

    Raises:
        Problem: it is empty or too long.
    """
    tag = " ".join(tag.split())
    if not 0 < len(tag) <= limits.TAG:
        raise Problem("A tag has 1 to {limit} characters.", limit=limits.TAG)
    with _changing(database, page_id, contact_id) as (connection, row):
        if tag not in row.tags:
            contacts.know(connection, page_id, row.id, row.fields, {*row.tags, tag})
            _note(connection, page_id, row.id, Words("Tagged “{tag}” by hand", tag=tag), now)


def remove_tag(database: Database, page_id: str, contact_id: int, tag: str, now: datetime) -> None:
    with _changing(database, page_id, contact_id) as (connection, row):
        if tag in row.tags:
            contacts.know(connection, page_id, row.id, row.fields, set(row.tags) - {tag})
            words = Words("The tag “{tag}” was taken off by hand", tag=tag)
            _note(connection, page_id, row.id, words, now)


def remove_permission(
    database: Database, page_id: str, contact_id: int, permission_id: int, now: datetime
) -> dict[str, Any]:
    """Let a permission be used no more. Answers what `restore_permission` needs to take that back.

    A lasting one counts as stopped, since Messenger goes on listing it: the person can let it go on.
    """
    with _changing(database, page_id, contact_id) as (connection, row):
        held = _permission(connection, row.id, permission_id)
        before = {"stopped_at": held.stopped_at, "expires_at": held.expires_at}
        lasts = held.frequency is not None
        permissions.change(connection, held.id, **{"stopped_at" if lasts else "expires_at": now})
        _note(connection, page_id, row.id, Words("A permission was removed by hand"), now)
    return before


def restore_permission(
    database: Database,
    page_id: str,
    contact_id: int,
    permission_id: int,
    before: Mapping[str, Any],
    now: datetime,
) -> None:
    """Take `remove_permission` back."""
    with _changing(database, page_id, contact_id) as (connection, row):
        held = _permission(connection, row.id, permission_id)
        permissions.change(connection, held.id, **before)
        words = Words("A permission that was removed by hand was given back")
        _note(connection, page_id, row.id, words, now)


@contextmanager
def _changing(
    database: Database, page_id: str, contact_id: int
) -> Iterator[tuple[Connection, ContactRow]]:
    """The person as nobody else changes them meanwhile."""
    with database.writing() as connection:
        row = contacts.locked(connection, page_id, contact_id)
        if row is None:
            raise Problem("The person is not there any more.")
        yield connection, row


def _permission(
    connection: Connection, contact_id: int, permission_id: int
) -> permissions.PermissionRow:
    row = permissions.by_id(connection, [permission_id]).get(permission_id)
    if row is None or row.contact_id != contact_id:
        raise Problem("The permission is not there any more.")
    return row


def _note(
    connection: Connection, page_id: str, contact_id: int, words: Words, now: datetime
) -> None:
    note = Happening("note", contact_id, now, note_body(words), to_read=False)
    inbox.add(connection, page_id, [note], now)


def _refuse_text(text: str) -> None:
    if not text.strip():
        raise Problem("Write the message first.")
    if (over := len(text) - limits.TEXT) > 0:
        raise Problem(
            "Messenger takes {limit} characters. Shorten it by {over}.",
            limit=limits.TEXT,
            over=over,
        )
