"""Waking the processes that serve a Page, wherever they are: PostgreSQL's own notifications.

Nothing depends on a bell being heard: every process looks by itself once a second.
"""

import contextlib
import logging
import threading
from collections.abc import Callable

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.exc import DBAPIError

from otn_studio.storage.database import Database

log = logging.getLogger(__name__)

EVERYBODY = ""
LISTENS_SECONDS = 0.5
PAUSE_SECONDS = 1.0


def ring(connection: Connection, page_id: str, role: str = EVERYBODY) -> None:
    """Ring for those who play a role, once this transaction is committed."""
    connection.execute(_RING, {"channel": _channel(page_id), "role": role})


_RING = select(func.pg_notify(bindparam("channel"), bindparam("role")))


class Bell:
    """Calls ``rung`` with the role whenever somebody rings for the Page, and with everybody's whenever
    a ring may have been missed."""

    def __init__(self, database: Database, page_id: str, rung: Callable[[str], None]) -> None:
        self._engine = database.engine
        self._page_id = page_id
        self._rung = rung
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                self._listen()
            except Exception as problem:
                log.warning("no bell can be heard just now: %s", problem)
                self._closed.wait(PAUSE_SECONDS)

    def _listen(self) -> None:
        pooled = self._engine.raw_connection()
        try:
            connection = pooled.driver_connection
            connection.set_autocommit(True)
            connection.execute(f'LISTEN "{_channel(self._page_id)}"')
            self._rung(EVERYBODY)
            while not self._closed.is_set():
                for heard in connection.notifies(timeout=LISTENS_SECONDS, stop_after=1):
                    self._rung(heard.payload)
        finally:
            with contextlib.suppress(DBAPIError):
                pooled.invalidate()


def _channel(page_id: str) -> str:
    """A name for PostgreSQL; a Page's id is made of digits."""
    return f"otn_studio_{page_id}"
