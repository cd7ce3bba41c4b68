"""What came in and waits to be stored: many webhooks, one transaction."""

import queue
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from otn_studio.storage.engine.inbox import Incoming

AT_ONCE = 500


class Arrivals:
    """Whoever brings something waits for its future; whoever stores it takes all there is."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._waiting: queue.SimpleQueue[tuple[Collection[Incoming], Future[None]]]
        self._waiting = queue.SimpleQueue()
        self._wake = wake

    def bring(self, incoming: Collection[Incoming]) -> "Future[None]":
        """The future is done once it is safe on the disk."""
        stored: Future[None] = Future()
        self._waiting.put((incoming, stored))
        self._wake()
        return stored

    def any(self) -> bool:
        return not self._waiting.empty()

    @contextmanager
    def taken(self) -> Iterator[list[Incoming]]:
        """What is to be stored now. Whoever brought it hears whether the ``with`` went well."""
        taken = [self._waiting.get() for _ in range(min(AT_ONCE, self._waiting.qsize()))]
        try:
            yield [entry for incoming, _ in taken for entry in incoming]
        except BaseException as error:
            for _, stored in taken:
                stored.set_exception(error)
            raise
        for _, stored in taken:
            stored.set_result(None)
