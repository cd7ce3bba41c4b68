"""Bringing into a backup what the database that it replaces knows better.

What happened between the Page and people is never taken back: what was sent, which permissions were
used, who came and who was forgotten, where everybody is in their conversations. Taken back are topics,
live flows, and what is noted about people.

All this is SQL on SQLite's two files: ``main`` is the backup's copy, ``old`` the database to replace.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from otn_studio.storage import troubles
from otn_studio.storage.keeping.merge import OPEN, Merge, cancelled, doubtful

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def forgotten_since(prepared: Path, old: Path, damaged: bool) -> list[tuple[str, str]]:
    """Who is in the backup and was forgotten since, as (Page, person)."""
    query = """
        SELECT n.page_id, n.person_id FROM main.contact n JOIN old.forgotten f
        ON f.contact_id = n.id AND f.first_seen_at = n.first_seen_at AND f.page_id = n.page_id"""
    try:
        with closing(_both(prepared, old)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.DatabaseError as error:
        _raise_unless(damaged, error)
        return []


def doubt(prepared: Path) -> None:
    """Whatever was still to be sent when the backup was made may have been sent since.

    It is marked as being sent, which is what the engine settles as *unknown*.
    """
    with closing(sqlite3.connect(prepared, isolation_level=None)) as connection:
        connection.execute(doubtful("main.send", OPEN))


def not_again(prepared: Path, now: datetime) -> None:
    """Nobody can tell what came of what waited in the backup: only a person's yes is still read."""
    with closing(sqlite3.connect(prepared, isolation_level=None)) as connection:
        instant = _number(now)
        connection.execute("DELETE FROM timer WHERE due_at <= ?", (instant,))
        connection.execute(
            "UPDATE event SET done_at = ?, problem = 'restored' WHERE done_at IS NULL"
            " AND kind <> 'optin'",
            (instant,),
        )
        connection.execute(cancelled("announcement", "1"), {"now": instant})


def bring_in(prepared: Path, old: Path, now: datetime, damaged: bool = False) -> bool:
    """Bring it all in. True: the old database was whole, and knows all that happened since the backup.

    ``damaged``: its last changes may be missing, so what it has not sent may have been sent as well.
    """
    try:
        with closing(_both(prepared, old)) as connection:
            merge = Merge(connection, _number(now), damaged)
            return _all_done(merge) and not merge.lost and merge.old_is_later
    except sqlite3.DatabaseError as error:
        _raise_unless(damaged, error)
        return False


def _all_done(merge: Merge) -> bool:
    """Whether all was there to be read. What could not be read stays as it is in the backup.

    Nobody looks at the copy yet. Of damaged ones each statement is a transaction of its own: SQLite
    gives one up for good once it has met damage.
    """
    whole = True
    for step in merge.steps():
        if not merge.damaged:
            merge.connection.execute("BEGIN")
        try:
            step()
        except sqlite3.DatabaseError as error:
            _raise_unless(merge.damaged, error)
            whole = False
        if not merge.damaged:
            merge.connection.execute("COMMIT")
    return whole


def _raise_unless(damaged: bool, error: sqlite3.DatabaseError) -> None:
    """Only of a database that is known to be damaged may some be missing."""
    if not damaged or not troubles.is_damage(error):
        raise error


def _both(prepared: Path, old: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(prepared, isolation_level=None)
    connection.execute("ATTACH ? AS old", (str(old),))
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("PRAGMA main.synchronous=OFF")
    for pairs in ("who", "held", "sent", "announced"):
        connection.execute(
            f"CREATE TEMP TABLE {pairs} (old_id INTEGER PRIMARY KEY, new_id INT, came INT)"
        )
        connection.execute(f"CREATE INDEX temp.{pairs}_new ON {pairs} (new_id)")
    connection.execute("CREATE TEMP TABLE later (there INT, here INT)")
    return connection


def _number(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)
