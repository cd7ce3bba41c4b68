"""The engine's address on the web: ``/webhook`` for Messenger, ``/health`` for whoever watches."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
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
        if named:
            await asyncio.gather(*(gathered[page_id].keep(body) for page_id in named))

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
    """Hands the engine, in one go, all that came while it kept what had come before.

    So that many webhooks cost one commit, and one change between the threads.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._waiting: list[_Kept] = []
        self._is_keeping = False

    def keep(self, body: bytes) -> "asyncio.Future[None]":
        """The future is done once it is safe on the disk."""
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[None] = loop.create_future()
        self._waiting.append((body, kept))
        if not self._is_keeping:
            self._is_keeping = True
            loop.call_soon(self._hand_over)  # with all that can be read at this moment
        return kept

    def _hand_over(self) -> None:
        batch, self._waiting = self._waiting, []
        self._is_keeping = bool(batch)
        if batch:
            keeping = asyncio.wrap_future(self._host.take([body for body, _ in batch]))
            keeping.add_done_callback(partial(self._tell, batch))

    def _tell(self, batch: "list[_Kept]", ended: "asyncio.Future[None]") -> None:
        self._hand_over()
        problem = ended.exception()
        for _, kept in batch:
            if kept.done():
                continue  # nobody waits any longer
            if problem is None:
                kept.set_result(None)
            else:
                kept.set_exception(problem)


_Kept = tuple[bytes, "asyncio.Future[None]"]
