"""A backup takes the place of the database; nothing is sent until the user has said so.

See `storage.keeping.merging` for what of the replaced database is brought in.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, update

from otn_studio.blocks.words import Problem, Words
from otn_studio.runtime.page import Page
from otn_studio.runtime.permissions import ledger
from otn_studio.runtime.receiving import unpacking
from otn_studio.runtime.sending.ending import Ending
from otn_studio.storage import pages, tables
from otn_studio.storage.database import Database
from otn_studio.storage.keeping import merging, restoring
from otn_studio.storage.keeping.backups import OnStep, no_matter
from otn_studio.storage.people import erasing
from otn_studio.storage.permissions import permissions
from otn_studio.storage.sending import sends
from otn_studio.storage.troubles import DatabaseProblem

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Restored:
    """``replaced`` is where the database lies that was there, ``known`` whether it told all that
    happened since the backup; ``unknown`` and ``waiting`` count messages.
    """

    replaced: Path | None
    known: bool
    unknown: int
    waiting: int


def restore(
    backup: Path,
    live: Path,
    page: Page,
    now: datetime,
    alone: Callable[[], AbstractContextManager[None]],
    on_step: OnStep = no_matter,
) -> Restored:
    """Let a backup take the place of a database. An engine that runs with it goes on with that.

    ``alone`` makes sure that no engine runs; only a database that is damaged needs that, or none.

    Raises:
        DatabaseProblem: the backup can't be used; or the database can't be, and is not damaged either.
    """
    with restoring.prepared(backup, live, on_step) as copy:
        with _opened(copy) as database:
            unpacking.take_out_all(database, page)
        if not live.exists():
            return _begin_with(copy, live, page, now)
        try:
            Database.open(f"sqlite:///{live}").close()
            return _replace(copy, live, page, now, on_step)
        except DatabaseProblem as problem:
            if not problem.damaged:
                raise
        with alone():
            return _replace_damaged(copy, live, page, now)


def _replace(copy: Path, live: Path, page: Page, now: datetime, on_step: OnStep) -> Restored:
    kept = restoring.keep(live, now, on_step)
    with restoring.held(live, copy) as held:
        restored = _merged(copy, live, page, now, damaged=False)
        held.replace()
    return replace(restored, replaced=kept)


def _replace_damaged(copy: Path, live: Path, page: Page, now: datetime) -> Restored:
    kept = restoring.keep_damaged(live, now)
    restored = _merged(copy, kept, page, now, damaged=True)
    restoring.put_in_place(copy, live)
    return replace(restored, replaced=kept)


def _begin_with(copy: Path, live: Path, page: Page, now: datetime) -> Restored:
    merging.doubt(copy)
    merging.not_again(copy, now)
    restored = _settled(copy, page, now, known=False)
    restoring.put_in_place(copy, live)
    return restored


def _merged(copy: Path, old: Path, page: Page, now: datetime, damaged: bool) -> Restored:
    _forget_again(copy, old, damaged)
    merging.doubt(copy)
    known = merging.bring_in(copy, old, now, damaged)
    if not known:
        merging.not_again(copy, now)
    return _settled(copy, page, now, known)


def _forget_again(copy: Path, old: Path, damaged: bool) -> None:
    """Who was forgotten since the backup stays so."""
    people = merging.forgotten_since(copy, old, damaged)
    if people:
        with _opened(copy) as database, database.writing() as connection:
            for page_id, person_id in people:
                erasing.forget(connection, page_id, person_id)


def _settled(copy: Path, page: Page, now: datetime, known: bool) -> Restored:
    """Messages that may have gone are unknown, their permissions used; then all is stopped."""
    with _opened(copy) as database, database.writing() as connection:
        page_ids = connection.scalars(select(tables.page.c.id)).all()
        unknown = sum(_leave_unknown(connection, replace(page, id=id), now) for id in page_ids)
        why = page.shown(Words("A backup was restored, and nobody has said yet that it goes on."))
        stopped = {"stopped_kind": pages.RESTORED, "stopped_why": why, "rules": None}
        connection.execute(update(tables.page).values(**stopped))
        ledger.take_up_rules(connection, page)
        waits = (
            select(func.count()).select_from(tables.send).where(tables.send.c.state == sends.DUE)
        )
        return Restored(None, known, unknown, connection.scalar(waits) or 0)


def _leave_unknown(connection: Connection, page: Page, now: datetime) -> int:
    rows = sends.found_sending(connection, page.id)
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        used = {row.permission_id for row in some if row.permission_id is not None}
        held = permissions.by_id(connection, used)
        for row in some:
            Ending(connection, page, row, held.get(row.permission_id or 0), now).left_unknown()
    return len(rows)


@contextmanager
def _opened(file: Path) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{file}")
    try:
        yield database
    finally:
        database.close()


def confirm(database: Database, page_id: str) -> None:
    """The user has seen what was restored: messages may go again.

    Raises:
        Problem: nothing waits for that.
    """
    with database.writing() as connection:
        stop = pages.stop(connection, page_id)
        if stop is None or stop.kind != pages.RESTORED:
            raise Problem("No restored backup waits for a word of yours.")
        pages.set_stop(connection, page_id, None)
