"""Published versions of flows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from otn_studio.storage.tables import flow_version


@dataclass(frozen=True, slots=True)
class Version:
    """One published version. ``document`` is the flow's file, to the letter."""

    flow_id: str
    number: int
    name: str
    document: str
    live: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One published version as people know it. ``title`` is empty until somebody gives it one."""

    number: int
    title: str
    published_at: datetime
    published_by: str
    live: bool


_COLUMNS = (
    flow_version.c.flow_id,
    flow_version.c.number,
    flow_version.c.name,
    flow_version.c.document,
    flow_version.c.live,
)


def publish(
    connection: Connection,
    page_id: str,
    flow_id: str,
    name: str,
    document: str,
    now: datetime,
    by: str = "",
) -> int:
    """Make a new live version, and answer its number. The same document again stays as it is."""
    of_flow = flow_version.c.page_id == page_id, flow_version.c.flow_id == flow_id
    live = connection.execute(
        select(flow_version.c.number, flow_version.c.document).where(*of_flow, flow_version.c.live)
    ).first()
    if live is not None and live.document == document:
        return live.number
    number = 1 + (connection.scalar(select(func.max(flow_version.c.number)).where(*of_flow)) or 0)
    connection.execute(update(flow_version).where(*of_flow).values(live=False))
    connection.execute(
        insert(flow_version).values(
            page_id=page_id,
            flow_id=flow_id,
            number=number,
            name=name,
            document=document,
            published_at=now,
            live=True,
            published_by=by,
        )
    )
    return number


def go_back(connection: Connection, page_id: str, flow_id: str, number: int) -> None:
    """Make an earlier version the live one again."""
    of_flow = flow_version.c.page_id == page_id, flow_version.c.flow_id == flow_id
    connection.execute(
        update(flow_version).where(*of_flow).values(live=flow_version.c.number == number)
    )


def entitle(connection: Connection, page_id: str, flow_id: str, number: int, title: str) -> None:
    """Give a version a name."""
    connection.execute(
        update(flow_version)
        .where(
            flow_version.c.page_id == page_id,
            flow_version.c.flow_id == flow_id,
            flow_version.c.number == number,
        )
        .values(title=title)
    )


def all_of(connection: Connection, page_id: str, flow_id: str) -> list[Listed]:
    """Every version of a flow, the newest first."""
    query = select(
        flow_version.c.number,
        flow_version.c.title,
        flow_version.c.published_at,
        flow_version.c.published_by,
        flow_version.c.live,
    ).where(flow_version.c.page_id == page_id, flow_version.c.flow_id == flow_id)
    rows = connection.execute(query.order_by(flow_version.c.number.desc()))
    return [Listed(*row) for row in rows]


def live(connection: Connection, page_id: str) -> list[tuple[str, int]]:
    """The live version of every flow, as (flow id, number)."""
    query = select(flow_version.c.flow_id, flow_version.c.number)
    query = query.where(flow_version.c.page_id == page_id, flow_version.c.live)
    return [tuple(row) for row in connection.execute(query.order_by(flow_version.c.flow_id))]


def numbered(connection: Connection, page_id: str, flow_id: str, number: int) -> Version | None:
    """That version of a flow; none where there is none."""
    query = select(*_COLUMNS).where(
        flow_version.c.page_id == page_id,
        flow_version.c.flow_id == flow_id,
        flow_version.c.number == number,
    )
    row = connection.execute(query).first()
    return None if row is None else Version(*row)
