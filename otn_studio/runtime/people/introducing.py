"""Asking Messenger who new people are: beside the conversations, and politely.

One after another, with a pause before each that comes after another: asked in a row, they would keep
those who write waiting.

What it says is an event in their lane, so that it never meets a conversation halfway. Whoever it tells
nothing of is asked about again, later and later, and after a week no more.
"""

import logging
import queue
import threading
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from otn_studio.blocks.turn import Contact
from otn_studio.messenger.graph import CallFailed
from otn_studio.messenger.person import person_of
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.page import Page
from otn_studio.storage.database import Database, Writer
from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.people import strangers
from otn_studio.storage.people.strangers import Stranger

log = logging.getLogger(__name__)

KIND: Final = "introduced"
LOOKS_EVERY: Final = timedelta(seconds=1)
BETWEEN_SECONDS: Final = LOOKS_EVERY.total_seconds() / strangers.AT_ONCE
FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(minutes=10)
SOONEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=7)


class Source(Protocol):
    """Who knows people."""

    def person(self, person_id: str) -> dict[str, Any]: ...


class Introductions:
    """Says when there is somebody to ask about, asks from any thread, and writes from the engine's own.

    ``_pause`` is how long nobody is asked about after a call has failed.
    """

    def __init__(self, database: Database, page: Page, source: Source, clock: Clock) -> None:
        self._database = database
        self._page = page
        self._source = source
        self._clock = clock
        self._told: queue.SimpleQueue[tuple[Stranger, dict[str, Any] | None]] = queue.SimpleQueue()
        self._due: list[Stranger] = []
        self._pause = FIRST_PAUSE
        self._not_before = clock.now()
        self._stopped = threading.Event()

    def is_due(self, now: datetime) -> bool:
        """Whether to ask now. Whoever is told so asks."""
        if self._due or not self._told.empty() or now < self._not_before <= now + LONGEST_PAUSE:
            return False
        self._not_before = now + LOOKS_EVERY
        with self._database.reading() as connection:
            self._due = strangers.due(connection, self._page.id, now)
        return bool(self._due)

    def ask(self) -> None:
        """Ask about those who are due, until a call fails."""
        try:
            for stranger in self._due:
                if self._stopped.is_set() or not self._ask_about(stranger):
                    break
                if stranger is not self._due[-1]:
                    self._stopped.wait(BETWEEN_SECONDS)
        finally:
            self._due = []  # else nobody would ever be asked about again

    def _ask_about(self, stranger: Stranger) -> bool:
        try:
            said = self._source.person(stranger.person_id)
        except CallFailed as problem:
            log.info("Messenger does not say who contact %d is: %s", stranger.contact_id, problem)
            self._told.put((stranger, None))
            self._not_before = self._clock.now() + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return False
        self._pause = FIRST_PAUSE
        self._told.put((stranger, said))
        return True

    def write_down(self, store: Writer) -> None:
        """Write what was said into the lanes, once all who were due have been asked about."""
        if self._due or self._told.empty():
            return
        told = [self._told.get() for _ in range(self._told.qsize())]
        now = self._clock.now()
        said = [(stranger, body) for stranger, body in told if body is not None]
        with store.writing() as connection:
            inbox.add(connection, self._page.id, [_event(*entry, now) for entry in said], now)
            for stranger, body in told:
                again = None if body is not None else _next_try(stranger, now)
                strangers.ask_again(connection, stranger.contact_id, again)

    def stop(self) -> None:
        """Ask about nobody else."""
        self._stopped.set()


def _event(stranger: Stranger, body: dict[str, Any], now: datetime) -> Happening:
    return Happening(KIND, stranger.contact_id, now, body, to_read=True)


def _next_try(stranger: Stranger, now: datetime) -> datetime | None:
    """After as long again as they are known; none: they have been asked about for long enough."""
    known = now - stranger.first_seen_at
    return now + max(known, SOONEST) if known < LONGEST else None


def introduced(contact: Contact, body: dict[str, Any], page: Page, now: datetime) -> dict[str, Any]:
    """The contact's fields with what Messenger says; what is known already stays as it is."""
    person = person_of(body)
    said = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "locale": person.locale,
        "time_zone": person.zone(page.rules.zone, now),
    }
    return {key: value for key, value in said.items() if value} | dict(contact.fields)
