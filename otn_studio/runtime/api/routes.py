"""The routes under ``/api``.

A call has a key, and an announcement an ``Idempotency-Key`` besides: asked for again with the same one,
it is answered as before, and nobody is told twice.
"""

import math
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from otn_studio.blocks.words import Problem
from otn_studio.runtime.api import calls, describing, keys
from otn_studio.runtime.api.calls import (
    AnnouncementAnswer,
    AnnouncementCall,
    ErrorsAnswer,
    ReportAnswer,
)
from otn_studio.runtime.api.limits import CALLS_A_MINUTE, KEEP_KEYS, WRONG_A_MINUTE, Limit
from otn_studio.runtime.broadcasting import broadcasts, reporting
from otn_studio.runtime.broadcasting.broadcasts import Draft
from otn_studio.storage import api_keys
from otn_studio.storage.api_keys import ApiKey
from otn_studio.storage.database import Database
from otn_studio.storage.people import segments
from otn_studio.storage.permissions import topics
from otn_studio.storage.sending import announcements
from otn_studio.storage.sending.announcements import Announcement

LONGEST_BODY: Final = 64 * 1024
LONGEST_KEY: Final = 255


Endpoint = Callable[[Request], Awaitable[Response]]


class Refused(Exception):
    """The answer to a call that can't be done."""

    def __init__(self, status: int, errors: dict[str, str], wait: float = 0.0) -> None:
        self.status = status
        self.errors = errors
        self.wait = wait


class Api:
    """What other systems may ask of one Page."""

    def __init__(
        self,
        database: Database,
        page_id: str,
        now: Callable[[], datetime],
        keep_keys: timedelta = KEEP_KEYS,
    ) -> None:
        self._database = database
        self._page_id = page_id
        self._now = now
        self._keep_keys = keep_keys
        self._calls = Limit(CALLS_A_MINUTE)
        self._wrong = Limit(WRONG_A_MINUTE)

    def routes(self) -> list[Route]:
        return [
            Route(path, answer, methods=[method])
            for path, (method, answer) in self.endpoints().items()
        ]

    def endpoints(self) -> dict[str, tuple[str, Endpoint]]:
        """By their paths, with how they are called."""
        return {
            "/api": ("GET", self._page),
            "/api/openapi.json": ("GET", self._description),
            "/api/topics/{id}/announcements": ("POST", self._announce),
            "/api/announcements/{id:int}": ("GET", self._report),
        }

    async def _page(self, request: Request) -> Response:
        return HTMLResponse(describing.page(describing.description()))

    async def _description(self, request: Request) -> Response:
        return JSONResponse(describing.description())

    async def _announce(self, request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(self._answered, request, self._announced, body)

    async def _report(self, request: Request) -> Response:
        return await run_in_threadpool(self._answered, request, self._reported)

    def _answered(
        self, request: Request, answer: Callable[..., tuple[int, BaseModel]], *given: bytes | None
    ) -> Response:
        try:
            status, answered = answer(request, self._caller(request), *given)
        except Refused as refused:
            headers = {"Retry-After": str(math.ceil(refused.wait))} if refused.wait else None
            errors = ErrorsAnswer(errors=refused.errors)
            return JSONResponse(errors.model_dump(), refused.status, headers)
        return JSONResponse(answered.model_dump(mode="json"), status)

    def _caller(self, request: Request) -> ApiKey:
        """Whose key it is."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        known = scheme.casefold() == "bearer" and keys.known(
            self._database, self._page_id, key.strip()
        )
        wait = self._calls.wait(known.id) if known else self._wrong.wait(None)
        if wait:
            raise Refused(429, {"call": "There were too many calls. Call again later."}, wait)
        if not known:
            sentence = "The key is missing or not good. Send it as “Authorization: Bearer KEY”."
            raise Refused(401, {"call": sentence})
        return known

    def _announced(
        self, request: Request, caller: ApiKey, body: bytes | None
    ) -> tuple[int, AnnouncementAnswer]:
        key = _idempotency_key(request, caller)
        if body is None:
            raise Refused(413, {"call": f"The body has more than {LONGEST_BODY} bytes."})
        call, errors = calls.read(body)
        if call is None:
            raise Refused(422, errors)
        topic_id = request.path_params["id"]
        row = self._known(key)
        if row is None:
            row = self._made(call, topic_id, caller, key)
        if not calls.is_same(call, topic_id, row):
            sentence = "This Idempotency-Key was used for another announcement. Send a new one."
            raise Refused(409, {"call": sentence})
        return 202, AnnouncementAnswer.of(row)

    def _known(self, key: str) -> Announcement | None:
        """What was asked for with the same key, as long as that counts."""
        now = self._now()
        with self._database.writing() as connection:
            announcements.forget_keys(connection, self._page_id, now - self._keep_keys)
            return announcements.keyed(connection, self._page_id, key)

    def _made(
        self, call: AnnouncementCall, topic_id: str, caller: ApiKey, key: str
    ) -> Announcement:
        now = self._now()
        draft = self._draft(call, topic_id)
        try:
            number = broadcasts.plan(self._database, self._page_id, draft, now, key)
        except Problem as problem:
            field = "text" if call.flow is None else "flow"
            raise Refused(422, {field: str(problem)}) from problem
        except IntegrityError:  # the same call came twice at once, and the other one was faster
            if (row := self._known(key)) is None:
                raise
            return row
        with self._database.writing() as connection:
            api_keys.used(connection, caller.id, now)
        return broadcasts.numbered(self._database, self._page_id, number)

    def _draft(self, call: AnnouncementCall, topic_id: str) -> Draft:
        with self._database.reading() as connection:
            known = topics.is_there(connection, self._page_id, topic_id)
            named = segments.all_segments(connection, self._page_id) if call.segment else ()
        if not known:
            raise Refused(404, {"topic": f"There is no topic with the id “{topic_id}”."})
        segment = next((row.id for row in named if row.name == call.segment), None)
        if call.segment and segment is None:
            raise Refused(422, {"segment": f"There is no segment “{call.segment}”."})
        return Draft(topic_id, call.text, call.flow, call.at, segment, call.waits)

    def _reported(self, request: Request, caller: ApiKey) -> tuple[int, ReportAnswer]:
        number = request.path_params["id"]
        try:
            row = broadcasts.numbered(self._database, self._page_id, number)
            report = reporting.report(self._database, self._page_id, number, self._now())
        except Problem as problem:
            raise Refused(404, {"id": f"There is no announcement {number}."}) from problem
        return 200, ReportAnswer.of(row, report)


def _idempotency_key(request: Request, caller: ApiKey) -> str:
    key = request.headers.get("idempotency-key", "").strip()
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise Refused(
            400,
            {
                "Idempotency-Key": "Send this header with a text of your own, up to"
                f" {LONGEST_KEY} characters, so that a repeated call tells nobody twice."
            },
        )
    return f"{caller.id}:{key}"


async def _body(request: Request) -> bytes | None:
    """The body; none where it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)
