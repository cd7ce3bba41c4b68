"""The Contacts page with a million people: how soon it shows them, finds them, and scrolls.

``python -m tests.benchmarks.contacts [--database postgresql] [--contacts N]``. The real page is shown,
offscreen, over the real database; beside it the database counts the same people by itself. The ratio
to that is shown where the page looks for somebody; what a person feels are the milliseconds.
"""

import argparse
import gc
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import (
    JSON,
    BigInteger,
    Integer,
    String,
    Text,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
)

from otn_studio.cli.services.contacts import PageContacts
from otn_studio.flow.audience import EVERYBODY, About, Audience, How, Rule
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.page import Page
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.instant import Instant
from otn_studio.storage.permissions import topics
from otn_studio.storage.tables import contact, contact_word, lane, permission
from otn_studio.studio.pages.contacts.page import ContactsPage
from otn_studio.studio.pages.contacts.people_model import Column
from otn_studio.studio.theme.theme import Choice, Theme
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Series, percentile
from tests.benchmarks.processes import PAGE, fresh_database

CONTACTS = 1_000_000
NAMES = ("ann", "bob", "cleo", "dana", "eve", "finn", "gwen", "hugo", "iris", "jun")
REPETITIONS = 5
JUMPS = 200
PATIENCE = 120.0
HEARTBEAT = 5
BLINK = 100.0
"""Milliseconds that a person takes for no time at all."""
SOON = 500.0
"""That one waits for, without looking away."""
FRAME = 50.0
"""The longest that the window may not answer."""


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    given = parser.parse_args()
    measuring.title(f"The Contacts page with {given.contacts:,} people, {given.database}")
    with measuring.folder() as folder, ExitStack() as stack:
        url = fresh_database(given.database, folder, stack)
        began = time.perf_counter()
        making = multiprocessing.get_context("spawn").Process(
            target=make, args=(url, given.contacts)
        )
        making.start()
        making.join()
        database = Database.open(url)
        stack.callback(database.close)
        measuring.line("made in", f"{time.perf_counter() - began:.0f}", "s")
        met = _measure(database, given.contacts)
        measuring.machine(folder)
    return met


def make(url: str, contacts: int) -> None:
    """In a process of its own, whose memory is not the page's."""
    database = Database.open(url)
    _make(database, contacts)
    database.close()


