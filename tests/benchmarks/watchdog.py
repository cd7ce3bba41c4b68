"""What takes the window's own thread longer than 50 ms on a flow of 1,000 blocks.

A monkey uses the builder with mouse and keyboard; of everything that it does, the CPU time of the
window's thread is taken until all that follows from it is done and painted. ``--actions N``.
"""

import argparse
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from otn_studio.studio.flows.document import Document
from otn_studio.studio.theme.theme import Choice, Theme
from tests.benchmarks import measuring
from tests.benchmarks.canvas import our_flow
from tests.benchmarks.measuring import Series
from tests.studio.desk import Desk
from tests.studio.monkey import Monkey, settle

BLOCKS = 1_000
LIMIT = 50.0


BOT = SimpleNamespace(
    **{name: getattr(QTest, name) for name in ("mouseClick", "keyClick", "keyClicks")},
    addWidget=lambda widget: None,
    waitExposed=lambda widget: settle(),
)
"""The hands that a desk needs."""


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=3_000)
    given = parser.parse_args()
    application = QApplication(sys.argv[:1])
    measuring.title(f"{given.actions:,} actions on a flow of {BLOCKS:,} blocks")
    with measuring.folder() as folder:
        desk = Desk(BOT, Theme(application, Choice.LIGHT), Path(folder))
        desk.window.open(Document(our_flow(BLOCKS)))
        settle()
        took = _watched(Monkey(desk, 1), given.actions)
        measuring.machine(folder)
    for what, times in sorted(took.items(), key=lambda entry: -max(entry[1])):
        over = [each for each in times if each > LIMIT]
        if over:
            measuring.line(f"{what}, {len(over)} of {len(times)}", Series(tuple(times)), "ms")
    all_times = [each for times in took.values() for each in times]
    over = sum(each > LIMIT for each in all_times)
    share = Series((over / len(all_times),))
    measuring.line("99 of 100 actions within", measuring.percentile(all_times, 99), "ms")
    return measuring.at_most(f"actions above {LIMIT:.0f} ms", share, 0.0)


def _watched(monkey: Monkey, actions: int) -> dict[str, list[float]]:
    """Milliseconds by what was done."""
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(actions):
        monkey.lately.clear()
        began = time.thread_time()
        monkey.act()
        took[" ".join(monkey.lately)].append((time.thread_time() - began) * 1_000)
    monkey.rest()
    return took


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # without Qt's own end, which nobody measures
