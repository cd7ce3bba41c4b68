"""An answer that never comes: the connection ends without a single byte of it.

Whether the call was carried out is then unknown to the caller, which is the hardest case for an
engine. ASGI has no word for it, so the server's protocol hands the application a way to close the
connection.
"""

import asyncio
import contextlib

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_EXTENSION = "otn_studio.hang_up"


class HangUpProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, with a connection that the application can close."""

    def on_message_begin(self) -> None:
        """Put the means to hang up beside the request."""
        super().on_message_begin()
        self.scope["extensions"] = {_EXTENSION: self.transport.close}


class HangUp(Response):
    """Keeps the caller waiting for ``seconds``, or until it gives up, and then hangs up."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, close, and return only once the server knows that nobody is there any more.

        A server that ends cuts the waiting short, but there is no answer then either.
        """
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(_gone(receive), self._seconds)
        scope["extensions"][_EXTENSION]()
        await _gone(receive)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
