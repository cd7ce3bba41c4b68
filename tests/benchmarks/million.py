"""An engine with a million contacts and permissions: what it costs idle and busy, and to announce.

``python -m tests.benchmarks.million [--database postgresql] [--contacts N]``. The plan of an
announcement to one in seven of them is measured beside counting them, on the same database.
"""

import argparse
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psutil
from sqlalchemy import (
    Integer,
    Text,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    text,
)

from otn_studio.policy import one_time
from otn_studio.runtime.broadcasting import telling
from otn_studio.runtime.page import Page
from otn_studio.storage.database import Database
from otn_studio.storage.instant import Instant
from otn_studio.storage.permissions import topics
from otn_studio.storage.sending import announcements, recipients
from otn_studio.storage.tables import announcement, contact, lane, permission, recipient
from tests.benchmarks import measuring, webhooks
from tests.benchmarks.measuring import Series, percentile
from tests.benchmarks.processes import PAGE, engine, fresh_database, running
from tests.benchmarks.worlds import KEYWORD, publish_sample

CONTACTS = 1_000_000
HOLDERS = 7
"""One in so many holds a permission for the topic that is announced."""
TOPIC, OTHER = "news", "other"
REPETITIONS = 5
IDLE_SECONDS = 30.0
BUSY_SECONDS = 20.0
A_SECOND = 50
MESSAGE = "Something new!"


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    given = parser.parse_args()
    measuring.title(f"{given.contacts:,} contacts and permissions, {given.database}")
    with measuring.folder() as folder, ExitStack() as stack:
        url = fresh_database(given.database, folder, stack)
        database = Database.open(url)
        stack.callback(database.close)
        began = time.perf_counter()
        _make(database, given.contacts)
        measuring.line("made in", f"{time.perf_counter() - began:.0f}", "s")
        measuring.line("the database takes", f"{_size(database, folder) / 2**20:,.0f}", "MB")
        met = _announce(database)
        _run(folder, url)
        measuring.machine(folder)
    return met


def _make(database: Database, contacts: int) -> None:
    """Everything by the database itself, row after row from a list of numbers."""
    now = datetime.now(UTC)
    publish_sample(database, now)
    with database.writing() as connection:
        topics.add(connection, PAGE, TOPIC, "News", now)
    numbers = select(literal(1, Integer).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < contacts))
    n, page = numbers.c.n, literal(PAGE)
    person = literal("person-") + cast(n, Text)
    at = bindparam("now", now, Instant)
    topic = case((n % HOLDERS == 0, TOPIC), else_=OTHER)
    with database.writing() as connection:
        people = select(n, page, person, text("'{}'"), text("'[]'"), at, at)
        columns = [
            "id",
            "page_id",
            "person_id",
            "fields",
            "tags",
            "first_seen_at",
            "last_action_at",
        ]
        connection.execute(insert(contact).from_select(columns, people))
        connection.execute(
            insert(lane).from_select(
                ["contact_id", "page_id", "conversation"], select(n, page, literal("{}"))
            )
        )
        ends, token = literal(one_time.expires_at(now), Instant), literal("token-") + cast(n, Text)
        columns = ["id", "page_id", "contact_id", "topic_id", "token", "opted_in_at"]
        columns += ["expires_at", "next_allowed_at"]
        yes = select(n, page, n, topic, token, at, ends, at)
        connection.execute(insert(permission).from_select(columns, yes))
    if database.file is None:
        with database.writing() as connection:
            for table in (contact, permission):
                last = select(func.max(table.c.id)).scalar_subquery()
                sequence = func.pg_get_serial_sequence(table.name, "id")
                connection.execute(select(func.setval(sequence, last)))
        _vacuum(database)


def _vacuum(database: Database) -> None:
    """What PostgreSQL does by itself soon after so many rows have come."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _size(database: Database, folder: Path) -> int:
    if database.file is not None:
        return sum(file.stat().st_size for file in folder.glob("otn-studio.db*"))
    with database.reading() as connection:
        return connection.scalar(text("SELECT pg_database_size(current_database())"))


def _announce(database: Database) -> bool:
    counting, planning = [], []
    now = datetime.now(UTC)
    for _ in range(REPETITIONS):
        with database.reading() as connection:
            began = time.perf_counter()
            people = recipients.count(connection, PAGE, TOPIC, now)
            counting.append(time.perf_counter() - began)
        planning.append(_planned(database, now, people))
    measuring.line("of them reached by the announcement", f"{people:,}")
    measuring.line("counting them", Series(tuple(counting)), "s")
    measuring.line("planning the announcement", Series(tuple(planning)), "s")
    return measuring.at_most("ratio", measuring.ratios(planning, counting), 3.0)


def _planned(database: Database, now: datetime, people: int) -> float:
    """How long it takes, piece by piece as the engine does it, each in a transaction of its own."""
    with database.writing() as connection:
        number = announcements.make(
            connection, PAGE, TOPIC, now, begins_at=now, waits=True, text=MESSAGE
        )
    began = time.perf_counter()
    while True:
        with database.writing() as connection:
            (row,) = announcements.due(connection, PAGE, now)
            if row.planned_at is not None:
                break
            telling.go_on(connection, Page(PAGE), now)
    took = time.perf_counter() - began
    with database.writing() as connection:
        connection.execute(delete(recipient).where(recipient.c.announcement_id == number))
        connection.execute(delete(announcement).where(announcement.c.id == number))
    assert row.people == people
    return took


def _run(folder: Path, url: str) -> None:
    """The engine over it: idle, then with webhooks that a flow answers."""
    with (
        running("-m", "tests.benchmarks.graph_stub") as graph,
        engine(folder, graph.url, url) as served,
    ):
        time.sleep(5.0)
        process = psutil.Process(served.id)
        before = sum(process.cpu_times()[:2])
        time.sleep(IDLE_SECONDS)
        idle = (sum(process.cpu_times()[:2]) - before) / IDLE_SECONDS * 100
        measuring.line("idle", f"{idle:.2f}", "% of a core")
        measuring.line("its memory, idle", f"{process.memory_info().rss / 2**20:.0f}", "MB")
        before = sum(process.cpu_times()[:2])
        sent = webhooks.steady(served.url, KEYWORD, "busy", BUSY_SECONDS, A_SECOND)
        busy = (sum(process.cpu_times()[:2]) - before) / BUSY_SECONDS * 100
        took = f"{percentile(sent.answer_times(), 99):.1f}"
        measuring.line(f"{A_SECOND} webhooks a second", f"{busy:.1f}", "% of a core")
        measuring.line("99 of 100 webhooks answered within", took, "ms")
        measuring.line("its memory, busy", f"{process.memory_info().rss / 2**20:.0f}", "MB")


if __name__ == "__main__":
    main()
