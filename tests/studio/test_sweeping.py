"""When Python looks for garbage among all that has lived for long."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from otn_studio.studio.sweeping import DUE, Sweeping


@pytest.fixture
def searches() -> Iterator[list[int]]:
    """Of which generations garbage was looked for."""
    before, found = gc.get_threshold(), list[int]()

    def note(phase: str, told: dict) -> None:
        if phase == "stop":
            found.append(told["generation"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)
    gc.set_threshold(*before)


def make_it_due() -> None:
    gc.collect()
    for _ in range(DUE):
        gc.collect(1)


def test_a_due_search_waits_until_nothing_happens(qapp, searches):
    owner = QObject()
    sweeping = Sweeping(owner)
    make_it_due()
    searches.clear()
    sweeping.look()
    assert 2 not in searches, "something has happened since the last look"
    busy = [[number] for number in range(5_000)]
    sweeping.look()
    assert 2 not in searches, f"{len(busy)} objects are new"
    sweeping.look()
    assert searches[-1] == 2


def test_nothing_is_searched_that_is_not_due(qapp, searches):
    owner = QObject()
    sweeping = Sweeping(owner)
    gc.collect()
    searches.clear()
    for _ in range(3):
        sweeping.look()
    assert 2 not in searches


def test_it_is_not_put_off_for_ever(qapp, searches):
    young, middle, old = gc.get_threshold()
    owner = QObject()
    Sweeping(owner)
    assert gc.get_threshold()[:2] == (young, middle)
    assert old < gc.get_threshold()[2] < 1_000
