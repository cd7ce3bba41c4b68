"""Messages that the engine reads, answers and writes down a second, beside ``sqlite3`` by hand.

They are in the inbox already. The engine drains them in its usual batches through the sample flow:
a keyword, then Send Message with a text in Liquid. By hand the very same rows are written, which is
checked each time, and nothing is interpreted: once as text that is there already, once with JSON read
and written on the way, which is the engine's lot as well.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from otn_studio.runtime.conversing import draining
from otn_studio.runtime.page import Page
from otn_studio.runtime.publishing import Published
from otn_studio.runtime.receiving.serving import calm_the_garbage_collector
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox, lanes
from tests.benchmarks import measuring, raw_drain
from tests.benchmarks.measuring import Series
from tests.benchmarks.processes import PAGE
from tests.benchmarks.worlds import messages, publish_sample

REPETITIONS = 7
MESSAGES = 10_000
CAME_AT_ONCE = 100
CAME = datetime.now(UTC)
DRAINED = CAME + timedelta(seconds=1)

Drain = Callable[[Path], AbstractContextManager[Callable[[], object]]]
"""Opens a database, and gives what drains it."""


def main() -> bool:
    measuring.title(f"Engine messages, {MESSAGES:,} people who write once")
    by_engine, by_hand, with_json = [], [], []
    with measuring.folder() as folder:
        waiting, drained, copy = (folder / f"{name}.db" for name in ("waiting", "drained", "copy"))
        _prepare(waiting)
        _seconds(_engine, waiting, drained)
        work, after = raw_drain.Work.done_in(drained), raw_drain.contents(drained)
        calm_the_garbage_collector()  # as the engine's process does
        arms = (
            (_engine, by_engine),
            (partial(work.by_hand, with_json=False), by_hand),
            (partial(work.by_hand, with_json=True), with_json),
        )
        for drain, rates in arms * REPETITIONS:
            rates.append(MESSAGES / _seconds(drain, waiting, copy))
            if raw_drain.contents(copy) != after:
                raise RuntimeError("they did not write the same rows")
        measuring.line("rows written for each message", work.rows / MESSAGES)
        measuring.line("the engine", Series(tuple(by_engine)), "messages/s")
        measuring.line("by hand, 50 a transaction", Series(tuple(by_hand)), "messages/s")
        measuring.line("by hand with JSON", Series(tuple(with_json)), "messages/s")
        measuring.line("ratio to the hand with JSON", measuring.ratios(by_engine, with_json))
        ratio = measuring.ratios(by_engine, by_hand)
        met = measuring.at_least("ratio to the hand", ratio, 0.4)
        measuring.machine(folder)
    return met


def _prepare(path: Path) -> None:
    """A database with all messages in the inbox."""
    database = Database.open(f"sqlite:///{path}")
    publish_sample(database, CAME)
    incoming = list(messages(MESSAGES, CAME))
    for first in range(0, MESSAGES, CAME_AT_ONCE):
        with database.writing() as connection:
            inbox.store(connection, PAGE, incoming[first : first + CAME_AT_ONCE], CAME)
    database.close()


@contextmanager
def _engine(path: Path) -> Iterator[Callable[[], object]]:
    """As the engine's writer does it, turn by turn."""
    database = Database.open(f"sqlite:///{path}")
    programs, writer = Published(database, PAGE), database.writer()
    programs.refresh()

    def drain() -> None:
        served = True
        while served:
            with writer.writing() as connection:
                waiting = lanes.longest_waiting(connection, PAGE)
                served = draining.drain(connection, Page(PAGE), programs, waiting, DRAINED)

    yield drain
    writer.close()
    database.close()


def _seconds(drain: Drain, waiting: Path, copy: Path) -> float:
    shutil.copy(waiting, copy)
    with drain(copy) as run:
        began = time.perf_counter()
        run()
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
