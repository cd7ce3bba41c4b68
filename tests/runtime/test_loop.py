"""The engine's threads sleep until they are woken, and miss no wake-up."""

import threading
from datetime import datetime, timedelta

from otn_studio.runtime import loop
from otn_studio.runtime.loop import FAR_AWAY, Loop
from tests.runtime.far_end import PATIENCE, HandClock


class WokenJustTooLate(threading.Event):
    """Is set right after a wait for it has ended in vain, for once."""

    waits = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.waits += 1
        woken = super().wait(0.01 if self.waits == 2 else timeout)
        if self.waits == 2:
            self.set()
        return woken


class Counting:
    def __init__(self) -> None:
        self.turns = threading.Semaphore(0)

    def look(self, now: datetime, jump: timedelta) -> bool:
        return False

    def turn(self) -> datetime:
        self.turns.release()
        return FAR_AWAY


def test_a_wake_up_between_two_waits_is_not_lost(monkeypatch):
    monkeypatch.setattr(loop.threading, "Event", WokenJustTooLate)
    work = Counting()
    thread = Loop("test", HandClock(), work)
    monkeypatch.undo()
    thread.start()
    try:
        assert work.turns.acquire(timeout=PATIENCE), "the first turn"
        assert work.turns.acquire(timeout=PATIENCE), "the one that was asked for"
    finally:
        thread.stop()


def test_what_is_in_no_hurry_waits_for_what_is(monkeypatch):
    monkeypatch.setattr(loop, "GATHER_SECONDS", PATIENCE)
    work = Counting()
    thread = Loop("test", HandClock(), work)
    thread.start()
    try:
        assert work.turns.acquire(timeout=PATIENCE), "the first turn"
        thread.wake_soon()
        assert not work.turns.acquire(timeout=0.05), "it gathers"
        thread.wake()
        assert work.turns.acquire(timeout=PATIENCE), "one for both"
        assert not work.turns.acquire(timeout=0.05)
    finally:
        thread.stop()
