"""What the Insights page shows of messages: the sums of `progress`, chosen and grouped."""

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, func, select

from otn_studio.storage.insights.progress import NAMES, Figures
from otn_studio.storage.tables import block_figure, figure, flow_version, way_figure

IN_CONVERSATION = ""
"""Instead of a topic: messages that used no permission."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which messages count: from a day to another one, both included; of which topic, else of all of
    them, and of which flow, else of all of them."""

    page_id: str
    first: int
    last: int
    topic_id: str | None = None
    flow_id: str | None = None


def by_day(connection: Connection, chosen: Chosen) -> dict[int, Figures]:
    """The figures of each day that has some."""
    return _grouped(connection, chosen, figure.c.hour // 24)


def by_hour(connection: Connection, chosen: Chosen) -> dict[int, Figures]:
    """The figures of each hour of the day, all days together."""
    return _grouped(connection, chosen, figure.c.hour % 24)


def by_topic(connection: Connection, chosen: Chosen) -> dict[str, Figures]:
    """The figures of each topic."""
    return _grouped(connection, chosen, figure.c.topic_id)


def by_flow(connection: Connection, chosen: Chosen) -> dict[str, Figures]:
    """The figures of each flow; those of messages from none are under an empty name."""
    return _grouped(connection, chosen, figure.c.flow_id)


def first_day(connection: Connection, page_id: str) -> int | None:
    """The first day that has figures."""
    hour = connection.scalar(select(func.min(figure.c.hour)).where(figure.c.page_id == page_id))
    return None if hour is None else hour // 24


def flow_names(connection: Connection, page_id: str) -> dict[str, str]:
    """The flows that were ever published, as they were called last."""
    newest = (
        select(func.max(flow_version.c.id))
        .where(flow_version.c.page_id == page_id)
        .group_by(flow_version.c.flow_id)
    )
    query = select(flow_version.c.flow_id, flow_version.c.name)
    query = query.where(flow_version.c.id.in_(newest)).order_by(flow_version.c.name)
    return dict(connection.execute(query).all())


def of_blocks(connection: Connection, page_id: str, flow_id: str, first: int) -> dict[str, Figures]:
    """The figures of each block of a flow, from a day on."""
    rows = _of_flow(connection, block_figure, page_id, flow_id, first, [block_figure.c.block])
    return {row[0]: _figures(row) for row in rows}


def of_ways(
    connection: Connection, page_id: str, flow_id: str, first: int
) -> dict[tuple[str, str], int]:
    """How often each way out of a block was gone, from a day on; an empty one: came to the block."""
    key = [way_figure.c.block, way_figure.c.port]
    rows = _of_flow(connection, way_figure, page_id, flow_id, first, key)
    return {(block, port): int(times) for block, port, times in rows}


def _grouped(connection: Connection, chosen: Chosen, by: ColumnElement) -> dict:
    query = select(by, *(func.sum(figure.c[name]) for name in NAMES)).where(
        figure.c.page_id == chosen.page_id,
        figure.c.hour >= 24 * chosen.first,
        figure.c.hour < 24 * (chosen.last + 1),
    )
    if chosen.topic_id is None:
        query = query.where(figure.c.topic_id != IN_CONVERSATION)
    else:
        query = query.where(figure.c.topic_id == chosen.topic_id)
    if chosen.flow_id is not None:
        query = query.where(figure.c.flow_id == chosen.flow_id)
    return {row[0]: _figures(row) for row in connection.execute(query.group_by(by))}


def _of_flow(
    connection: Connection,
    table: Table,
    page_id: str,
    flow_id: str,
    first: int,
    key: list[Column],
) -> list[Row]:
    names = NAMES if table is block_figure else ("times",)
    query = select(*key, *(func.sum(table.c[name]) for name in names)).where(
        table.c.page_id == page_id, table.c.flow_id == flow_id, table.c.day >= first
    )
    return list(connection.execute(query.group_by(*key)))


def _figures(row: Row) -> Figures:
    """PostgreSQL sums whole numbers up to decimal ones."""
    return Figures(*(int(value) for value in row[1:]))
