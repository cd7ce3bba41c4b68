"""A first message to oneself: it comes in by the webhook, and its answer goes out by the engine."""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select

from otn_studio.blocks.words import Words
from otn_studio.cli.settings import Settings
from otn_studio.cli.words import shown
from otn_studio.messenger.inbox import Kind
from otn_studio.runtime.broadcasting.reasons import why
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.people import by_hand
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.sending import sends
from otn_studio.storage.tables import event, send
from otn_studio.studio.connecting.store import NotPassed, NotYet

_LOOKS_AT: Final = 2_000
"""So many of the newest events of all Pages."""
_LATELY: Final = timedelta(minutes=30)
_PATIENCE: Final = 20.0
_OPEN: Final = frozenset({sends.DUE, sends.SENDING})


def exchange(database: Database, settings: Settings, clock: Clock, word: str) -> None:
    """Answer whoever wrote the word to the Page, and wait until Messenger has taken that.

    Raises:
        NotYet: nobody has written it.
        NotPassed: the answer did not go out.
        Problem: the person can't be written to.
    """
    now, page = clock.now(), settings.page
    with database.reading() as connection:
        contact = _who_wrote(connection, page.id, word, now)
    if contact is None:
        raise NotYet("Nothing has come yet.")
    greeting = shown(Words("It works: your Page and OTN Studio hear each other."))
    speaking = replace(page, quiet_after_colleague=timedelta(0))  # the bot goes on at once
    by_hand.write(database, speaking, contact, greeting, now)
    _wait(database, contact)


def _who_wrote(connection: Connection, page_id: str, word: str, now: datetime) -> int | None:
    newest = (
        select(event.c.contact_id, event.c.body)
        .where(event.c.page_id == page_id, event.c.kind == Kind.MESSAGE)
        .where(event.c.at > now - _LATELY, event.c.contact_id.is_not(None))
        .where(event.c.id > inbox.newest(connection) - _LOOKS_AT)
        .order_by(event.c.id.desc())
    )
    for contact, body in connection.execute(newest):
        if word.casefold() in str(body.get("message", {}).get("text", "")).casefold():
            return contact
    return None


def _wait(database: Database, contact: int) -> None:
    query = (
        select(send.c.state, send.c.reason, send.c.details)
        .where(send.c.contact_id == contact, send.c.by_hand)
        .order_by(send.c.id.desc())
        .limit(1)
    )
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with database.reading() as connection:
            state, reason, details = connection.execute(query).one()
        if state == sends.SENT:
            return
        if state not in _OPEN:
            raise NotPassed(
                "Your message came, but the answer did not go out: {why}.",
                details or state,
                why=shown(why(reason or "refused")),
            )
        time.sleep(0.2)
    raise NotPassed(
        "Your message came, and the answer waits to be sent. Look at the top of the Engine page for the"
        " reason."
    )
