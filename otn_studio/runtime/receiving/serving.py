"""Serving the engine's web application until the process is told to end."""

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from otn_studio.blocks.words import Problem
from otn_studio.runtime.receiving.connection import Connection

TAKE_TURNS = 0.0005
"""Seconds after which Python lets another thread go on. With its own 5 ms, storing waits for answering
and answering for storing, each time a webhook comes."""

EACH_SECOND: Final = 0
"""The tick at which uvicorn does what it does once a second: it renews the date of its answers."""

YOUNG_OBJECTS = 10_000
"""So many new ones bring about a look at the new ones; Python's own 700 are few for batches."""


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Answer requests at ``listener`` until SIGTERM or Ctrl-C, finishing those under way."""
    sys.setswitchinterval(TAKE_TURNS)
    calm_the_garbage_collector()  # first: a SIGTERM while it collects would be lost
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        web_server(app).run(sockets=[listener])


class WebServer(uvicorn.Server):
    """Sleeps while nobody asks for anything: uvicorn looks ten times a second whether it is to end,
    which is most of what an idle engine would do.
    """

    _ends: Callable[[], object] | None = None

    def end(self) -> None:
        """Finish the requests under way, and return from `run`. Any thread may say so."""
        self.should_exit = True
        if self._ends is not None:
            self._ends()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.end()

    async def main_loop(self) -> None:
        told = asyncio.Event()
        self._ends = partial(asyncio.get_running_loop().call_soon_threadsafe, told.set)
        while not await self.on_tick(EACH_SECOND):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(told.wait(), 1.0)


def web_server(app: ASGIApp) -> WebServer:
    """Serves an application, and nothing that it does not need."""
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    return WebServer(config)


def calm_the_garbage_collector() -> None:
    """Let it never look again at what is there for good, the program itself above all.

    A look at all of that holds up everything for some 80 ms, and under load it came every second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    It names TCP outright: asyncio switches off the waiting for fuller packets only on sockets that
    do, and every answer would wait some 40 ms otherwise.

    Raises:
        Problem: the address is taken, or not this computer's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Problem(
            "Can’t listen on {host}:{port}: {problem}.",
            host=host,
            port=port,
            problem=error.strerror,
        ) from error
    listener.listen(2048)
    return listener
