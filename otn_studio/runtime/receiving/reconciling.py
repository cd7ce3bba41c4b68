"""After an outage: let Messenger send its webhooks again, and ask it what it knows.

Messenger gives up an app that did not answer for an hour. So whenever no webhook has come for that
long, the time before the engine's start included, the app is subscribed again and the lasting
permissions are compared. A quiet Page is asked once an hour by that.
"""

import logging
import queue
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from otn_studio.messenger.graph import CallFailed
from otn_studio.messenger.tokens import ListedToken, listed_token
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.page import Page
from otn_studio.runtime.permissions import comparing
from otn_studio.runtime.permissions.comparing import Difference
from otn_studio.storage.database import Database, Writer
from otn_studio.storage.engine import inbox

log = logging.getLogger(__name__)

FIELDS: Final = (
    "messages",
    "messaging_postbacks",
    "messaging_optins",
    "message_deliveries",
    "message_reads",
    "message_echoes",
    "messaging_referrals",
    "message_reactions",
    "messaging_handovers",
    "messaging_policy_enforcement",
    "feed",
)
SILENCE: Final = timedelta(hours=1)
FIRST_PAUSE: Final = timedelta(minutes=5)
AT_ONCE: Final = 500
"""Differences that are put right in one transaction, so that nobody waits for long."""


class Source(Protocol):
    """Who knows what Messenger knows."""

    def subscribe(self, page_id: str, fields: Sequence[str]) -> None: ...

    def notification_tokens(self, page_id: str) -> Iterator[list[dict[str, Any]]]: ...


class Reconciler:
    """Says when it is time to look, looks from any thread, and writes from the engine's own.

    ``_owed``: a look that was asked for, or failed, is made up for whatever comes meanwhile.
    """

    def __init__(self, database: Database, page: Page, source: Source, clock: Clock) -> None:
        self._database = database
        self._page = page
        self._source = source
        self._clock = clock
        self._found: queue.SimpleQueue[list[Difference]] = queue.SimpleQueue()
        self._due_at: datetime | None = None
        self._pause = FIRST_PAUSE
        self._owed = False
        self._stopped = False

    def begin(self, at_once: bool) -> None:
        """Count the silence from the last webhook on."""
        heard, now = self._heard_at(), self._clock.now()
        self._owed = at_once
        self._due_at = now if at_once or heard is None else heard + SILENCE

    def is_due(self, now: datetime) -> bool:
        """Whether to look now. Whoever is told so looks."""
        if self._due_at is None or now < self._due_at:
            return False
        heard = self._heard_at()
        if heard is not None and heard + SILENCE > now and not self._owed:
            self._due_at = heard + SILENCE
            return False
        self._due_at = None
        return True

    def look(self) -> None:
        """Subscribe, and compare; a failure is logged, and made up for later."""
        try:
            found = self._differences()
        except Exception as problem:
            self._fail(problem)
            return
        for first in range(0, len(found), AT_ONCE):
            self._found.put(found[first : first + AT_ONCE])
        self._owed, self._pause = False, FIRST_PAUSE
        self._due_at = self._clock.now() + SILENCE

    def put_right(self, store: Writer) -> bool:
        """Write some of what was found, and answer whether there is more."""
        if self._found.empty():
            return False
        found = self._found.get()
        try:
            with store.writing() as connection:
                comparing.put_right(connection, self._page, found, self._clock.now())
        except Exception as problem:
            self._fail(problem)
        return not self._found.empty()

    def _fail(self, problem: Exception) -> None:
        ours = not isinstance(problem, CallFailed)
        log.warning("the Page was not compared with Messenger: %s", problem, exc_info=ours)
        self._owed = True
        self._due_at = self._clock.now() + self._pause
        self._pause = min(self._pause * 2, SILENCE)

    def stop(self) -> None:
        """Look no further."""
        self._stopped = True

    def _heard_at(self) -> datetime | None:
        with self._database.reading() as connection:
            return inbox.last_webhook_at(connection, self._page.id)

    def _differences(self) -> list[Difference]:
        page_id, began = self._page.id, self._clock.now()
        with self._database.reading() as connection:
            newest = inbox.newest(connection)
        self._source.subscribe(page_id, FIELDS)
        listed: dict[str, ListedToken] = {}
        for entries in self._source.notification_tokens(page_id):
            if self._stopped:
                return []
            tokens = filter(None, map(listed_token, entries))
            listed |= {token.token: token for token in tokens}
        with self._database.reading() as connection:
            return comparing.compare(connection, self._page, listed, began, newest)
