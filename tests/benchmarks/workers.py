"""Messages that two workers on PostgreSQL read a second, beside one.

Each arm has a database of its own on the same server, and workers that wait there. All messages come
in one transaction, which puts down the wake-ups as well; time runs from its commit until every lane
sleeps. PostgreSQL works on the same cores: what they leave idle beside one worker is all that a second
can gain.
"""

import time
from contextlib import ExitStack
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
ARMS = (1, 2)
NOWHERE = "http://127.0.0.1:9"
LOOK_SECONDS = 0.01


def main() -> bool:
    measuring.title(f"Workers on PostgreSQL, {MESSAGES:,} people who write at once")
    rates: dict[int, list[float]] = {workers: [] for workers in ARMS}
    busy: dict[int, list[float]] = {workers: [] for workers in ARMS}
    with measuring.folder() as folder, ExitStack() as stack:
        server = Server()
        stack.callback(server.close)
        databases = {}
        for workers in ARMS:
            url = server.fresh_database()
            databases[workers] = _opened(url)
            stack.callback(databases[workers].close)
            for _ in range(workers):
                stack.enter_context(engine(folder, NOWHERE, url, "--role", "worker"))
            _read_a_second(databases[workers], "warm")
        for repetition in range(REPETITIONS):
            for workers, database in databases.items():
                psutil.cpu_percent()
                rates[workers].append(_read_a_second(database, str(repetition)))
                busy[workers].append(psutil.cpu_percent())
        for workers, measured in rates.items():
            name = f"{workers} worker{'s' if workers > 1 else ''}"
            measuring.line(name, Series(tuple(measured)), "messages/s")
            cores = f"% of {psutil.cpu_count()} cores"
            measuring.line("with PostgreSQL and all else", Series(tuple(busy[workers])), cores)
        most = Series(tuple(100.0 / share for share in busy[1]))
        measuring.line("the most that these cores allow", most, "times one worker")
        met = measuring.at_least("ratio", measuring.ratios(rates[2], rates[1]), 1.6)
        measuring.machine(folder)
    return met


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
