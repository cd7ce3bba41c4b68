"""Writing people into a file for other programs. Permissions go along, the means to use them don't.

It is done in small steps, so that others write meanwhile, and the file is there only once it is whole.
"""

import csv
import json
import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TextIO

from otn_studio.blocks.words import Problem
from otn_studio.flow.audience import Audience
from otn_studio.flow.spreadsheets import harmless
from otn_studio.storage.database import Database
from otn_studio.storage.people import audiences, contacts
from otn_studio.storage.people.contacts import ContactRow
from otn_studio.storage.permissions import holdings, topics
from otn_studio.storage.permissions.holdings import Holding

CSV: Final = ".csv"
FORMATS: Final = (CSV, ".json")
AT_ONCE: Final = 1_000
"""What a spreadsheet would run rather than show."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One person, as others may know them."""

    row: ContactRow
    held: Sequence[Holding]


@dataclass(frozen=True)
class Export:
    """One file to write. ``step`` hears how much is done; what it raises ends the work."""

    database: Database
    page_id: str
    now: datetime
    step: Callable[[float], None]

    def write(self, audience: Audience, file: Path) -> int:
        """Write everybody who is meant, as CSV or JSON by the name of the file; answers how many.

        Raises:
            Problem: the file can't be written, or is to be of another kind.
        """
        if file.suffix.lower() not in FORMATS:
            raise Problem("People are exported into files that end in .csv or .json.")
        with self.database.reading() as connection:
            found = audiences.ids(connection, self.page_id, audience, self.now)
            ids = array("q", (id for some in found for id in some))
        with _whole(file) as target:
            if file.suffix.lower() == CSV:
                self._write_csv(target, ids)
            else:
                self._write_json(target, ids)
        return len(ids)

    def _write_csv(self, target: TextIO, ids: Sequence[int]) -> None:
        """Twice through all of them: the columns stand in the first line."""
        keys: dict[str, None] = {}
        for person in self._people(ids, 0.0, 0.5):
            keys |= dict.fromkeys(person.row.fields)
        target.write("\ufeff")  # by which spreadsheets know the letters
        writer = csv.writer(target)
        writer.writerow([*_HEADS, *map(harmless, keys)])
        names = self._topic_names()
        for person in self._people(ids, 0.5, 1.0):
            row = person.row
            held = "; ".join(_short(one, names, self.now) for one in person.held)
            own = [harmless(str(row.fields.get(key, ""))) for key in keys]
            tags = harmless(", ".join(row.tags))
            writer.writerow([row.person_id, *_instants(row), tags, harmless(held), *own])

    def _write_json(self, target: TextIO, ids: Sequence[int]) -> None:
        names, before = self._topic_names(), "[\n"
        for person in self._people(ids, 0.0, 1.0):
            plain = _plain(person, names, self.now)
            target.write(before + json.dumps(plain, ensure_ascii=False))
            before = ",\n"
        target.write("\n]\n" if ids else "[]\n")

    def _people(self, ids: Sequence[int], begin: float, end: float) -> Iterator[Exported]:
        for done in range(0, len(ids), AT_ONCE):
            self.step(begin + (end - begin) * done / len(ids))
            some = ids[done : done + AT_ONCE]
            with self.database.reading() as connection:
                rows = contacts.by_ids(connection, self.page_id, some)
                held = holdings.of_contacts(connection, some)
            yield from (Exported(rows[id], held[id]) for id in some if id in rows)
        self.step(end)

    def _topic_names(self) -> dict[str, str]:
        with self.database.reading() as connection:
            return topics.names(connection, self.page_id)


_HEADS: Final = ("id", "first seen", "last answer", "tags", "permissions")


@contextmanager
def _whole(file: Path) -> Iterator[TextIO]:
    """A file beside, that takes its place once all is on the disk; nobody else may read it."""
    beside = file.with_name(f".{file.name}.part")
    try:
        with open(beside, "w", encoding="utf-8", newline="", opener=_private) as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        beside.replace(file)
    except OSError as error:
        raise Problem(
            "The file {file} can’t be written: {why}.", file=file, why=error.strerror
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _plain(person: Exported, names: dict[str, str], now: datetime) -> dict[str, Any]:
    row = person.row
    first_seen, last_answer = _instants(row)
    return {
        "id": row.person_id,
        "first_seen": first_seen,
        "last_answer": last_answer or None,
        "fields": dict(row.fields),
        "tags": row.tags,
        "permissions": [
            {
                "topic": names.get(one.topic_id, one.topic_id),
                "status": one.status(now).value,
                "frequency": one.frequency,
                "since": one.opted_in_at.isoformat(),
                "until": one.expires_at and one.expires_at.isoformat(),
                "usable_from": one.next_allowed_at and one.next_allowed_at.isoformat(),
            }
            for one in person.held
        ],
    }


def _instants(row: ContactRow) -> tuple[str, str]:
    last = row.last_action_at.isoformat() if row.last_action_at else ""
    return row.first_seen_at.isoformat(), last


def _short(one: Holding, names: dict[str, str], now: datetime) -> str:
    return f"{names.get(one.topic_id, one.topic_id)}: {one.status(now)}"
