"""What came in and waits to be stored: many webhooks, one transaction."""

import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager

AT_ONCE = 500


class Arrivals:
    """Whoever brings something waits for its future; whoever stores it takes all there is."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._waiting: queue.SimpleQueue[tuple[Sequence[bytes], Future[None]]]
        self._waiting = queue.SimpleQueue()
        self._wake = wake

    def bring(self, webhook_bodies: Sequence[bytes]) -> "Future[None]":
        """The future is done once it is safe on the disk."""
        stored: Future[None] = Future()
        self._waiting.put((webhook_bodies, stored))
        self._wake()
        return stored

    def any(self) -> bool:
        return not self._waiting.empty()

    @contextmanager
    def taken(self) -> Iterator[list[bytes]]:
        """What is to be stored now. Whoever brought it hears whether the ``with`` went well."""
        taken = [self._waiting.get() for _ in range(min(AT_ONCE, self._waiting.qsize()))]
        try:
            yield [body for bodies, _ in taken for body in bodies]
        except BaseException as error:
            for _, stored in taken:
                stored.set_exception(error)
            raise
        for _, stored in taken:
            stored.set_result(None)
