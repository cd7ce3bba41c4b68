"""Uploading the files of flows, off everybody's way: in a thread of its own, before they are sent."""

import logging
import threading
import time
from datetime import datetime, timedelta
from typing import Final, Protocol

from otn_studio.messenger.errors import Reaction
from otn_studio.messenger.graph import CallFailed
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.page import Page
from otn_studio.runtime.sending.attachments import AWAITED
from otn_studio.storage.database import Database
from otn_studio.storage.sending import attachments, sends
from otn_studio.storage.sending.attachments import Kept

log = logging.getLogger(__name__)

BETWEEN_LOOKS: Final = 0.1
"""Seconds."""
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(hours=1)
AGAIN: Final = frozenset({Reaction.RETRY, Reaction.RATE_LIMITED, Reaction.PAGE_STOPPED})


class Uploads(Protocol):
    """Who takes the files."""

    def upload(self, page_id: str, medium: str, name: str, content: bytes) -> str: ...


class Uploader:
    """Sees what there is to upload, and uploads it from a thread of its own."""

    def __init__(self, database: Database, page: Page, uploads: Uploads, clock: Clock) -> None:
        self._database = database
        self._page = page
        self._uploads = uploads
        self._clock = clock
        self._stopped = False
        self._not_before = 0.0
        self._thread: threading.Thread | None = None

    def look(self, now: datetime) -> None:
        """Upload what is due, unless that is being done, or was looked after just now: a look costs a
        query, and hundreds a second are asked for.
        """
        is_busy = self._thread is not None and self._thread.is_alive()
        if is_busy or time.monotonic() < self._not_before:
            return
        self._not_before = time.monotonic() + BETWEEN_LOOKS
        with self._database.reading() as connection:
            due = attachments.next_upload(connection, self._page.id)
        if due is not None and due <= now:
            self._thread = threading.Thread(target=self._upload_all, name="uploader")
            self._thread.start()

    def stop(self) -> None:
        """Wait for the file that is being uploaded; the others are uploaded another time."""
        self._stopped = True
        if self._thread is not None:
            self._thread.join()

    def _upload_all(self) -> None:
        with self._database.reading() as connection:
            due = attachments.to_upload(connection, self._page.id, self._clock.now())
        try:
            for kept in due:
                if not self._stopped:
                    self._upload(kept)
        except Exception:
            log.exception("uploading files broke off; it is tried again")

    def _upload(self, kept: Kept) -> None:
        page = self._page.id
        with self._database.reading() as connection:
            content = attachments.content(connection, page, kept.key)
        try:
            number = self._uploads.upload(page, kept.medium, kept.name, content)
        except CallFailed as failure:
            self._failed(kept, failure)
            return
        now = self._clock.now()
        self._write(kept, number=number, uploaded_at=now, upload_at=None, attempts=0)
        self._let_go(now)

    def _failed(self, kept: Kept, failure: CallFailed) -> None:
        """What Messenger refuses for good fails with what it said; else it is tried again."""
        now = self._clock.now()
        log.warning("“%s” could not be uploaded: %s", kept.name, failure)
        if failure.error is not None and failure.error.reaction not in AGAIN:
            self._write(kept, problem=str(failure), upload_at=None)
            self._let_go(now)
        else:
            pause = min(FIRST_PAUSE * 2 ** min(kept.attempts, 20), LONGEST_PAUSE)
            self._write(kept, upload_at=now + pause, attempts=kept.attempts + 1)

    def _write(self, kept: Kept, **values: object) -> None:
        with self._database.writing() as connection:
            attachments.change(connection, self._page.id, kept.key, **values)

    def _let_go(self, now: datetime) -> None:
        """The messages that wait for a file look again. Should this fail, they do so by themselves."""
        with self._database.writing() as connection:
            sends.release_all(connection, self._page.id, AWAITED, now)
