"""The page on which anyone can try a bot by hand: its files, its pictures, and what it shows."""

import html
import json
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from otn_studio import shipped
from otn_studio.emulator import page_words, view
from otn_studio.emulator.changes import Changes
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.json_response import AsciiJSONResponse
from otn_studio.emulator.webhooks import Webhooks
from otn_studio.emulator.world import World
from otn_studio.policy import media

HOME: Final = "/emulator/page/"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' http: https:; media-src 'self' http: https:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""Only the page's own code runs; pictures and sounds come from wherever the bot has them."""
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_BY_LANGUAGE: Final = {"Vary": "Accept-Language"}
_FACES: Final = ("#0F766E", "#1D4ED8", "#7C3AED", "#B45309", "#475569")
_FACE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" '
    'fill="{colour}"/><text x="48" y="64" font-family="Inter, sans-serif" font-size="44" '
    'font-weight="600" fill="#fff" text-anchor="middle">{initial}</text></svg>'
)


class _Files(StaticFiles):
    """The page's own files, which a browser asks for anew each time."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(_HEADERS)
        return response

    def is_not_modified(self, *_: object) -> bool:
        return False


class WebPage:
    """The routes of the page over one world."""

    def __init__(self, world: World, webhooks: Webhooks, changes: Changes) -> None:
        self._world = world
        self._webhooks = webhooks
        self._changes = changes

    def routes(self) -> list[BaseRoute]:
        """What the page needs beside the control API."""
        return [
            Route("/", go_home),
            Route("/view", self._view),
            Route("/changes", self._new),
            Route("/words", _words),
            Route("/page/", _document),
            Route("/page/index.html", _document),
            Route("/page/picture.svg", self._face_of_page),
            Route("/people/{id}/picture.svg", self._face),
            Route("/files/{number}/{name}", self._file),
            Route("/fonts/{name}.otf", _font),
            Mount("/icons", _Files(directory=shipped.path("resources/icons"))),
            Mount("/page", _Files(directory=page_words.FOLDER)),
        ]

    async def _view(self, request: Request) -> Response:
        return AsciiJSONResponse(
            self._shown(request.query_params.get("person"), self._world.clock.now())
        )

    async def _new(self, request: Request) -> Response:
        """The view now, and again whenever there is something else to be seen."""
        person = request.query_params.get("person")
        return StreamingResponse(
            self._changes.of(lambda: self._seen(person)),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    def _seen(self, person: str | None) -> str:
        """What somebody sees, which is no more of the time than its minutes."""
        self._world.catch_up()
        now = self._world.clock.now()
        return json.dumps(self._shown(person, now) | {"now": now.isoformat(timespec="minutes")})

    def _shown(self, person: str | None, now: datetime) -> dict:
        whole = view.whole(self._world, self._webhooks, person, now)
        return {"now": now.isoformat(timespec="milliseconds"), **whole}

    async def _face_of_page(self, request: Request) -> Response:
        return _face(self._world.page.name, self._world.page.id)

    async def _face(self, request: Request) -> Response:
        person = self._world.person(request.path_params["id"])
        return _face(person.name, person.id)

    async def _file(self, request: Request) -> Response:
        """A file that came to Messenger, as something that no browser runs."""
        content = self._world.files.content(request.path_params["number"])
        if content is None:
            raise Problem("There is no such file any more.")
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        kind = media.content_type(request.path_params["name"])
        return Response(content, media_type=kind, headers=headers)


async def _document(request: Request) -> Response:
    return HTMLResponse(page_words.document(_language(request)), headers=_HEADERS | _BY_LANGUAGE)


async def _words(request: Request) -> Response:
    return AsciiJSONResponse(page_words.words(_language(request)), headers=_BY_LANGUAGE)


def _language(request: Request) -> str:
    return page_words.language(request.headers.get("accept-language", ""))


async def go_home(request: Request) -> Response:
    """Lead to the page."""
    return RedirectResponse(HOME)


def is_visit(request: Request) -> bool:
    """Whether somebody opens the emulator's bare address in a browser."""
    wants_page = "text/html" in request.headers.get("accept", "")
    return request.method == "GET" and request.url.path == "/" and wants_page


async def _font(request: Request) -> Response:
    names = {"regular": "Inter-Regular", "semibold": "Inter-SemiBold"}
    name = request.path_params["name"]
    if name not in names:
        raise Problem(f"There is no font {name}.")
    return FileResponse(shipped.path(f"resources/fonts/{names[name]}.otf"), media_type="font/otf")


def _face(name: str, id: str) -> Response:
    """A picture of somebody: the first letter of the name."""
    colour, initial = _FACES[int(id) % len(_FACES)], html.escape(name.strip()[:1].upper())
    return Response(
        _FACE.format(colour=colour, initial=initial),
        media_type="image/svg+xml",
        headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
    )
