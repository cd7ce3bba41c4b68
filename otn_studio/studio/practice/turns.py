"""Calls to the practice, one after the other, off the GUI thread."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from otn_studio.studio.background import Background
from otn_studio.studio.phone.bubbles import Said


def nothing() -> None:
    """Nothing more to do."""


@dataclass(frozen=True)
class Act:
    """Something that the person does. ``doing`` says so while it takes long.

    ``pending`` stands in the conversation until it is really there; ``done`` and ``undone`` are what
    else follows from its success and its failure, ``again`` how to do it once more after that.
    """

    work: Callable[[], None]
    doing: str
    pending: Said | None = None
    done: Callable[[], None] = nothing
    undone: Callable[[], None] = nothing
    again: Callable[[], None] | None = None


@dataclass(frozen=True)
class Call:
    """What to do elsewhere, and what to do here with its answer."""

    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]


class Turns(QObject):
    """The practice is one person with one phone: two things at once can't happen there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._waiting: deque[Call] = deque()
        self._is_under_way = False

    @property
    def is_free(self) -> bool:
        return not self._is_under_way

    def take(self, call: Call) -> None:
        self._waiting.append(call)
        self._go_on()

    def _go_on(self) -> None:
        if self._is_under_way or not self._waiting:
            return
        self._is_under_way = True
        call = self._waiting.popleft()
        self._background.run(
            call.work,
            lambda answer: self._end(lambda: call.then(answer)),
            lambda problem: self._end(lambda: call.failed(problem)),
        )

    def _end(self, tell: Callable[[], None]) -> None:
        self._is_under_way = False
        tell()
        self._go_on()
