"""Serving the emulator on loopback, and nowhere else unless told otherwise: whoever reaches it can play
its people.
"""

import contextlib
import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from otn_studio.emulator.changes import CHANGES
from otn_studio.emulator.hang_up import HangUpProtocol

_IDLE_CONNECTION = 120
"""Seconds that an unused connection stays open, so that a client that pauses can go on with it."""
_BACKLOG = 2048


class _Server(uvicorn.Server):
    """Reports once it is ready to answer."""

    def __init__(self, app: ASGIApp, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            http=HangUpProtocol,
            lifespan="on",
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_keep_alive=_IDLE_CONNECTION,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would go on by itself, then the rest as uvicorn does."""
        if changes := self.lifespan.state.get(CHANGES):
            changes.end()
        await super().shutdown(sockets)


def serve(
    app: ASGIApp,
    host: str,
    port: int,
    on_ready: Callable[[int], None],
    *,
    to_network: bool = False,
) -> None:
    """Serve until the process is told to end, to other computers too if ``to_network``.

    Port 0 takes a free one; ``on_ready`` is told the port once calls are answered.
    """
    with _listen(host, port, to_network) as listener, contextlib.suppress(KeyboardInterrupt):
        taken = listener.getsockname()[1]
        _Server(app, lambda: on_ready(taken)).run(sockets=[listener])


@contextlib.contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """Serve from a thread of this process for as long as the block lasts. Gives the base URL."""
    ready: queue.SimpleQueue[bool] = queue.SimpleQueue()
    with _listen("127.0.0.1", 0) as listener:
        server = _Server(app, lambda: ready.put(True))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        ready.get(timeout=10)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _listen(host: str, port: int, to_network: bool = False) -> socket.socket:
    """A listening socket.

    It names TCP outright: asyncio sends small packets at once only on sockets that do, and every
    answer would wait some 40 ms otherwise.
    """
    address = "127.0.0.1" if host == "localhost" else host
    if not to_network and not _is_loopback(address):
        raise ValueError(
            f"The emulator only listens on this computer itself, not on {host!r}, unless it is told to "
            "with --to-network."
        )
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
