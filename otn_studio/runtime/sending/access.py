"""How long Messenger goes on taking a Page's messages: asked once a day, told well before it ends.

An access token may end, and an app has to be agreed to anew from time to time. Neither comes as news.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from otn_studio.messenger.access import TokenInfo
from otn_studio.messenger.graph import CallFailed
from otn_studio.runtime.clock import Clock
from otn_studio.storage import connections
from otn_studio.storage.connections import Connection
from otn_studio.storage.database import Database

log = logging.getLogger(__name__)

SOON: Final = timedelta(days=14)
"""So long before the end it is told."""
EVERY: Final = timedelta(days=1)
AGAIN: Final = timedelta(hours=1)


class Source(Protocol):
    """Who knows what the Page's token is worth."""

    def token_info(self) -> TokenInfo: ...


class AccessWatch:
    """Asks for one Page. A `loop.Loop` of its own runs it."""

    def __init__(self, database: Database, page_id: str, source: Source, clock: Clock) -> None:
        self._database = database
        self._page_id = page_id
        self._source = source
        self._clock = clock

    def look(self, now: datetime, jump: timedelta) -> bool:
        """See `loop.Work`."""
        return bool(jump)

    def turn(self) -> datetime:
        """See `loop.Work`. Of a Page that was never connected there is nothing to keep."""
        now, kept = self._clock.now(), self._kept()
        if kept is None:
            return now + EVERY
        if kept.looked_at is None or now >= kept.looked_at + EVERY:
            return self._ask(now)
        return kept.looked_at + EVERY

    def _ask(self, now: datetime) -> datetime:
        try:
            info = self._source.token_info()
        except CallFailed as problem:
            log.warning(
                "Messenger does not say how long Page %s may send: %s", self._page_id, problem
            )
            return now + AGAIN
        with self._database.writing() as connection:
            kept = connections.of(connection, self._page_id)
            if kept is not None:
                connections.keep(connection, self._page_id, seen(kept, info, now))
        if (kept := self._kept()) and is_soon(kept, now):
            log.warning("the access token of Page %s ends on %s", self._page_id, kept.ends_at)
        return now + EVERY

    def _kept(self) -> Connection | None:
        with self._database.reading() as connection:
            return connections.of(connection, self._page_id)


def seen(kept: Connection, info: TokenInfo, now: datetime) -> Connection:
    """The connection as Messenger sees it now."""
    ends = {"expires_at": info.expires_at, "data_ends_at": info.data_ends_at}
    return replace(kept, looked_at=now, **ends)


def is_soon(kept: Connection, now: datetime) -> bool:
    """Whether it ends so soon that somebody should do something about it."""
    return kept.ends_at is not None and kept.ends_at - now <= SOON


def health(kept: Connection | None, now: datetime) -> dict[str, Any] | None:
    """The same in plain values; none where nothing is known of it."""
    if kept is None:
        return None
    ends = kept.ends_at
    return {"ends_at": ends and ends.isoformat(), "ends_soon": is_soon(kept, now)}
