"""One client's connection: nobody may hold it up for long, nor fill the memory with what is no body.

uvicorn alone waits for ever for a request that comes a byte at a time, and keeps headers of any length.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE: Final = 15.0
"""Seconds for a whole request. Messenger itself waits for five for the answer."""
LONGEST_HEAD: Final = 32 * 1024
"""Bytes of address and headers: Messenger's stay below one thousand."""
MOST: Final = 500
"""Connections at once: one more is closed, before the system has no files left for the database."""


class Connection(HttpToolsProtocol):
    """What uvicorn makes of a connection, with limits."""

    _deadline: asyncio.TimerHandle | None = None
    _in_head = True
    _head = 0  # bytes of it that were understood
    _piece = 0  # bytes of it that were not, for want of their end

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > MOST:
            transport.close()
        else:
            self._begin_to_wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_longer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head and self._deadline is None:
            self._begin_to_wait()
        self._piece += len(data)
        super().data_received(data)
        if self._in_head and self._head + self._piece > LONGEST_HEAD:
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begin_to_wait()

    def on_url(self, url: bytes) -> None:
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(name + value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._wait_no_longer()
        self._head, self._piece, self._in_head = 0, 0, True
        super().on_message_complete()

    def _count(self, part: bytes) -> None:
        """Refuse a head that came in one piece; uvicorn answers an error in here with 400."""
        self._head, self._piece = self._head + len(part), 0
        if self._head > LONGEST_HEAD:
            raise ValueError

    def _begin_to_wait(self) -> None:
        self._wait_no_longer()
        self._deadline = self.loop.call_later(PATIENCE, self.transport.abort)

    def _wait_no_longer(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
