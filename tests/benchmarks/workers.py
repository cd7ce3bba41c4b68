"""Messages that two workers on PostgreSQL read a second, beside one.

Each arm has a server and a database of its own, and workers that wait there. All messages come in one
transaction, which puts down the wake-ups as well; time runs from its commit until every lane sleeps.

A worker and the part of PostgreSQL that serves it take more than a core together. So one worker is
measured twice: with a core for both, as each of the two has, and with all that are there.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil

from otn_studio.runtime.server.carrier import Carrier, prepare
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox, lanes
from otn_studio.storage.engine.inbox import Incoming
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Series
from tests.benchmarks.processes import PAGE, engine
from tests.benchmarks.webhooks import FIRST_PERSON, message
from tests.benchmarks.worlds import KEYWORD, publish_sample
from tests.postgres import Server

REPETITIONS = 5
MESSAGES = 3_000
NOWHERE = "http://127.0.0.1:9"
LOOK_SECONDS = 0.01


@dataclass(frozen=True)
class Arm:
    name: str
    workers: int
    cores: int


ALONE = Arm("1 worker, 1 core", 1, 1)
WITH_ROOM = Arm("1 worker, 2 cores", 1, 2)
TWO = Arm("2 workers, 2 cores", 2, 2)
ARMS = (ALONE, WITH_ROOM, TWO)


def main() -> bool:
    measuring.title(f"Workers on PostgreSQL, {MESSAGES:,} people who write at once")
    rates: dict[Arm, list[float]] = {arm: [] for arm in ARMS}
    busy: dict[Arm, list[float]] = {arm: [] for arm in ARMS}
    with measuring.folder() as folder, ExitStack() as stack:
        databases = {}
        for arm in ARMS:
            with _only_cores(arm.cores):  # the processes that begin here keep to them
                server = Server()
                stack.callback(server.close)
                url = server.fresh_database()
                databases[arm] = _opened(url)
                stack.callback(databases[arm].close)
                for _ in range(arm.workers):
                    stack.enter_context(engine(folder, NOWHERE, url, "--role", "worker"))
            _read_a_second(databases[arm], "warm")
        for repetition in range(REPETITIONS):
            for arm, database in databases.items():
                psutil.cpu_percent()
                rates[arm].append(_read_a_second(database, str(repetition)))
                busy[arm].append(psutil.cpu_percent() * (psutil.cpu_count() or 1) / 100)
        for arm, measured in rates.items():
            measuring.line(arm.name, Series(tuple(measured)), "messages/s")
            measuring.line("cores busy meanwhile", Series(tuple(busy[arm])))
        measuring.line("ratio to one that has room", measuring.ratios(rates[TWO], rates[WITH_ROOM]))
        ratio = measuring.ratios(rates[TWO], rates[ALONE])
        met = measuring.at_least("ratio, each with a core", ratio, 1.6)
        measuring.machine(folder)
    return met


@contextmanager
def _only_cores(count: int) -> Iterator[None]:
    """Keep to so many cores (Linux)."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_of_them)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def _opened(url: str) -> Database:
    database = Database.open(url)
    publish_sample(database, datetime.now(UTC))
    prepare(database.engine)
    return database.carried_by(Carrier(PAGE))


def _read_a_second(database: Database, run: str) -> float:
    now = datetime.now(UTC)
    incoming = [_written(number, run, now) for number in range(MESSAGES)]
    with database.writing() as connection:
        inbox.store(connection, PAGE, incoming, now)
    began = time.perf_counter()
    while _waiting(database):
        time.sleep(LOOK_SECONDS)
    return MESSAGES / (time.perf_counter() - began)


def _written(number: int, run: str, now: datetime) -> Incoming:
    person, key = str(FIRST_PERSON + number), f"m_{run}_{number}"
    return Incoming("message", person, now, key, message(person, key, KEYWORD), True, True)


def _waiting(database: Database) -> int:
    with database.reading() as connection:
        return lanes.count_woken(connection, PAGE)


if __name__ == "__main__":
    main()
