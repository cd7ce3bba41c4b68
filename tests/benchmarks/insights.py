"""The Insights page over a million events: how soon they are counted, and each figure is there.

``python -m tests.benchmarks.insights [--database postgresql] [--events N]``. Beside each figure stands
how long the database takes to count the same events, plainly. The real page is shown, offscreen, while
all of them are counted for the first time; a heartbeat feels how long its window stands still.
"""

import argparse
import gc
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from sqlalchemy import Connection, Table, func, insert, select, text

from otn_studio.cli.services.insights import PageInsights
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.keeping import insights as counting
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.insights import of_messages, of_permissions, progress
from otn_studio.storage.insights.of_messages import Chosen
from otn_studio.storage.permissions import topics
from otn_studio.storage.tables import contact, event, lane, permission, send
from otn_studio.studio.pages.insights.page import InsightsPage
from otn_studio.studio.theme.theme import Choice, Theme
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Series
from tests.benchmarks.processes import PAGE, fresh_database

EVENTS = 1_000_000
A_MESSAGE = 4
"""Events that one message leaves behind: sent, delivered, mostly read, sometimes answered, noted."""
MESSAGES_EACH = 5
TOPICS = tuple(f"topic{n}" for n in range(5))
FLOWS = tuple(f"flow{n}" for n in range(6))
BLOCKS = tuple(f"block{n}" for n in range(8))
READ, ANSWERED = 0.7, 0.3
DAYS = 365
AT_ONCE = 20_000
REPETITIONS = 5
HEARTBEAT = 5
IDLE_SECONDS = 30.0
"""So long it is felt how the machine itself keeps a program waiting that does nothing."""
FRAME = 50.0
"""The longest that the window may not answer."""
PATIENCE = 3_600.0


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--events", type=int, default=EVENTS)
    given = parser.parse_args()
    measuring.title(f"The Insights page with {given.events:,} events, {given.database}")
    with measuring.folder() as folder, ExitStack() as stack:
        url = fresh_database(given.database, folder, stack)
        spawn = multiprocessing.get_context("spawn")
        making = spawn.Process(target=make, args=(url, given.events // A_MESSAGE))
        making.start()
        making.join()
        database = Database.open(url)
        stack.callback(database.close)
        met = _page(database, given.events)
        _figures(database)
        measuring.machine(folder)
    return met


def make(url: str, messages: int) -> None:
    """In a process of its own, whose memory is not the page's."""
    database = Database.open(url)
    dice, now = random.Random(1), datetime.now(UTC).replace(microsecond=0)
    people = max(messages // MESSAGES_EACH, 1)
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        pages.set_rules(connection, PAGE, {"zone": "Europe/Berlin"})
        for topic in TOPICS:
            topics.add(connection, PAGE, topic, f"Topic {topic}", now)
        at = now - timedelta(days=DAYS)
        known = {"page_id": PAGE, "fields": {}, "tags": [], "first_seen_at": at}
        who = range(1, people + 1)
        _put(connection, contact, ({**known, "id": n, "person_id": f"p{n}"} for n in who))
        empty = {"page_id": PAGE, "conversation": "{}"}
        _put(connection, lane, ({**empty, "contact_id": n} for n in who))
        _put(connection, permission, _permissions(messages, people, now))
        _put(connection, send, _sends(messages, people, now))
        _put(connection, event, _events(messages, people, now, dice))
        for number in range(messages // 10):
            ways = [
                (FLOWS[number % len(FLOWS)], block, port)
                for block in BLOCKS[:4]
                for port in ("", "next")
            ]
            progress.note_ways(connection, PAGE, ways, _sent_at(10 * number, messages, now))
    with database.writing() as connection:
        connection.execute(text("ANALYZE"))
    database.close()


def _put(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    some = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            connection.execute(insert(table), some)
            some.clear()
    if some:
        connection.execute(insert(table), some)


def _sent_at(number: int, messages: int, now: datetime) -> datetime:
    return now - timedelta(days=DAYS) * (messages - number) / messages


def _permissions(messages: int, people: int, now: datetime) -> Iterator[dict[str, Any]]:
    """One for every message; every second one is used by it."""
    for number in range(messages):
        yes = _sent_at(number, messages, now) - timedelta(hours=number % 300)
        yield {
            "id": number + 1,
            "page_id": PAGE,
            "contact_id": number % people + 1,
            "topic_id": TOPICS[number % len(TOPICS)],
            "token": f"token{number}",
            "opted_in_at": yes,
            "expires_at": yes + timedelta(days=DAYS),
            "next_allowed_at": yes if number % 2 else None,
            "stopped_at": yes + timedelta(days=9) if number % 50 == 0 else None,
        }


def _sends(messages: int, people: int, now: datetime) -> Iterator[dict[str, Any]]:
    for number in range(messages):
        at = _sent_at(number, messages, now)
        yield {
            "id": number + 1,
            "page_id": PAGE,
            "contact_id": number % people + 1,
            "permission_id": number + 1 if number % 2 == 0 else None,
            "flow_id": FLOWS[number % len(FLOWS)],
            "version": 1,
            "block": BLOCKS[number % len(BLOCKS)],
            "last": True,
            "message": {"text": "They are back, in all sizes."},
            "created_at": at,
            "claimed_at": at,
            "settled_at": at,
            "state": "sent",
        }


def _events(
    messages: int, people: int, now: datetime, dice: random.Random
) -> Iterator[dict[str, Any]]:
    for number in range(messages):
        at = _sent_at(number, messages, now)
        row = {"page_id": PAGE, "contact_id": number % people + 1, "stored_at": at, "done_at": at}
        watermark = {"watermark": int(at.timestamp() * 1000)}
        yield {**row, "at": at, "kind": "note", "body": {"text": "“F” started", "values": {}}}
        yield {**row, "at": at, "kind": "sent", "body": {"send": number + 1, "ticket": None}}
        yield {**row, "at": at, "kind": "delivery", "body": {"delivery": watermark}}
        if dice.random() < READ:
            yield {**row, "at": at, "kind": "read", "body": {"read": watermark}}
        if dice.random() < ANSWERED:
            later = at + timedelta(minutes=dice.randrange(2_000))
            said = {"message": {"mid": f"m{number}", "text": "Thanks!"}}
            yield {**row, "at": later, "kind": "message", "body": said}


class Heartbeat:
    """Feels how long the window stands still, and how much of that its own thread was at work."""

    def __init__(self) -> None:
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._longest, self._busiest = 0.0, 0.0
        self._timer = QTimer(interval=HEARTBEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self._longest = max(self._longest, (now - self._last) * 1_000 - HEARTBEAT)
        self._busiest = max(self._busiest, (worked - self._worked) * 1_000)
        self._last, self._worked = now, worked

    def take(self) -> tuple[float, float]:
        """The longest of both since the last time, in milliseconds."""
        self._beat()
        found = self._longest, self._busiest
        self._longest = self._busiest = 0.0
        return found


def _page(database: Database, events: int) -> bool:
    """Show the page, which counts everything; then choose something else, again and again."""
    application = QApplication(sys.argv[:1])
    theme = Theme(application, Choice.LIGHT)
    page = InsightsPage(PageInsights(database, PAGE, SystemClock()), theme)
    page.resize(1240, 900)
    gc.collect()
    heartbeat = Heartbeat()
    until = time.monotonic() + IDLE_SECONDS
    _until(application, lambda: time.monotonic() > until)
    measuring.line("longest this program stood still, idle", _told(heartbeat.take()))
    began = time.perf_counter()
    page.show()
    _until(application, lambda: _is_seen(page, "insights_board"))
    took = time.perf_counter() - began
    first = heartbeat.take()
    measuring.line("counted for the first time in", f"{took:.0f}", "s")
    measuring.line("events counted in a second", f"{events / took:,.0f}")
    measuring.line("longest the window stood still meanwhile", _told(first))
    times, felt = [], [first]
    for name in ("insights_topic", "insights_flow", "insights_period"):
        box = page.findChild(QComboBox, name)
        for place in range(box.count()):
            box.setCurrentIndex(place)
            began = time.perf_counter()
            _until(application, lambda: not page.is_busy)
            application.processEvents()
            times.append((time.perf_counter() - began) * 1_000)
            felt.append(heartbeat.take())
        box.setCurrentIndex(0)
        _until(application, lambda: not page.is_busy)
    measuring.line("another choice is shown within", Series(tuple(times)), "ms")
    heartbeat.take()
    page.hide()
    began = time.perf_counter()
    page.show()
    _until(application, lambda: not page.is_busy)
    again = (time.perf_counter() - began) * 1_000
    measuring.line("shown again, with nothing new, within", f"{again:.0f}", "ms")
    felt.append(heartbeat.take())
    longest = Series((max(stood for stood, _busy in felt),))
    busiest = Series((max(busy for _stood, busy in felt),))
    met = measuring.at_most("longest that its own thread was at work", busiest, FRAME, "ms")
    return measuring.at_most("longest the window stood still", longest, FRAME, "ms") and met


def _told(felt: tuple[float, float]) -> str:
    stood, busy = felt
    return f"{stood:.0f} ms, of which its own work {busy:.0f} ms at most"


def _is_seen(page: QWidget, name: str) -> bool:
    return any(found.isVisible() for found in page.findChildren(QWidget, name))


def _until(application: QApplication, holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        application.processEvents()
        time.sleep(0.001)


def _figures(database: Database) -> None:
    """Each figure of a year, beside a plain count of the events of that year."""
    clock = SystemClock()
    now = clock.now()
    with database.reading() as connection:
        zone = counting.zone_of(connection, PAGE)
        last = of_permissions.local_day(now, zone)
        chosen = Chosen(PAGE, last - DAYS, last)
        of = connection, PAGE, None, last - DAYS, last, zone
        figures: dict[str, Callable[[], object]] = {
            "by day": lambda: of_messages.by_day(connection, chosen),
            "by hour": lambda: of_messages.by_hour(connection, chosen),
            "by topic": lambda: of_messages.by_topic(connection, chosen),
            "by flow": lambda: of_messages.by_flow(connection, chosen),
            "permissions gained": lambda: of_permissions.gained(*of),
            "permissions stopped": lambda: of_permissions.stopped(*of),
            "permissions expired": lambda: of_permissions.expired(*of, now),
            "permissions that end": lambda: of_permissions.ending(
                connection, PAGE, None, last + DAYS, zone, now
            ),
            "blocks of a flow": lambda: of_messages.of_blocks(connection, PAGE, "flow1", 0),
            "connections of a flow": lambda: of_messages.of_ways(connection, PAGE, "flow1", 0),
        }
        plain = select(func.count()).select_from(event).where(event.c.page_id == PAGE)
        for name, figure in figures.items():
            ours, theirs = [], []
            for _ in range(REPETITIONS):
                ours.append(_took(figure))
                theirs.append(_took(lambda: connection.scalar(plain)))
            measuring.line(name, Series(tuple(ours)), "ms")
            measuring.line("  / counting the events", measuring.ratios(ours, theirs))


def _took(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1_000


if __name__ == "__main__":
    main()
