"""Calling Messenger: many calls at once, each in a thread, and how they ended."""

import logging
import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from otn_studio.messenger.graph import Answer, NoAnswer
from otn_studio.runtime.delivery import Claimed

log = logging.getLogger(__name__)

CALLERS = 32


class Graph(Protocol):
    """Whoever takes the messages: Messenger, or the emulator in its place."""

    def send(self, page_id: str, body: dict[str, Any]) -> Answer: ...


class Calls:
    """The calls of one Page that are under way, and those whose end is not written down yet."""

    def __init__(self, page_id: str, graph: Graph, wake: Callable[[], None]) -> None:
        self._page_id = page_id
        self._graph = graph
        self._wake = wake
        self._answered: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        self._in_flight = 0
        self._callers = ThreadPoolExecutor(CALLERS, thread_name_prefix="caller")

    def room(self) -> int:
        """How many more may be made now."""
        return CALLERS - self._in_flight

    def make(self, claimed: Iterable[Claimed]) -> None:
        for entry in claimed:
            self._in_flight += 1
            self._callers.submit(self._call, entry)

    def any_answers(self) -> bool:
        return not self._answered.empty()

    @contextmanager
    def answers(self) -> Iterator[list[tuple[int, Answer]]]:
        """How calls ended; they wait for another time if the ``with`` fails."""
        taken = [self._answered.get() for _ in range(self._answered.qsize())]
        try:
            yield taken
        except BaseException:
            for answer in taken:
                self._answered.put(answer)
            raise
        self._in_flight -= len(taken)

    def finish(self) -> None:
        """Wait until the calls that are under way have ended."""
        self._callers.shutdown()

    def _call(self, claimed: Claimed) -> None:
        try:
            answer = self._graph.send(self._page_id, claimed.body)
        except Exception as error:
            log.exception("sending message %d broke off", claimed.id)
            answer = NoAnswer(repr(error))
        self._answered.put((claimed.id, answer))
        self._wake()