def _make(database: Database, contacts: int) -> None:
    """Everything by the database itself, row after row from a list of numbers."""
    now = datetime.now(UTC)
    numbers = select(literal(1, Integer).label("n")).cte("numbers", recursive=True)
    n = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < contacts)).c.n
    page, is_vip = literal(PAGE), n % 10 == 0
    first = case(*((n % len(NAMES) == at, name) for at, name in enumerate(NAMES)), else_="")
    last, size = literal("lee") + cast(n, Text), cast(35 + n % 12, Text)
    fields = literal('{"first_name": "') + first + '", "last_name": "' + last
    fields = fields + '", "size": "' + size + '"}'
    ago = (
        cast(n, BigInteger)
        % 1_000
        * literal(timedelta(hours=1) // timedelta(microseconds=1), BigInteger)
    )
    at = literal(now, Instant)
    acted = cast(at, Instant().impl) - ago
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        topics.add(connection, PAGE, "news", "News", now)
        tags = case((is_vip, text("""'["vip"]'""")), else_=text("'[]'"))
        if database.file is None:
            fields, tags = cast(fields, JSON), cast(tags, JSON)
        people = select(n, page, literal("7") + cast(n, Text), fields, tags, at, acted)
        columns = ["id", "page_id", "person_id", "fields", "tags", "first_seen_at"]
        connection.execute(insert(contact).from_select([*columns, "last_action_at"], people))
        lanes = select(n, page, literal("{}"))
        connection.execute(
            insert(lane).from_select(["contact_id", "page_id", "conversation"], lanes)
        )
        words = [first, last, size]
        words += ["first_name=" + first, "last_name=" + last, "size=" + size]
        rows = [select(page, cast(word, String).label("word"), n) for word in words]
        rows.append(select(page, literal("#vip"), n).where(is_vip))
        all_words = union_all(*rows).subquery()
        in_order = select(all_words).order_by(all_words.c[1], all_words.c[2])
        connection.execute(
            insert(contact_word).from_select(["page_id", "word", "contact_id"], in_order)
        )
        ends = literal(now + timedelta(days=300), Instant)
        yes = select(n, page, n, literal("news"), literal("token-") + cast(n, Text), at, ends, at)
        columns = ["id", "page_id", "contact_id", "topic_id", "token", "opted_in_at"]
        columns += ["expires_at", "next_allowed_at"]
        connection.execute(insert(permission).from_select(columns, yes.where(n % 7 == 0)))
    with database.writing() as connection:
        connection.execute(text("ANALYZE"))


class Hands:
    """The page, and a person who waits for it with a watch in their hand."""

    def __init__(self, page: ContactsPage, contacts: int) -> None:
        self.page, self.contacts = page, contacts
        self.table = page._table
        self.people = page._people
        self._beat = QElapsedTimer()
        self.longest_pause = 0.0
        timer = QTimer(page, interval=HEARTBEAT, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._feel)
        self._beat.start()
        timer.start()

    def _feel(self) -> None:
        self.longest_pause = max(self.longest_pause, self._beat.nsecsElapsed() / 1e6)
        self._beat.restart()

    @contextmanager
    def feeling(self) -> Iterator[list[float]]:
        """How long the window did not answer at worst, in milliseconds."""
        QApplication.processEvents()
        self._beat.restart()
        self.longest_pause = 0.0
        felt: list[float] = []
        yield felt
        QApplication.processEvents()
        felt.append(self.longest_pause)

    def wait(self, holds: Callable[[], bool]) -> float:
        """How long it takes, in milliseconds."""
        began = time.perf_counter()
        while not holds():
            QApplication.processEvents()
            assert time.perf_counter() - began < PATIENCE, "the page did not get on"
        return (time.perf_counter() - began) * 1e3

    def sees_people(self) -> bool:
        """Whether everybody in view is shown."""
        first = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        last = self.people.rowCount() - 1 if last < 0 else last
        rows = range(first, last + 1) if first >= 0 else ()
        known = self.page._cache
        if not rows or not all(known.knows(self.people.ids[row]) for row in rows):
            return False
        QApplication.sendEvent(self.table.viewport(), QEvent(QEvent.Type.UpdateRequest))
        return True

    def look_for(self, audience: Audience) -> tuple[float, float, int]:
        """Until the first are shown, until all are found, and how many they are."""
        finder = self.page._finder
        self.people._begin(self.people.ids[:0])
        began = time.perf_counter()
        self.page._filters.show_audience(audience)
        self.wait(lambda: self.sees_people() or not finder.is_busy)
        shown = (time.perf_counter() - began) * 1e3
        self.wait(lambda: not finder.is_busy)
        return shown, (time.perf_counter() - began) * 1e3, len(self.people.ids)


def _measure(database: Database, contacts: int) -> bool:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme = Theme(application, Choice.LIGHT)
    service = PageContacts(database, Page(PAGE), SystemClock())
    counting = _counted(database, select(func.count()).select_from(contact))
    scanning = _counted(
        database, select(func.count()).where(cast(contact.c.fields, Text).contains("ann"))
    )
    measuring.line("counting them", Series(tuple(counting)), "ms")
    measuring.line("reading through them for a word", Series(tuple(scanning)), "ms")
    page = ContactsPage(service, theme)
    page.resize(1_256, 750)
    hands = Hands(page, contacts)
    measuring.line("memory before the page is shown", _megabytes(), "MB")
    met = [_first_paint(hands, counting), *_searches(hands, scanning)]
    met += _filters(hands, scanning)
    hands.look_for(EVERYBODY)
    met += [_scroll(hands), _memory(hands)]
    page.hide()
    page.deleteLater()
    return all(met)


def _counted(database: Database, query) -> list[float]:
    times = []
    for _ in range(REPETITIONS):
        with database.reading() as connection:
            began = time.perf_counter()
            connection.scalar(query)
            times.append((time.perf_counter() - began) * 1e3)
    return times


def _first_paint(hands: Hands, counting: list[float]) -> bool:
    shown, all_found, pauses = [], [], []
    for _ in range(REPETITIONS):
        hands.page.hide()
        hands.people._begin(hands.people.ids[:0])
        hands.page._cache._rows.clear()
        with hands.feeling() as felt:
            began = time.perf_counter()
            hands.page.show()
            hands.wait(hands.sees_people)
            shown.append((time.perf_counter() - began) * 1e3)
            hands.wait(lambda: not hands.page._finder.is_busy)
            all_found.append((time.perf_counter() - began) * 1e3)
        pauses += felt
    assert len(hands.people.ids) == hands.contacts
    measuring.line("all of them in the list", Series(tuple(all_found)), "ms")
    measuring.line("their ratio to counting", measuring.ratios(all_found, counting))
    paint = measuring.at_most("first paint", Series(tuple(shown)), BLINK, "ms")
    return (
        measuring.at_most("longest pause meanwhile", Series(tuple(pauses)), FRAME, "ms") and paint
    )


def _searches(hands: Hands, scanning: list[float]) -> Iterator[bool]:
    for what, words, aim in (
        ("one in ten, by a name", "ann", BLINK),
        ("one person, by a name", f"lee{hands.contacts - 5}", BLINK),
        ("one person, by two words", f"ann lee{hands.contacts // 20 * 10}", BLINK),
        ("one in ten, by two short beginnings", "an le", SOON),
        ("nobody", "zoe", BLINK),
    ):
        yield _looked_for(hands, f"search: {what}", Audience(words=words), aim, scanning)


def _filters(hands: Hands, scanning: list[float]) -> Iterator[bool]:
    for what, rule, aim in (
        ("tag", Rule(About.TAG, How.YES, "vip"), BLINK),
        ("field is", Rule(About.FIELD, How.IS, "size", "42"), BLINK),
        ("permission", Rule(About.TOPIC, How.YES, "news"), BLINK),
        ("window open", Rule(About.WINDOW, How.YES), BLINK),
        ("not answered for 30 days", Rule(About.ANSWERED, How.BEFORE, value="30"), BLINK),
        ("field more than", Rule(About.FIELD, How.MORE, "size", "45"), SOON),
        ("field more than, nobody", Rule(About.FIELD, How.MORE, "size", "99"), SOON),
    ):
        yield _looked_for(hands, f"filter: {what}", Audience((rule,)), aim, scanning)


def _looked_for(
    hands: Hands, what: str, audience: Audience, aim: float, scanning: list[float]
) -> bool:
    """Until the first are shown, and until all are in the list."""
    with hands.feeling() as felt:
        found = [hands.look_for(audience) for _ in range(REPETITIONS)]
    shown, all_found, counts = zip(*found, strict=True)
    measuring.line(what, f"{counts[0]:,}", "found")
    measuring.line("  all of them, ratio to reading", measuring.ratios(all_found, scanning))
    measuring.line("  longest pause meanwhile", f"{felt[0]:.0f}", "ms")
    return measuring.at_most("  shown after", Series(shown), aim, "ms")


def _scroll(hands: Hands) -> bool:
    """To places all over the list, and a screen further; each until everybody is shown there."""
    bar, places = hands.table.verticalScrollBar(), random.Random(7)
    moves, shown = [], []
    with hands.feeling() as felt:
        for jump in range(JUMPS):
            place = places.randrange(bar.maximum()) if jump % 2 else bar.value() + bar.pageStep()
            began = time.perf_counter()
            bar.setValue(place)
            QApplication.sendEvent(hands.table.viewport(), QEvent(QEvent.Type.UpdateRequest))
            moves.append((time.perf_counter() - began) * 1e3)
            hands.wait(hands.sees_people)
            shown.append((time.perf_counter() - began) * 1e3)
    name = hands.people.index(hands.table.rowAt(0), Column.NAME).data()
    assert name, "there is nobody where we stopped"
    measuring.line("scroll: the window moves within", Series(tuple(moves)), "ms")
    late = Series((percentile(shown, 99),))
    measuring.line("scroll: everybody shown within", Series(tuple(shown)), "ms")
    met = measuring.at_most("scroll: 99 of 100 shown within", late, BLINK, "ms")
    return measuring.at_most("scroll: longest pause", Series(tuple(felt)), FRAME, "ms") and met


def _megabytes() -> str:
    return f"{psutil.Process().memory_info().rss / 2**20:,.0f}"


def _memory(hands: Hands) -> bool:
    """However much is scrolled through."""
    bar, process = hands.table.verticalScrollBar(), psutil.Process()

    def scroll(screens: int) -> int:
        for number in range(screens):
            bar.setValue(bar.maximum() * number // screens)
            hands.wait(hands.sees_people)
        gc.collect()
        return process.memory_info().rss

    before = scroll(100)
    after = scroll(1_000)
    measuring.line("memory with all of them in the list", _megabytes(), "MB")
    grew = Series((after / before,))
    return measuring.at_most("memory after 1,000 screens more, ratio", grew, 1.05)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
