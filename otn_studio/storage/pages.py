"""The Pages of the database, whether Messenger takes their messages, and the rules they go by."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from otn_studio.storage.tables import page
from otn_studio.storage.upsert import insert_missing

BUSY: Final = "busy"
"""Messenger wants us to slow down, or can't be reached: nothing that a person has to do."""
TOKEN: Final = "token"
"""The access token is bad or has expired."""
RESTRICTED: Final = "restricted"
"""Messenger has restricted the Page."""
POLICY: Final = "policy"
"""Messenger has blocked the Page's messages, and will say when it no longer does."""
RESTORED: Final = "restored"
"""A backup was restored; the person has to confirm that the Page may send."""
MOVED: Final = "moved"
"""The Page is served from another database now."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Why no message of a Page goes out. ``why`` is Messenger's own sentence, if it gave one.

    From ``try_at`` on, if there is such a time, one message is tried: ``try_send``. ``pause`` is how
    many seconds there are until the next.
    """

    kind: str
    why: str = ""
    try_at: datetime | None = None
    try_send: int | None = None
    pause: int | None = None


_STOP = select(
    page.c.stopped_kind, page.c.stopped_why, page.c.try_at, page.c.try_send, page.c.pause
).where(page.c.id == bindparam("page"), page.c.stopped_kind.is_not(None))
_NO_STOP = dict.fromkeys(("stopped_kind", "stopped_why", "try_at", "try_send", "pause"))


def ensure(connection: Connection, page_id: str) -> None:
    """Make the Page's row where it is missing: everything else refers to it."""
    insert_missing(connection, page, [{"id": page_id}])


def ids(connection: Connection) -> list[str]:
    """Those of all Pages."""
    return list(connection.scalars(select(page.c.id).order_by(page.c.id)))


def stop(connection: Connection, page_id: str) -> Stop | None:
    """Why no message of this Page goes out at the moment; none where they do."""
    row = connection.execute(_STOP, {"page": page_id}).one_or_none()
    return row and Stop(*row)


def set_stop(connection: Connection, page_id: str, stop: Stop | None) -> None:
    """Stop the Page's messages, or let them go again."""
    values = _NO_STOP
    if stop is not None:
        values = asdict(stop)
        values |= {"stopped_kind": values.pop("kind"), "stopped_why": values.pop("why")}
    connection.execute(update(page).where(page.c.id == page_id).values(**values))


def fields(connection: Connection, page_id: str) -> dict[str, str]:
    """The values that hold for everybody, by their keys."""
    return connection.scalar(_FIELDS, {"page": page_id}) or {}


def set_fields(connection: Connection, page_id: str, values: Mapping[str, str | None]) -> None:
    """Set these values, whatever others set meanwhile; none clears one."""
    kept = connection.scalar(_FIELDS.with_for_update(), {"page": page_id}) or {}
    fields = {key: value for key, value in (kept | values).items() if value is not None}
    connection.execute(update(page).where(page.c.id == page_id).values(fields=fields))


_FIELDS = select(page.c.fields).where(page.c.id == bindparam("page"))


def rules(connection: Connection, page_id: str) -> dict[str, Any] | None:
    """The rules that the engine went by when it last ran, in plain values."""
    return connection.scalar(select(page.c.rules).where(page.c.id == page_id))


def shown(connection: Connection, page_id: str) -> dict[str, Any] | None:
    """What the Page was last told to show before anybody writes; none: nothing ever."""
    return connection.scalar(select(page.c.shown).where(page.c.id == page_id))


def set_shown(connection: Connection, page_id: str, shown: dict[str, Any]) -> None:
    connection.execute(update(page).where(page.c.id == page_id).values(shown=shown))


def mail(connection: Connection, page_id: str) -> dict[str, Any] | None:
    """The mail server by which colleagues are notified; none was ever set."""
    return connection.scalar(select(page.c.mail).where(page.c.id == page_id))


def set_mail(connection: Connection, page_id: str, mail: dict[str, Any]) -> None:
    connection.execute(update(page).where(page.c.id == page_id).values(mail=mail))


def set_rules(connection: Connection, page_id: str, rules: dict[str, Any]) -> None:
    connection.execute(update(page).where(page.c.id == page_id).values(rules=rules))
