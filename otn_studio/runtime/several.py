"""The engines of several Pages in one process, behind one address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from otn_studio.runtime import health
from otn_studio.runtime.api import keys
from otn_studio.runtime.api.routes import Api, Endpoint
from otn_studio.runtime.clock import Clock
from otn_studio.storage.database import Database


class One(Protocol):
    """The engine of one Page: of one computer, or one process of several."""

    def start(self, listens_on: str = "", reconcile: bool = False) -> None: ...

    def stop(self) -> None: ...

    def health(self) -> dict[str, Any]: ...


class SeveralEngines:
    """They share the database and the address, and nothing else: what stops one leaves the others."""

    def __init__(self, engines: Mapping[str, One], clock: Clock) -> None:
        self.engines = engines
        self._clock = clock
        self._started: list[One] = []

    def start(self, listens_on: str = "", reconcile: bool = False) -> None:
        for engine in self.engines.values():
            engine.start(listens_on, reconcile)
            self._started.append(engine)

    def stop(self) -> None:
        while self._started:
            self._started.pop().stop()

    def now(self) -> datetime:
        return self._clock.now()

    def health(self) -> dict[str, Any]:
        """That of the only Page, or of all of them together."""
        pages = {page_id: engine.health() for page_id, engine in self.engines.items()}
        return next(iter(pages.values())) if len(pages) == 1 else health.together(pages)


class SeveralApis:
    """The same routes for all Pages: the key says for which one a call is."""

    def __init__(self, database: Database, apis: Mapping[str, Api]) -> None:
        self._database = database
        self._apis = {page_id: api.endpoints() for page_id, api in apis.items()}
        self._first = next(iter(self._apis))

    def routes(self) -> list[Route]:
        return [
            Route(path, self._endpoint(path), methods=[method])
            for path, (method, _) in self._apis[self._first].items()
        ]

    def _endpoint(self, path: str) -> Endpoint:
        async def answer(request: Request) -> Response:
            page_id = await run_in_threadpool(self._page, request)
            _method, answered = self._apis[page_id][path]
            return await answered(request)

        return answer

    def _page(self, request: Request) -> str:
        """Whose key it is; the first one's where it is nobody's, which then says so."""
        _scheme, _, key = request.headers.get("authorization", "").partition(" ")
        found = keys.page_of(self._database, key.strip())
        return found if found in self._apis else self._first
