"""The engine's address on the web: ``/webhook`` for Messenger, ``/health`` for whoever watches."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
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
from otn_studio.messenger.webhook import Door, webhook_routes
from otn_studio.runtime.keeping.housekeeping import KEEP_EVENTS
from otn_studio.storage.engine.inbox import Incoming

ACTS = frozenset(
    {Kind.MESSAGE, Kind.POSTBACK, Kind.OPTIN, Kind.REFERRAL, Kind.REACTION, Kind.CHANGE}
)
TO_READ = ACTS | {Kind.ECHO, Kind.HANDOVER}


class Status(Protocol):
    """Who knows how it goes, and what time it is."""

    def now(self) -> datetime: ...

    def health(self) -> dict[str, Any]: ...


class Host(Status, Protocol):
    """What is behind the address: the engine of one machine, or one process of several."""

    def take(self, incoming: Collection[Incoming]) -> "Future[None]": ...


def create_app(
    host: Host,
    page_id: str,
    verify_token: str,
    app_secret: str,
    keep_events: timedelta = KEEP_EVENTS,
) -> Starlette:
    """The web application of one Page's engine."""
    door = Door(page_id, verify_token, app_secret)
    return create_pages_app({page_id: host}, [door], host, keep_events)


def create_pages_app(
    hosts: Mapping[str, Host],
    doors: Sequence[Door],
    status: Status,
    keep_events: timedelta = KEEP_EVENTS,
) -> Starlette:
    """The web application of several Pages' engines, each behind its door. Events of other Pages are
    not ours to keep; nor are those that would be gone by now: somebody plays an old webhook again, and
    no repeat would show.
    """
    gathered = {page_id: _Gathering(host) for page_id, host in hosts.items()}

    async def take(received: list[Received]) -> None:
        oldest = status.now() - keep_events
        ours = [entry for entry in received if entry.page_id in gathered and entry.at >= oldest]
        pages = dict.fromkeys(entry.page_id for entry in ours)
        stored = [
            gathered[page_id].store([incoming_of(one) for one in ours if one.page_id == page_id])
            for page_id in pages
        ]
        if stored:
            await asyncio.gather(*stored)

    webhooks = webhook_routes(doors, take, status.now)
    app = Starlette(routes=[*webhooks, *status_routes(status)])
    app.router.redirect_slashes = False  # behind a proxy, it would lead out of TLS
    return app


def status_routes(host: Status) -> list[Route]:
    """For whoever watches."""

    def health(request: Request) -> JSONResponse:
        state = host.health()
        return JSONResponse(state, 200 if state["working"] else 503)

    return [Route("/health", health)]


class _Gathering:
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
