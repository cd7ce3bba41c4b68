"""The very rows that the engine's drain writes, written by hand with ``sqlite3``: nobody interprets.

What to write is copied from a database that the engine drained, ready to be bound, before the time
runs. Fifty messages share a transaction; each is read with its contact, and written, by itself. On
demand the JSON that is read and written is turned into values and back, as any program has to that
knows what it reads and writes.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from otn_studio.storage.database import PRAGMAS
from tests.benchmarks.processes import PAGE

AT_ONCE = 50
TABLES = ("contact", "lane", "event", "send", "timer", "permission")

WAITING = """
    SELECT contact_id FROM lane WHERE page_id = ? AND woken_at IS NOT NULL
    ORDER BY woken_at LIMIT ?"""
READ_LANE = """
    SELECT lane.contact_id, person_id, fields, tags, last_action_at, unreachable_at, conversation
    FROM lane JOIN contact ON contact.id = lane.contact_id WHERE lane.contact_id = ?"""
READ_EVENTS = """
    SELECT id, kind, at, body FROM event WHERE contact_id = ? AND done_at IS NULL
    ORDER BY at, id"""
UPDATE_CONTACT = "UPDATE contact SET last_action_at = ?, unreachable_at = ? WHERE id = ?"
FINISH_EVENT = "UPDATE event SET done_at = ?, problem = ? WHERE id = ?"
UPDATE_LANE = "UPDATE lane SET conversation = ?, woken_at = NULL WHERE contact_id = ?"


@dataclass(frozen=True)
class Write:
    """One row: the statement, what is bound to it, and the values that are JSON in it."""

    statement: str
    bound: tuple
    values: tuple

    @classmethod
    def of(cls, statement: str, bound: Sequence) -> "Write":
        written = [cell for cell in bound if isinstance(cell, str) and cell[:1] in ("{", "[")]
        return cls(statement, tuple(bound), tuple(json.loads(cell) for cell in written))


@dataclass(frozen=True)
class Work:
    """By contact, what the drain wrote."""

    writes: dict[int, list[Write]]

    @property
    def rows(self) -> int:
        return sum(len(of_contact) for of_contact in self.writes.values())

    @classmethod
    def done_in(cls, path: Path) -> "Work":
        """Learn it from a database that was drained; each of its contacts wrote once."""
        drained = sqlite3.connect(path)
        found: dict[int, list[Write]] = {}

        def add(statement: str, select: str) -> None:
            for contact_id, *bound in drained.execute(select):
                found.setdefault(contact_id, []).append(Write.of(statement, bound))

        add(UPDATE_CONTACT, "SELECT id, last_action_at, unreachable_at, id FROM contact")
        add(
            FINISH_EVENT,
            "SELECT contact_id, done_at, problem, id FROM event WHERE kind = 'message'",
        )
        add(_insert_into(drained, "event"), "SELECT contact_id, * FROM event WHERE kind = 'note'")
        add(_insert_into(drained, "send"), "SELECT contact_id, * FROM send")
        add(UPDATE_LANE, "SELECT contact_id, conversation, contact_id FROM lane")
        drained.close()
        return cls(found)

    @contextmanager
    def by_hand(self, path: Path, with_json: bool) -> Iterator[Callable[[], None]]:
        """What does the same in a database that was not drained."""
        connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(pragma)

        def drain() -> None:
            while self._do_some(connection, with_json):
                pass

        yield drain
        connection.close()

    def _do_some(self, connection: sqlite3.Connection, with_json: bool) -> int:
        connection.execute("BEGIN IMMEDIATE")
        waiting = connection.execute(WAITING, (PAGE, AT_ONCE)).fetchall()
        for (contact_id,) in waiting:
            (lane,) = connection.execute(READ_LANE, (contact_id,)).fetchall()
            ((*_, body),) = connection.execute(READ_EVENTS, (contact_id,)).fetchall()
            if with_json:
                for text in (lane[2], lane[3], lane[6], body):
                    json.loads(text)
            for write in self.writes[contact_id]:
                if with_json:
                    for value in write.values:
                        json.dumps(value)
                connection.execute(write.statement, write.bound)
        connection.execute("COMMIT")
        return len(waiting)


def contents(path: Path) -> dict[str, Sequence[tuple]]:
    """Every row of the tables that a drain can write to."""
    connection = sqlite3.connect(path)
    rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    connection.close()
    return rows


def _insert_into(connection: sqlite3.Connection, table: str) -> str:
    columns = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"
