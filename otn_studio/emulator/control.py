"""The control API under ``/emulator``: move the clock, play the people, ask for faults.

It is no part of Messenger. A request that makes no sense is answered with 400 and
``{"problem": sentence}``.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from otn_studio.emulator import actions
from otn_studio.emulator.durations import parse_duration
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.events import Event
from otn_studio.emulator.faults import Faults
from otn_studio.emulator.json_response import AsciiJSONResponse
from otn_studio.emulator.webhooks import Webhooks
from otn_studio.emulator.world import Person, World

_ENDLESS = 1e12
"""Seconds: more than any clock can be advanced by."""


class ControlApi:
    """The routes of the control API over one world."""

    def __init__(self, world: World, faults: Faults, webhooks: Webhooks) -> None:
        self._world = world
        self._faults = faults
        self._webhooks = webhooks

    def routes(self) -> list[Route]:
        """Every path below ``/emulator``."""
        return [
            Route("/clock", self._clock),
            Route("/clock", self._move_clock, methods=["POST"]),
            Route("/webhook", self._subscribe, methods=["POST"]),
            Route("/faults", self._show_faults),
            Route("/faults", self._change_faults, methods=["POST"]),
            Route("/people", self._list_people),
            Route("/people", self._add_person, methods=["POST"]),
            Route("/people/{id}/phone", self._phone),
            Route("/people/{id}/{action}", self._act, methods=["POST"]),
            Route("/ledger", self._ledger),
            Route("/idle", self._idle),
            Route("/{path:path}", _nothing_here, methods=["GET", "POST", "PUT", "DELETE"]),
        ]

    async def _clock(self, request: Request) -> Response:
        clock = self._world.clock
        now, offset = clock.now(), clock.offset
        return AsciiJSONResponse(
            {
                "now": now.isoformat(timespec="microseconds"),
                "offset_seconds": offset.total_seconds(),
            }
        )

    async def _move_clock(self, request: Request) -> Response:
        body = await _read_object(request)
        try:
            match body:
                case {"advance": by, **others} if not others:
                    self._world.clock.advance(_length_of_time(by))
                case {"now": str(instant), **others} if not others:
                    self._world.clock.move_to(_instant(instant))
                case _:
                    raise Problem('The clock takes either "advance" or "now".')
        except ValueError as error:
            raise Problem(str(error)) from None
        return await self._clock(request)

    async def _subscribe(self, request: Request) -> Response:
        body = await _read_object(request)
        url, verify_token = _text(body, "url"), _text(body, "verify_token")
        await run_in_threadpool(self._webhooks.subscribe, url, verify_token)
        return AsciiJSONResponse({"url": url})

    async def _show_faults(self, request: Request) -> Response:
        return AsciiJSONResponse(self._faults.shown())

    async def _change_faults(self, request: Request) -> Response:
        self._faults.change(await _read_object(request))
        return AsciiJSONResponse(self._faults.shown())

    async def _list_people(self, request: Request) -> Response:
        people = [{"id": one.id, "name": one.name} for one in self._world.people.values()]
        return AsciiJSONResponse({"people": people})

    async def _add_person(self, request: Request) -> Response:
        person = self._world.add_person(_text(await _read_object(request), "name"))
        return AsciiJSONResponse({"id": person.id})

    async def _phone(self, request: Request) -> Response:
        phone = self._world.person(request.path_params["id"]).phone
        entries = [entry.shown() for entry in phone.entries]
        return AsciiJSONResponse({"entries": entries, "typing": phone.typing})

    async def _act(self, request: Request) -> Response:
        body = await _read_object(request)
        name = request.path_params["action"]
        if name not in _ACTS:
            raise Problem(f"A person can {', '.join(_ACTS)}, but not {name}.")
        person = self._world.person(request.path_params["id"])
        events = _ACTS[name](self._world, person, body)
        for event in events:
            self._webhooks.post(person.id, event)
        return AsciiJSONResponse({"events": events})

    async def _ledger(self, request: Request) -> Response:
        return AsciiJSONResponse(self._world.ledger.shown())

    async def _idle(self, request: Request) -> Response:
        waiting = self._webhooks.waiting
        return AsciiJSONResponse({"idle": waiting == 0, "waiting": waiting})


async def _nothing_here(request: Request) -> Response:
    raise Problem(f"The emulator has nothing at {request.url.path}.")


async def answer_problem(request: Request, problem: Exception) -> Response:
    """Say what was wrong with a request."""
    return AsciiJSONResponse({"problem": str(problem)}, 400)


async def _read_object(request: Request) -> dict:
    """The body, which may be left out where nothing has to be said."""
    try:
        body = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        raise Problem("The body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise Problem("The body must be a JSON object.")
    return body


def _text(body: dict, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Problem(f'"{name}" must be a text that is not empty.')
    return value


def _length_of_time(by: object) -> timedelta:
    """``"3 days"``, or a number of seconds."""
    if isinstance(by, str):
        return parse_duration(by)
    if isinstance(by, bool) or not isinstance(by, int | float) or not abs(by) < _ENDLESS:
        raise Problem('"advance" must be a number of seconds or a text such as "3 days".')
    return timedelta(seconds=by)


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Problem(f"{text!r} is not an instant such as '2030-01-31T12:00:00Z'.") from None


def _write(world: World, person: Person, body: dict) -> list[Event]:
    return actions.write(world, person, _text(body, "text"))


def _tap(world: World, person: Person, body: dict) -> list[Event]:
    return actions.tap(world, person, _text(body, "title"))


def _notify_me(world: World, person: Person, body: dict) -> list[Event]:
    index = body.get("index")
    if index is not None and type(index) is not int:
        raise Problem('"index" must be a whole number.')
    return actions.notify_me(world, person, index)


def _get_started(world: World, person: Person, body: dict) -> list[Event]:
    return actions.get_started(world, person)


def _open_link(world: World, person: Person, body: dict) -> list[Event]:
    return actions.open_link(world, person, _text(body, "ref"))


def _react(world: World, person: Person, body: dict) -> list[Event]:
    return actions.react(world, person, _text({"reaction": "love"} | body, "reaction"))


def _block(world: World, person: Person, body: dict) -> list[Event]:
    return actions.block(world, person)


_ACTS: dict[str, Callable[[World, Person, dict], list[Event]]] = {
    "write": _write,
    "tap": _tap,
    "notify-me": _notify_me,
    "get-started": _get_started,
    "open-link": _open_link,
    "react": _react,
    "block": _block,
}
