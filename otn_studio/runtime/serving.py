"""Serving the engine's web application until the process is told to end."""

import contextlib
import signal
import socket

import uvicorn
from starlette.types import ASGIApp

from otn_studio.blocks.words import Problem


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Answer requests at ``listener`` until SIGTERM or Ctrl-C, finishing those under way."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


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
            "Can't listen on {host}:{port}: {problem}.",
            host=host,
            port=port,
            problem=error.strerror,
        ) from error
    listener.listen(2048)
    return listener
