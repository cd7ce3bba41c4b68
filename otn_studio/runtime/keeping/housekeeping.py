"""Once a day: back the database up, count what events say, let old ones go, give empty room back to
the disk.

All of it in small steps with a pause after each, so that the engine goes on; and it can be stopped
between any two.
"""

import logging
import threading
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from otn_studio.runtime.keeping import insights
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.keeping import backups, trimming
from otn_studio.storage.troubles import DatabaseProblem

log = logging.getLogger(__name__)

PAUSE_SECONDS: Final = 0.02
AGAIN: Final = timedelta(hours=1)


class _Stopped(Exception):
    """The engine ends; what is left to do is done another time."""


class Housekeeping:
    """The daily work of one database. A `loop.Loop` of its own runs it."""

    def __init__(
        self, database: Database, keep_events: timedelta, pause_seconds: float = PAUSE_SECONDS
    ) -> None:
        self._database = database
        self._keep_events = keep_events
        self._pause_seconds = pause_seconds
        self._stopping = threading.Event()
        self._now: datetime | None = None
        self._done_on: date | None = None
        self._not_before: datetime | None = None

    def look(self, now: datetime, jump: timedelta = timedelta()) -> bool:
        """Whether today's work is still to be done, and did not fail just now. See `loop.Work`."""
        self._now = now
        if jump:
            self._not_before = None
        failed = self._not_before is not None and now < self._not_before
        return now.date() != self._done_on and not failed

    def turn(self) -> datetime:
        """Do it, as of the last look. Answers when there is more to do."""
        now = self._now
        assert now is not None
        try:
            self._work(now)
        except _Stopped:
            return now + AGAIN
        except DatabaseProblem as problem:
            log.warning("The daily work is not done, and is tried again: %s", problem)
            self._not_before = now + AGAIN
            return self._not_before
        self._done_on, self._not_before = now.date(), None
        return datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)

    def stop(self) -> None:
        """End at the next step. What is half done is as good as not begun."""
        self._stopping.set()

    def _work(self, now: datetime) -> None:
        file = self._database.file
        if file is not None and backups.is_due(backups.daily(file).keys(), now.date()):
            backups.back_up_today(file, now.date(), self._pause)
        with self._database.reading() as connection:
            page_ids = pages.ids(connection)
        for page_id in page_ids:
            self._step_by_step(insights.bring_up_to_date(self._database, page_id))
        self._step_by_step(trimming.trim(self._database, now - self._keep_events))
        self._step_by_step(trimming.compact(self._database))

    def _step_by_step(self, steps: Iterable[int]) -> None:
        for _ in steps:
            self._pause()

    def _pause(self, _done: float = 0.0) -> None:
        if self._stopping.wait(self._pause_seconds):
            raise _Stopped
