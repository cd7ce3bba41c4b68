"""Waking an engine that sleeps in another process: one datagram on loopback.

Nothing depends on it arriving: the engine looks by itself once a second.
"""

import socket
import threading
from collections.abc import Callable


class Doorbell:
    """The engine's side: calls ``rung`` whenever somebody rings at ``port``."""

    def __init__(self, rung: Callable[[], None]) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._rung = rung
        self._closed = False
        self._thread = threading.Thread(target=self._listen, name="doorbell", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closed = True
        ring(self.port)
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while not self._closed:
            self._socket.recv(1)
            self._rung()


def ring(port: int) -> None:
    """The other side."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"!", ("127.0.0.1", port))
