"""Hours under load: ``python -m tests.benchmarks.soak [--minutes 60] [--database postgresql]``.

50 webhooks a second, each answered by a flow; minute by minute, how long webhooks wait for their
answer, and how much memory the engine takes. The peer of the last minute is the one half-way: both are
flat where nothing piles up. SQLite's page cache, 64 MB for each connection, fills in the first half.
"""

import argparse
from contextlib import ExitStack
from datetime import UTC, datetime

import psutil

from otn_studio.storage.database import Database
from tests.benchmarks import measuring, webhooks
from tests.benchmarks.measuring import Series, percentile
from tests.benchmarks.processes import engine, fresh_database, running
from tests.benchmarks.worlds import KEYWORD, publish_sample

A_SECOND = 50
MINUTE = 60.0


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    measuring.title(f"{given.minutes} minutes at {A_SECOND} webhooks a second, {given.database}")
    memory, slow = [], []
    with measuring.folder() as folder, ExitStack() as stack:
        url = fresh_database(given.database, folder, stack)
        database = Database.open(url)
        publish_sample(database, datetime.now(UTC))
        database.close()
        graph = stack.enter_context(running("-m", "tests.benchmarks.graph_stub"))
        served = stack.enter_context(engine(folder, graph.url, url))
        process = psutil.Process(served.id)
        for minute in range(given.minutes):
            sent = webhooks.steady(served.url, KEYWORD, str(minute), MINUTE, A_SECOND)
            took = sent.answer_times()
            memory.append(process.memory_info().rss / 2**20)
            slow.append(percentile(took, 99))
            figures = f"{percentile(took, 50):6.1f} ms {slow[-1]:7.1f} ms {memory[-1]:6.0f} MB"
            measuring.line(f"minute {minute + 1}: half, 99 of 100, memory", figures)
        half_way = len(memory) // 2
        growth = Series((memory[-1] / memory[half_way],))
        met = measuring.at_most("memory of the last minute / half-way", growth, 1.1)
        measuring.line("99 of 100, last minute / half-way", Series((slow[-1] / slow[half_way],)))
        measuring.machine(folder)
    return met


if __name__ == "__main__":
    main()
