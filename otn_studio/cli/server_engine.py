"""The engine where it runs on servers, as the studio sees it: looked at, never started or stopped.

Its processes say in the database, every few seconds, that they are there.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli import resume
from otn_studio.cli.ending import next_ending
from otn_studio.cli.words import shown
from otn_studio.runtime.sending import stops
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import engines, lanes
from otn_studio.storage.engine.engines import EngineRow
from otn_studio.storage.pages import Stop
from otn_studio.storage.sending import sends
from otn_studio.studio.services.services import EngineProcess, EngineState

GONE_AFTER: Final = timedelta(seconds=30)
"""A process that has said nothing for so long has ended, or its computer is out of reach."""
_NOBODY: Final = {
    "webhook": Words("No process takes webhooks: start otn-studio engine --role webhook"),
    "worker": Words("No process reads what came: start otn-studio engine --role worker"),
    "sender": Words("No process sends: start otn-studio engine --role sender"),
}
_ALL: Final = "all"


class ServerEngine:
    """Implements the studio's `EngineControl`."""

    practice = False

    def __init__(self, database: Database, page_id: str) -> None:
        self._database = database
        self._page_id = page_id

    def state(self) -> EngineState:
        now = datetime.now(UTC)
        with self._database.reading() as connection:
            rows = engines.all_signed_on(connection, self._page_id)
            stop = pages.stop(connection, self._page_id)
            waiting = lanes.count_woken(connection, self._page_id)
            waiting += sends.count_waiting(connection, self._page_id)
        living = [row for row in rows if now - row.seen_at <= GONE_AFTER]
        return EngineState(
            running=bool(living),
            practice=self.practice,
            waiting=waiting,
            since=min((row.started_at for row in living), default=None),
            problem=_problem({row.role for row in living}, stop),
            on_servers=True,
            processes=_processes(rows, now),
            may_go_on=stop is not None and stop.kind in stops.FOR_PEOPLE,
            restored=stop is not None and stop.kind == pages.RESTORED,
            ending=next_ending(self._database, now),
        )

    def start(self) -> None:
        """Nothing where it runs.

        Raises:
            Problem: it is not for the studio to start it.
        """
        if not self.state().running:
            raise Problem("The engine runs on servers. Start it there: otn-studio engine")

    def published(self) -> None:
        """The publication itself has told every process."""

    def stop(self) -> None:
        """It is not for the studio to stop it.

        Raises:
            Problem: always.
        """
        raise Problem("The engine runs on servers. Stop its processes there.")

    def go_on(self) -> None:
        """Let the Page send again; every process hears of it."""
        resume.go_on(self._database, self._page_id, stops.FOR_PEOPLE)

    def close(self) -> None:
        """Nothing is held."""

    def emulator_address(self) -> str | None:
        """Practice takes an engine beside an emulator.

        Raises:
            Problem: always.
        """
        raise Problem(
            "Practice needs a database on this computer, and this one is on a server. Open the studio"
            " without OTN_STUDIO_DATABASE_URL to practice."
        )


def _processes(rows: Sequence[EngineRow], now: datetime) -> tuple[EngineProcess, ...]:
    return tuple(
        EngineProcess(
            row.role, row.host, row.started_at, row.seen_at, now - row.seen_at > GONE_AFTER
        )
        for row in rows
    )


def _problem(roles: Collection[str], stop: Stop | None) -> str:
    """What keeps people from getting answers; the gravest of it."""
    if stop is not None and stop.kind in stops.WORDS:
        return shown(stops.WORDS[stop.kind])
    missing = [words for role, words in _NOBODY.items() if not {role, _ALL} & set(roles)]
    if roles and missing:
        return shown(missing[0])
    return stop.why if stop is not None else ""
