"""The address at which Messenger tells us what happened.

Source: Messenger Platform, "Webhooks": verification by a token, a signature over the raw body, an
answer with 200 within five seconds. Only what is safely stored is answered so; everything else
Messenger sends again.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from otn_studio.messenger.signature import is_genuine, same

PATH = "/webhook"
LONGEST_BODY = 1024 * 1024
"""Ours, in bytes: Messenger's batches stay far below."""

Take = Callable[[frozenset[str], bytes], Awaitable[None]]
"""Keeps a body for the Pages whose door its signature opened, and returns once it is safe."""


@dataclass(frozen=True, slots=True)
class Door:
    """What opens the address for one Page's events: the word that Messenger asks for, and the secret of
    the app by which it signs. Pages may share an app. Empty ones let nobody in.
    """

    page_id: str
    verify_token: str = field(repr=False)
    app_secret: str = field(repr=False)


_log = logging.getLogger(__name__)


def webhook_routes(doors: Sequence[Door], take: Take) -> list[Route]:
    """The two routes of the webhook. Of what comes only that is taken which an app has signed."""

    async def verify(request: Request) -> Response:
        return _verification(request, doors)

    async def receive(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        opened = _opened(doors, body, request.headers.get("x-hub-signature-256"))
        if not opened:
            return Response(status_code=403)
        return await _taken(take, opened, body)

    return [Route(PATH, verify, methods=["GET"]), Route(PATH, receive, methods=["POST"])]


def _verification(request: Request, doors: Sequence[Door]) -> Response:
    """The bare challenge, for those who know a verify token."""
    asked = request.query_params
    challenge, said = asked.get("hub.challenge", ""), asked.get("hub.verify_token", "")
    knows_token = any(door.verify_token and same(said, door.verify_token) for door in doors)
    if asked.get("hub.mode") != "subscribe" or not challenge or not knows_token:
        return Response(status_code=403)
    return PlainTextResponse(challenge)


def _opened(doors: Sequence[Door], body: bytes, signature: str | None) -> frozenset[str]:
    """The Pages of which the signature's app may tell."""
    secrets = {door.app_secret for door in doors}
    genuine = {secret for secret in secrets if is_genuine(secret, body, signature)}
    return frozenset(door.page_id for door in doors if door.app_secret in genuine)


async def _body(request: Request) -> bytes | None:
    """The body, or ``None`` once it is too long: what it says of its own length is not believed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


async def _taken(take: Take, opened: frozenset[str], body: bytes) -> Response:
    try:
        await take(opened, body)
    except Exception:
        _log.exception("A webhook could not be stored; Messenger will send them again")
        return Response(status_code=500)
    return PlainTextResponse("EVENT_RECEIVED")
