"""How the Pages of the database are connected to Messenger: all of it but the secrets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import Connection as DatabaseConnection
from sqlalchemy import select, update

from otn_studio.storage import pages
from otn_studio.storage.tables import page

_INSTANTS = ("expires_at", "data_ends_at", "looked_at")


@dataclass(frozen=True, slots=True)
class Connection:
    """One Page's. ``passed`` are the steps of connecting it that were tested well, each with when.

    ``expires_at`` is when its access token ends, ``data_ends_at`` when the app has to be agreed to
    anew; none: never. Messenger was asked that at ``looked_at``.
    """

    name: str = ""
    app_id: str = ""
    app_name: str = ""
    address: str = ""
    zone: str = ""
    country: str = ""
    profile: str = ""
    expires_at: datetime | None = None
    data_ends_at: datetime | None = None
    looked_at: datetime | None = None
    passed: Mapping[str, str] = field(default_factory=dict)

    @property
    def ends_at(self) -> datetime | None:
        """When Messenger takes no more messages, whichever comes first."""
        return min(filter(None, (self.expires_at, self.data_ends_at)), default=None)

    def passing(self, step: str, now: datetime, **values: Any) -> Self:
        """The same, once a step was tested well."""
        return replace(self, passed={**self.passed, step: now.isoformat()}, **values)

    def failing(self, *steps: str) -> Self:
        """The same, where steps have to be tested again."""
        left = {step: at for step, at in self.passed.items() if step not in steps}
        return replace(self, passed=left)


def of(connection: DatabaseConnection, page_id: str) -> Connection | None:
    """The Page's connection; none: it was never connected."""
    plain = connection.scalar(select(page.c.connection).where(page.c.id == page_id))
    return plain and _read(plain)


def all_of(connection: DatabaseConnection) -> dict[str, Connection]:
    """Those of all Pages that were ever connected, by their ids, in the order of their names."""
    rows = connection.execute(
        select(page.c.id, page.c.connection).where(page.c.connection.is_not(None))
    )
    found = {id: _read(plain) for id, plain in rows}
    return dict(sorted(found.items(), key=lambda entry: (entry[1].name.casefold(), entry[0])))


def keep(connection: DatabaseConnection, page_id: str, kept: Connection | None) -> None:
    """Set a Page's connection; none: it is not connected any more."""
    pages.ensure(connection, page_id)
    plain = None if kept is None else _written(kept)
    connection.execute(update(page).where(page.c.id == page_id).values(connection=plain))


def _written(kept: Connection) -> dict[str, Any]:
    plain = asdict(kept)
    instants = {name: plain[name] and plain[name].isoformat() for name in _INSTANTS}
    return plain | instants


def _read(plain: dict[str, Any]) -> Connection:
    known = {name: plain[name] for name in Connection.__slots__ if name in plain}
    instants = {
        name: datetime.fromisoformat(known[name]).astimezone(UTC)
        for name in _INSTANTS
        if known.get(name)
    }
    return Connection(**known | instants)
