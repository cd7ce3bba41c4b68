"""What keeps the window's own thread busy for longer than 50 ms on a flow of 1,000 blocks.

A monkey uses the builder with mouse and keyboard, until all that follows from it is done and painted.
Whenever it has copied or deleted many blocks, that is undone: the flow stays about as large.
Of everything that it does, the CPU time of the window's thread is taken twice: the longest time without
a look at what a person does next, which is what one feels and what the aim is about; and all of it
together, a whole drag with its steps or a menu with what is chosen there, for comparison.
``--actions N``, ``--seed N``.
"""

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from otn_studio.cli import loading
from otn_studio.studio.app import load_for_clicks, load_for_later
from otn_studio.studio.document.document import Document
from otn_studio.studio.sweeping import Sweeping
from otn_studio.studio.theme.theme import Choice, Theme
from tests.benchmarks import measuring
from tests.benchmarks.flows import our_flow
from tests.benchmarks.measuring import Series
from tests.studio import monkey
from tests.studio.desk import Desk
from tests.studio.monkey import Monkey, settle

BLOCKS = 1_000
MORE_OR_LESS = 100
LIMIT = 50.0
QUIET, MOST_TURNS = 0.5, 2_000
"""After a turn of so few milliseconds nothing is left to do."""


BOT = SimpleNamespace(
    **{name: getattr(QTest, name) for name in ("mouseClick", "keyClick", "keyClicks")},
    addWidget=lambda widget: None,
    waitExposed=lambda widget: settle(),
)
"""The hands that a desk needs."""


class Took(NamedTuple):
    """Milliseconds: the longest in one go, and all of them."""

    longest: float
    whole: float


class Watched:
    """Stands for a part of Qt as the monkey knows it, and notes how long each of its calls takes."""

    def __init__(self, real: Any, note: Callable[[float], None]) -> None:
        self._real, self._note = real, note

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        return self._timed(real) if callable(real) else real

    def mouseClick(self, widget: Any, *given: Any, **more: Any) -> None:  # noqa: N802
        """Pressed, and let go: in between one sees what has come of it."""
        self._timed(self._real.mousePress)(widget, *given, **more)
        self._timed(self._real.mouseRelease)(widget, *given, **more)

    def keyClicks(self, widget: Any, letters: str) -> None:  # noqa: N802
        """One letter after the other, as they are typed."""
        for letter in letters:
            self._timed(self._real.keyClicks)(widget, letter)

    def _timed(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any) -> Any:
            began = time.thread_time()
            try:
                return call(*given)
            finally:
                self._note((time.thread_time() - began) * 1_000)

        return timed


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    application = QApplication(sys.argv[:1])
    measuring.title(f"{given.actions:,} actions on a flow of {BLOCKS:,} blocks, seed {given.seed}")
    with measuring.folder() as folder:
        with loading.quickly():  # as the program does
            load_for_clicks()
            load_for_later()
        desk = Desk(BOT, Theme(application, Choice.LIGHT), Path(folder))
        Sweeping(desk.window)
        desk.window.open(Document(our_flow(BLOCKS)))
        while not desk.canvas.scene.is_whole:
            settle()
        took = _watched(Monkey(desk, given.seed), desk, given.actions)
        measuring.machine(folder)
    for what, times in sorted(took.items(), key=lambda entry: max(entry[1]), reverse=True):
        over = [each for each in times if each.longest > LIMIT]
        if over:
            longest = Series(tuple(each.longest for each in times))
            measuring.line(f"{what}, {len(over)} of {len(times)}", longest, "ms")
    every = [each for times in took.values() for each in times]
    longest, whole = [each.longest for each in every], [each.whole for each in every]
    measuring.line("99 of 100 whole actions within", measuring.percentile(whole, 99), "ms")
    measuring.line(f"whole actions above {LIMIT:.0f} ms", f"{_share(whole):.2%}")
    measuring.line("99 of 100 actions at most in one go", measuring.percentile(longest, 99), "ms")
    over = Series((_share(longest),))
    return measuring.at_most(f"actions above {LIMIT:.0f} ms in one go", over, 0.0)


def _share(times: list[float]) -> float:
    return sum(each > LIMIT for each in times) / len(times)


def _watched(hands: Monkey, desk: Desk, actions: int) -> dict[str, list[Took]]:
    """By what was done."""
    took: dict[str, list[Took]] = defaultdict(list)
    goes: list[float] = []
    monkey.QTest = Watched(monkey.QTest, goes.append)
    monkey.QApplication = Watched(monkey.QApplication, goes.append)
    for _ in range(actions):
        hands.lately.clear()
        goes.clear()
        hands.act()
        for _turn in range(MOST_TURNS):
            before = len(goes)
            settle()
            if sum(goes[before:]) < QUIET:
                break
        took[" ".join(hands.lately)].append(Took(max(goes), sum(goes)))
        while abs(len(desk.flow.blocks) - BLOCKS) > MORE_OR_LESS:
            desk.document.undo()
            settle()
    hands.rest()
    return took


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # without Qt's own end, which nobody measures
