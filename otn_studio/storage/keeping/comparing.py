"""Comparing a table in two databases, row by row, while neither is held in memory."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Connection, Table

from otn_studio.storage.keeping.rows import faithful, in_order, key_places


@dataclass(frozen=True, slots=True)
class Compared:
    """How many rows of a table are the same here and there, other, not there, or only there."""

    table: str
    same: int
    other: int
    missing: int
    extra: int

    @property
    def all_agree(self) -> bool:
        return not (self.other or self.missing or self.extra)


def compare(
    here: Connection, there: Connection, table: Table, step: Callable[[int], None] | None = None
) -> Compared:
    """Walk through both sides at once, in the order of the rows' keys; ``step`` counts them."""
    same = other = missing = extra = 0
    ours, theirs = _hashed(here, table, step), _hashed(there, table, step)
    one, two = next(ours, None), next(theirs, None)
    while one is not None or two is not None:
        if two is None or (one is not None and one[0] < two[0]):
            missing += 1
            one = next(ours, None)
        elif one is None or two[0] < one[0]:
            extra += 1
            two = next(theirs, None)
        else:
            same, other = (same + 1, other) if one[1] == two[1] else (same, other + 1)
            one, two = next(ours, None), next(theirs, None)
    return Compared(table.name, same, other, missing, extra)


def _hashed(
    connection: Connection, table: Table, step: Callable[[int], None] | None
) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    """Every row's key and hash."""
    keys = key_places(table)
    documents = [isinstance(column.type, JSON) for column in table.columns]
    for rows in in_order(connection, table):
        for row in rows:
            values = [faithful(value) for value in row]
            yield tuple(values[place] for place in keys), _hash(values, documents)
        if step is not None:
            step(len(rows))


def _hash(values: list[Any], documents: list[bool]) -> bytes:
    """The same for the same values, whatever the order of the keys in a document."""
    plain = [
        [json.loads(value)] if document and value is not None else value
        for value, document in zip(values, documents, strict=True)
    ]
    written = json.dumps(plain, sort_keys=True, default=repr)
    return hashlib.blake2b(written.encode(), digest_size=16).digest()
