"""What is new on the web page comes to it by itself: as events that the server sends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

CHANGES: Final = "changes"
"""By this name the server knows of them, to end them when it ends."""
LOOK_SECONDS: Final = 1.0
"""So often it is looked, too, for what comes of time passing rather than of a call."""


class Changes:
    """Everybody who looks at the page."""

    def __init__(self) -> None:
        self._looking: set[asyncio.Event] = set()
        self._are_over = False

    def happened(self) -> None:
        """Something may have changed."""
        for event in self._looking:
            event.set()

    def end(self) -> None:
        """Nothing more is to come."""
        self._are_over = True
        self.happened()

    async def of(self, shown: Callable[[], str]) -> AsyncIterator[str]:
        """What is shown now, and again whenever it is something else, as events."""
        event, last = asyncio.Event(), ""
        self._looking.add(event)
        try:
            while not self._are_over:
                event.clear()
                if (now := shown()) != last:
                    last = now
                    yield f"data: {now}\n\n"
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), LOOK_SECONDS)
        finally:
            self._looking.discard(event)


class Telling:
    """Tells them after each call that may have changed something."""

    def __init__(self, app: ASGIApp, changes: Changes) -> None:
        self._app = app
        self._changes = changes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then tell."""
        await self._app(scope, receive, send)
        if scope["type"] == "http" and scope["method"] != "GET":
            self._changes.happened()
