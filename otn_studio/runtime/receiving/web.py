"""The engine's address on the web: ``/webhook`` for Messenger, ``/health`` for whoever watches."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from otn_studio.messenger.webhook import Door, webhook_routes


class Status(Protocol):
    """Who knows how it goes, and what time it is."""

    def now(self) -> datetime: ...

    def health(self) -> dict[str, Any]: ...


class Host(Status, Protocol):
    """What is behind the address: the engine of one machine, or one process of several."""

    def take(self, webhook_bodies: Sequence[bytes]) -> "Future[None]": ...


def create_app(host: Host, page_id: str, verify_token: str, app_secret: str) -> Starlette:
    """The web application of one Page's engine."""
    door = Door(page_id, verify_token, app_secret)
    return create_pages_app({page_id: host}, [door], host)


def create_pages_app(hosts: Mapping[str, Host], doors: Sequence[Door], status: Status) -> Starlette:
    """The web application of several Pages' engines, each behind its door. Webhooks that name none of
    them are not ours to keep.
    """
    gathered = {page_id: _Gathering(host) for page_id, host in hosts.items()}

    async def take(opened: frozenset[str], body: bytes) -> None:
        named = [id for id in opened if id in gathered and id.encode() in body]
        for kept in [gathered[page_id].keep(body) for page_id in named]:
            await kept

    app = Starlette(routes=[*webhook_routes(doors, take), *status_routes(status)])
    app.router.redirect_slashes = False  # behind a proxy, it would lead out of TLS
    return app


def status_routes(host: Status) -> list[Route]:
    """For whoever watches."""

    def health(request: Request) -> JSONResponse:
        state = host.health()
        return JSONResponse(state, 200 if state["working"] else 503)

    return [Route("/health", health)]


class _Gathering:
    """Hands the engine, in one go, all that can be read at a moment.

    The engine keeps together what came while it kept what had come before: it is never waiting for us
    while there is something to keep.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._waiting: list[_Kept] = []

    def keep(self, body: bytes) -> "asyncio.Future[None]":
        """The future is done once it is safe on the disk."""
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[None] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._hand_over, loop)
        self._waiting.append((body, kept))
        return kept

    def _hand_over(self, loop: asyncio.AbstractEventLoop) -> None:
        batch, self._waiting = self._waiting, []

        def tell(ended: "Future[None]") -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_tell, batch, ended.exception())

        self._host.take([body for body, _ in batch]).add_done_callback(tell)


def _tell(batch: "Sequence[_Kept]", problem: BaseException | None) -> None:
    for _, kept in batch:
        if kept.done():
            continue  # nobody waits any longer
        if problem is None:
            kept.set_result(None)
        else:
            kept.set_exception(problem)


_Kept = tuple[bytes, "asyncio.Future[None]"]
