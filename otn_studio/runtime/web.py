"""The engine's address on the web: ``/webhook`` for Messenger, ``/health`` for whoever watches."""

import asyncio
from collections.abc import Collection
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from otn_studio.messenger.inbox import Kind, Received
from otn_studio.messenger.webhook import webhook_routes
from otn_studio.runtime.housekeeping import KEEP_EVENTS
from otn_studio.storage.inbox import Incoming

ACTS = frozenset({Kind.MESSAGE, Kind.POSTBACK, Kind.OPTIN, Kind.REFERRAL, Kind.REACTION})
TO_READ = ACTS | {Kind.ECHO, Kind.HANDOVER}


class Host(Protocol):
    """What is behind the address: the engine of one machine, or one process of several."""

    def take(self, incoming: Collection[Incoming]) -> "Future[None]": ...

    def now(self) -> datetime: ...

    def health(self) -> dict[str, Any]: ...


def create_app(
    host: Host,
    page_id: str,
    verify_token: str,
    app_secret: str,
    keep_events: timedelta = KEEP_EVENTS,
) -> Starlette:
    """The web application of one Page's engine. Events of other Pages are not ours to keep; nor are
    those that would be gone by now: somebody plays an old webhook again, and no repeat would show.
    """

    door = _Door(host)

    async def take(received: list[Received]) -> None:
        oldest = host.now() - keep_events
        ours = [entry for entry in received if entry.page_id == page_id and entry.at >= oldest]
        incoming = [incoming_of(entry) for entry in ours]
        if incoming:
            await door.store(incoming)

    webhooks = webhook_routes(verify_token, app_secret, take, host.now)
    return Starlette(routes=[*webhooks, *status_routes(host)])


def status_routes(host: Host) -> list[Route]:
    """For whoever watches."""

    def health(request: Request) -> JSONResponse:
        state = host.health()
        return JSONResponse(state, 200 if state["working"] else 503)

    return [Route("/health", health)]


class _Door:
    """Hands the engine, in one go, all that came while it stored what had come before.

    So that many webhooks cost one commit, and one change between the threads.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._waiting: list[Incoming] = []
        self._storing: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None

    async def store(self, incoming: list[Incoming]) -> None:
        """Returns once it is safe on the disk."""
        self._waiting += incoming
        if self._next is None:
            self._next = asyncio.create_task(self._store_after(self._storing))
        await asyncio.shield(self._next)

    async def _store_after(self, last: asyncio.Task[None] | None) -> None:
        if last is not None:
            await asyncio.wait([last])
        self._storing, self._next = self._next, None
        incoming, self._waiting = self._waiting, []
        await asyncio.wrap_future(self._host.take(incoming))


def incoming_of(received: Received) -> Incoming:
    """What came by a webhook, as the engine stores it."""
    return Incoming(
        kind=received.kind,
        person_id=received.person_id,
        at=received.at,
        key=received.key,
        body=received.item,
        acts=received.kind in ACTS,
        to_read=received.kind in TO_READ,
    )
