"""Takes the events out of webhooks that came, and stores each for its contact; repeats once."""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from otn_studio.messenger.inbox import Kind, Received, unpack
from otn_studio.runtime.page import Page
from otn_studio.runtime.sending import stops
from otn_studio.storage import pages
from otn_studio.storage.database import Database, Writer
from otn_studio.storage.engine import inbox, webhooks
from otn_studio.storage.engine.inbox import Incoming
from otn_studio.storage.engine.webhooks import Kept
from otn_studio.storage.troubles import DatabaseProblem

ACTS = frozenset(
    {Kind.MESSAGE, Kind.POSTBACK, Kind.OPTIN, Kind.REFERRAL, Kind.REACTION, Kind.CHANGE}
)
TO_READ = ACTS | {Kind.ECHO, Kind.HANDOVER}

log = logging.getLogger(__name__)


def store(connection: Connection, page: Page, bodies: Iterable[bytes], came_at: datetime) -> int:
    """Store the events of webhooks that came together; answers how many there are."""
    incoming = [incoming_of(event) for event in _events(page, bodies, came_at)]
    stops.hear(connection, page.id, incoming)
    inbox.store(connection, page.id, incoming, came_at)
    return len(incoming)


def take_out(connection: Connection, page: Page) -> None:
    """Store the events of the webhooks that have waited longest; these are done then."""
    _take_out(connection, page, webhooks.oldest(connection, page.id))


def take_out_apart(writer: Writer, page: Page) -> bool:
    """The same for one webhook after the other. What breaks it is set aside, for a newer program;
    answers whether anything was.
    """
    with writer.writing() as connection:
        together = webhooks.oldest(connection, page.id)
        waiting = webhooks.apart(connection, page.id, together)
    broken = [kept for kept in waiting if _breaks(writer, page, kept)]
    return bool(broken)


def take_out_all(database: Database, page: Page) -> None:
    """Leave none waiting, whichever Page it is for. No engine may work with the database.

    ``page`` is any of them, with what all go by.
    """
    with database.reading() as connection:
        each = [replace(page, id=id) for id in pages.ids(connection)]
    for one in each:
        waiting = True
        while waiting:
            with database.writing() as connection:
                take_out(connection, one)
                waiting = bool(webhooks.oldest(connection, one.id))


def incoming_of(received: Received) -> Incoming:
    """What came by a webhook, as the engine stores it."""
    return Incoming(
        kind=received.kind,
        person_id=received.person_id,
        at=received.at,
        key=received.key,
        body=received.item,
        acts=received.kind in ACTS,
        to_read=received.kind in TO_READ,
    )


def _take_out(connection: Connection, page: Page, waiting: Collection[Kept]) -> None:
    for kept in waiting:
        store(connection, page, kept.bodies, kept.came_at)
    webhooks.done(connection, waiting)


def _breaks(writer: Writer, page: Page, kept: Kept) -> bool:
    try:
        with writer.writing() as connection:
            _take_out(connection, page, [kept])
    except DatabaseProblem:
        raise
    except Exception as error:
        log.exception("a webhook can't be read; it is set aside")
        with writer.writing() as connection:
            webhooks.set_aside(connection, kept, type(error).__name__)
        return True
    return False


def _events(page: Page, bodies: Iterable[bytes], came_at: datetime) -> Iterator[Received]:
    """Those of the Page. Older ones than it keeps were played again by somebody, and no repeat would
    show.
    """
    oldest = came_at - page.keep_events
    for body in bodies:
        for event in unpack(body, came_at):
            if event.page_id == page.id and event.at >= oldest:
                yield event
