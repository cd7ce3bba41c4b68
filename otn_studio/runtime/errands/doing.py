"""Doing errands: some at once, each in a thread, beside everything else."""

import logging
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, Protocol

from otn_studio.blocks.asking import BROKE_OFF
from otn_studio.runtime.errands.errands import Ended
from otn_studio.storage.engine.errands import Errand

log = logging.getLogger(__name__)

AT_ONCE: Final = 16


class Doer(Protocol):
    """Whoever does one errand."""

    def do(self, errand: Errand) -> Ended: ...


class Doing:
    """Errands that are being done, and those whose end is not written down yet."""

    def __init__(self, doer: Doer, wake: Callable[[], None]) -> None:
        self._doer = doer
        self._wake = wake
        self._ended: queue.SimpleQueue[tuple[Errand, Ended]] = queue.SimpleQueue()
        self._under_way = 0
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="errand")

    def room(self) -> int:
        """How many more may begin now."""
        return AT_ONCE - self._under_way

    def begin(self, claimed: Sequence[Errand]) -> None:
        for errand in claimed:
            self._under_way += 1
            self._threads.submit(self._do, errand)

    def any_ended(self) -> bool:
        return not self._ended.empty()

    @contextmanager
    def ended(self) -> Iterator[list[tuple[Errand, Ended]]]:
        """How errands ended; they wait for another time if the ``with`` fails."""
        taken = [self._ended.get() for _ in range(self._ended.qsize())]
        try:
            yield taken
        except BaseException:
            for end in taken:
                self._ended.put(end)
            raise
        self._under_way -= len(taken)

    def finish(self) -> None:
        """Wait until those that are under way have ended."""
        self._threads.shutdown()

    def _do(self, errand: Errand) -> None:
        try:
            end = self._doer.do(errand)
        except Exception:
            log.exception("errand %d of kind %s broke off", errand.id, errand.kind)
            end = Ended(problem=BROKE_OFF)
        self._ended.put((errand, end))
        self._wake()
