"""The address at which Messenger tells us what happened.

Source: Messenger Platform, "Webhooks": verification by a token, a signature over the raw body, an
answer with 200 within five seconds. Only what is safely stored is answered so; everything else
Messenger sends again.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from otn_studio.messenger.inbox import Received, unpack
from otn_studio.messenger.signature import is_genuine, same

PATH = "/webhook"
LONGEST_BODY = 1024 * 1024
"""Ours, in bytes: Messenger's batches stay far below."""

Take = Callable[[list[Received]], Awaitable[None]]
"""Stores what was received, and returns once it is safe."""

_log = logging.getLogger(__name__)


def webhook_routes(
    verify_token: str, app_secret: str, take: Take, now: Callable[[], datetime]
) -> list[Route]:
    """The two routes of the webhook. With an empty token or secret they let nobody in."""

    async def verify(request: Request) -> Response:
        return _verification(request, verify_token)

    async def receive(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        if not is_genuine(app_secret, body, request.headers.get("x-hub-signature-256")):
            return Response(status_code=403)
        return await _taken(take, unpack(body, now()))

    return [Route(PATH, verify, methods=["GET"]), Route(PATH, receive, methods=["POST"])]


def _verification(request: Request, verify_token: str) -> Response:
    """The bare challenge, for those who know the verify token."""
    asked = request.query_params
    challenge = asked.get("hub.challenge", "")
    knows_token = verify_token and same(asked.get("hub.verify_token", ""), verify_token)
    if asked.get("hub.mode") != "subscribe" or not challenge or not knows_token:
        return Response(status_code=403)
    return PlainTextResponse(challenge)


async def _body(request: Request) -> bytes | None:
    """The body, or ``None`` once it is too long: what it says of its own length is not believed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


async def _taken(take: Take, received: list[Received]) -> Response:
    try:
        await take(received)
    except Exception:
        _log.exception("Webhook events could not be stored; Messenger will send them again")
        return Response(status_code=500)
    return PlainTextResponse("EVENT_RECEIVED")
