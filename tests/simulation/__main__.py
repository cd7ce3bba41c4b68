"""Many simulated worlds, one after the other: ``python -m tests.simulation --seeds 100 --days 400``."""

import argparse
import logging
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.simulation.trace import Violation
from tests.simulation.world import Plan, run


def main() -> int:
    given = _arguments()
    logging.disable()  # the engine logs mishaps
    show = print if given.trace else None
    totals: Counter[str] = Counter()
    broken, began = 0, time.perf_counter()
    for seed in range(given.first, given.first + given.seeds):
        with TemporaryDirectory() as folder:
            database = f"sqlite:///{Path(folder) / 'world.db'}" if given.file else "sqlite://"
            try:
                report = run(Plan(seed, given.days, given.people, database=database), show)
            except Violation as violation:
                broken += 1
                print(f"seed {seed}: {violation}", flush=True)
                continue
        totals += report.counts
        print(f"seed {seed}: {report.digest}", flush=True)
    rate = given.seeds * given.days / (time.perf_counter() - began)
    print(f"{given.seeds} worlds of {given.days} days, {broken} broken, {rate:.0f} days/s")
    for what, count in sorted(totals.items()):
        print(f"  {count:9,} {what}")
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=30, help="how many worlds")
    parser.add_argument("--first", type=int, default=0, help="the first one's seed")
    parser.add_argument("--days", type=int, default=100, help="how long each goes on")
    parser.add_argument("--people", type=int, default=14)
    parser.add_argument("--file", action="store_true", help="each on a file instead of in memory")
    parser.add_argument("--trace", action="store_true", help="print what happens, line by line")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
