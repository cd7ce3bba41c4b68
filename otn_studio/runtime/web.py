"""The engine's address on the web: ``/webhook`` for Messenger, ``/health`` for whoever watches."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from otn_studio.messenger.inbox import Kind, Received
from otn_studio.messenger.webhook import webhook_routes
from otn_studio.runtime.engine import Engine
from otn_studio.storage.inbox import Incoming

ACTS = frozenset({Kind.MESSAGE, Kind.POSTBACK, Kind.OPTIN, Kind.REFERRAL, Kind.REACTION})
TO_READ = ACTS | {Kind.ECHO}


def create_app(engine: Engine, page_id: str, verify_token: str, app_secret: str) -> Starlette:
    """The web application of one Page's engine. Events of other Pages are not ours to keep."""

    async def take(received: list[Received]) -> None:
        incoming = [_incoming(entry) for entry in received if entry.page_id == page_id]
        if incoming:
            await asyncio.wrap_future(engine.take(incoming))

    def health(request: Request) -> JSONResponse:
        state = engine.health()
        return JSONResponse(state, 200 if state["working"] else 503)

    return Starlette(
        routes=[
            *webhook_routes(verify_token, app_secret, take, engine.now),
            Route("/health", health),
        ]
    )


def _incoming(received: Received) -> Incoming:
    return Incoming(
        kind=received.kind,
        person_id=received.person_id,
        at=received.at,
        key=received.key,
        body=received.item,
        acts=received.kind in ACTS,
        to_read=received.kind in TO_READ,
    )
