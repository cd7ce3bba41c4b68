"""Days that the simulation lives through a second, with 40 permissions, mishaps and all.

Each repetition is another year, from a seed of its own: people say yes to four topics and do one
thing or another about twice a month, a topic is announced every third day, and the engine dies now
and then. Everything is judged while it happens. In memory, and on a file as the engine has it.
"""

import logging
import time
from pathlib import Path

from tests.benchmarks import measuring
from tests.benchmarks.measuring import Series
from tests.simulation.world import Plan, Report, run

REPETITIONS = 5
DAYS = 365
PERMISSIONS = 40
AIM = 100


def main() -> bool:
    measuring.title(f"Simulated years, at least {PERMISSIONS} permissions")
    logging.disable()  # the engine logs mishaps
    in_memory, on_file, sent, permissions = [], [], [], []
    with measuring.folder() as folder:
        run(_plan(0, "sqlite://"))
        for seed in range(REPETITIONS):
            file = f"sqlite:///{folder / f'{seed}.db'}"
            for database, rates in (("sqlite://", in_memory), (file, on_file)):
                began = time.perf_counter()
                report = run(_plan(seed, database))
                rates.append(DAYS / (time.perf_counter() - began))
            sent.append(report.counts["received"] / DAYS)
            permissions.append(_permissions(report))
        measuring.line("permissions", Series(tuple(permissions)))
        measuring.line("messages that people get", Series(tuple(sent)), "a day")
        met = measuring.at_least("in memory", Series(tuple(in_memory)), AIM, "days/s")
        measuring.line("on a file", Series(tuple(on_file)), "days/s")
        measuring.machine(Path(folder))
    logging.disable(logging.NOTSET)
    return met


def _plan(seed: int, database: str) -> Plan:
    return Plan(seed, DAYS, people=12, lively=0.05, announcements=0.34, database=database)


def _permissions(report: Report) -> int:
    count = report.counts["permissions"]
    if count < PERMISSIONS:
        raise RuntimeError(f"only {count} permissions")
    return count


if __name__ == "__main__":
    main()
