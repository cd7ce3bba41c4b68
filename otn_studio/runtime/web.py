"""The engine's address on the web: ``/webhook`` for Messenger, ``/health`` for whoever watches."""

import asyncio
from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from otn_studio.messenger.inbox import Kind, Received
from otn_studio.messenger.webhook import webhook_routes
from otn_studio.runtime.housekeeping import KEEP_EVENTS
from otn_studio.storage.inbox import Incoming

ACTS = frozenset(
    {Kind.MESSAGE, Kind.POSTBACK, Kind.OPTIN, Kind.REFERRAL, Kind.REACTION, Kind.CHANGE}
)
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
        self._waiting = _Batch()
        self._is_storing = False

    def store(self, incoming: list[Incoming]) -> "asyncio.Future[None]":
        """The future is done once it is safe on the disk."""
        loop = asyncio.get_running_loop()
        stored: asyncio.Future[None] = loop.create_future()
        self._waiting.incoming += incoming
        self._waiting.stored.append(stored)
        if not self._is_storing:
            self._is_storing = True
            loop.call_soon(self._hand_over)  # with all that can be read at this moment
        return stored

    def _hand_over(self) -> None:
        batch, self._waiting = self._waiting, _Batch()
        self._is_storing = bool(batch.incoming)
        if batch.incoming:
            storing = asyncio.wrap_future(self._host.take(batch.incoming))
            storing.add_done_callback(partial(self._tell, batch))

    def _tell(self, batch: "_Batch", ended: "asyncio.Future[None]") -> None:
        self._hand_over()
        problem = ended.exception()
        for stored in batch.stored:
            if stored.done():
                continue  # nobody waits any longer
            if problem is None:
                stored.set_result(None)
            else:
                stored.set_exception(problem)


@dataclass
class _Batch:
    """What waits to be stored together, and whoever waits for that."""

    incoming: list[Incoming] = field(default_factory=list)
    stored: list["asyncio.Future[None]"] = field(default_factory=list)


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
