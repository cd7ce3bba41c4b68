"""What no order of clicks and keys may do: raise, lose a step, or hold on to memory.

A short way here; ``MONKEY_ACTIONS=20000 pytest tests/studio/test_monkey.py -s`` goes a long one, and
prints what the process holds after each round.
"""

import gc
import math
import os
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from otn_studio.flow import reading, writing
from otn_studio.studio.document.document import Document
from tests.studio.monkey import Monkey, redo, settle, undo_all

SAMPLE = Path(__file__).parents[2] / "flows" / "back-in-stock.json"
ROUNDS = 10
ACTIONS = int(os.environ.get("MONKEY_ACTIONS", "600"))
STINT = 200
"""After so many actions everything is undone, redone, and undone again."""
GROWTH = 8.0
"""Megabytes by which a later round may be above an earlier one: what the allocator keeps."""


@pytest.fixture
def nobody_chooses_files(monkeypatch):
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)


def test_no_order_of_clicks_and_keys_breaks_anything(desk, qtbot, nobody_chooses_files):
    desk.window.open(Document(reading.load(SAMPLE)))
    held = []
    for number in range(ROUNDS):
        for stint in range(math.ceil(ACTIONS / ROUNDS / STINT)):
            _play(desk, qtbot, Monkey(desk, 1_000 * number + stint))
        held.append(_megabytes())
    print(*(f"{each:.0f}" for each in held), "MB")
    if ACTIONS >= 10_000:
        assert held[-1] - held[ROUNDS // 2] < GROWTH


def _play(desk, qtbot, monkey: Monkey) -> None:
    """A stint, and back to where it began."""
    before = writing.to_text(desk.flow)
    with qtbot.capture_exceptions() as raised:
        for _ in range(min(STINT, ACTIONS // ROUNDS)):
            monkey.act()
            assert raised == [], (list(monkey.lately), raised)
        monkey.rest()
        after = writing.to_text(desk.flow)
        assert writing.to_text(reading.from_text(after)) == after
        back = undo_all(desk)
        assert back[-1] == before
        assert redo(desk, len(back) - 1) == back[::-1]
        assert undo_all(desk) == back
    assert raised == [], (list(monkey.lately), raised)


def _megabytes() -> float:
    settle()
    gc.collect()
    return psutil.Process().memory_info().rss / 2**20
