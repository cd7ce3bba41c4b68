"""One statement for many rows, which are bound at once: nobody looks up for each of them again what
is the same for all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Update

Change = Insert | Update | Delete
Processor = Callable[[Any], Any]


def execute(connection: Connection, change: Change, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make a change once for each row; all of them have the names of the first."""
    if rows:
        ready = _ready(connection.dialect, change, tuple(rows[0]))
        connection.exec_driver_sql(ready.sql, [ready.bound(row) for row in rows])


@dataclass(frozen=True, slots=True)
class _Ready:
    """A change in the words of one database. Of what is bound, by name, some is put into another form
    for it.
    """

    sql: str
    names: tuple[str, ...]
    processors: tuple[tuple[int, Processor], ...]
    by_place: bool

    def bound(self, row: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        values = list(map(row.__getitem__, self.names))
        for place, process in self.processors:
            values[place] = process(values[place])
        if self.by_place:
            return tuple(values)
        return dict(zip(self.names, values, strict=True))


@lru_cache(maxsize=100)
def _ready(dialect: Dialect, change: Change, names: tuple[str, ...]) -> _Ready:
    compiled = change.compile(dialect=dialect, column_keys=names, for_executemany=True)
    bound = tuple(compiled.positiontup or compiled.binds)
    processors = (_processor(dialect, compiled.binds[name].type) for name in bound)
    needed = tuple((place, process) for place, process in enumerate(processors) if process)
    return _Ready(str(compiled), bound, needed, compiled.positiontup is not None)


def _processor(dialect: Dialect, type: Any) -> Processor | None:
    return type.dialect_impl(dialect).bind_processor(dialect)
