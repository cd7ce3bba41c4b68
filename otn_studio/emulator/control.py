"""The control API under ``/emulator``: move the clock, play the people, ask for faults.

It is no part of Messenger. A request that makes no sense is answered with 400 and
``{"problem": sentence}``.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from otn_studio.emulator import handover, page_rules, view
from otn_studio.emulator.acts import ACTS
from otn_studio.emulator.bodies import move, new_person, read_object, text
from otn_studio.emulator.changes import Changes
from otn_studio.emulator.enforcement import enforce
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.faults import Faults
from otn_studio.emulator.json_response import AsciiJSONResponse
from otn_studio.emulator.web_page import WebPage
from otn_studio.emulator.webhooks import Retries, Webhooks
from otn_studio.emulator.world import World


class ControlApi:
    """The routes of the control API over one world."""

    def __init__(self, world: World, faults: Faults, webhooks: Webhooks, changes: Changes) -> None:
        self._world = world
        self._faults = faults
        self._webhooks = webhooks
        self._page = WebPage(world, webhooks, changes)

    def routes(self) -> list[BaseRoute]:
        """Every path below ``/emulator``."""
        return [
            *self._page.routes(),
            Route("/clock", self._clock),
            Route("/clock", self._move_clock, methods=["POST"]),
            Route("/webhook", self._show_webhook),
            Route("/webhook", self._subscribe, methods=["POST"]),
            Route("/unsubscribe", self._unsubscribe, methods=["POST"]),
            Route("/faults", self._show_faults),
            Route("/faults", self._change_faults, methods=["POST"]),
            Route("/rules", self._show_rules),
            Route("/rules", self._change_rules, methods=["POST"]),
            Route("/access", self._show_access),
            Route("/access", self._change_access, methods=["POST"]),
            Route("/enforcement", self._enforce, methods=["POST"]),
            Route("/habits", self._show_habits),
            Route("/habits", self._change_habits, methods=["POST"]),
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
        await run_in_threadpool(self._let_time_pass, await read_object(request))
        return await self._clock(request)

    def _let_time_pass(self, body: dict) -> None:
        try:
            with self._webhooks.while_time_passes():
                move(self._world.clock, body)
        except ValueError as error:
            raise Problem(str(error)) from None

    async def _subscribe(self, request: Request) -> Response:
        body = await read_object(request)
        if "retries" in body:
            self._webhooks.retries = _retries(body["retries"])
        if "url" in body or "retries" not in body:
            url, verify_token = text(body, "url"), text(body, "verify_token")
            await run_in_threadpool(self._webhooks.subscribe, url, verify_token)
        return await self._show_webhook(request)

    async def _show_webhook(self, request: Request) -> Response:
        return AsciiJSONResponse(view.bot(self._webhooks))

    async def _unsubscribe(self, request: Request) -> Response:
        self._webhooks.unsubscribe()
        return await self._idle(request)

    async def _show_faults(self, request: Request) -> Response:
        return AsciiJSONResponse(self._faults.shown())

    async def _change_faults(self, request: Request) -> Response:
        self._faults.change(await read_object(request))
        return AsciiJSONResponse(self._faults.shown())

    async def _show_rules(self, request: Request) -> Response:
        return AsciiJSONResponse(page_rules.shown(self._world.rules))

    async def _change_rules(self, request: Request) -> Response:
        self._world.rules = page_rules.changed(self._world.rules, await read_object(request))
        return await self._show_rules(request)

    async def _show_access(self, request: Request) -> Response:
        return AsciiJSONResponse(self._world.access.shown())

    async def _change_access(self, request: Request) -> Response:
        self._world.access = self._world.access.changed(await read_object(request))
        return await self._show_access(request)

    async def _show_habits(self, request: Request) -> Response:
        return AsciiJSONResponse(self._world.habits.shown())

    async def _change_habits(self, request: Request) -> Response:
        self._world.habits = self._world.habits.changed(await read_object(request))
        return await self._show_habits(request)

    async def _list_people(self, request: Request) -> Response:
        people = [{"id": one.id, "name": one.name} for one in self._world.people.values()]
        return AsciiJSONResponse({"people": people})

    async def _add_person(self, request: Request) -> Response:
        person = self._world.add_person(**new_person(await read_object(request)))
        return AsciiJSONResponse({"id": person.id})

    async def _enforce(self, request: Request) -> Response:
        event = enforce(self._world, await read_object(request))
        self._webhooks.post(self._world.page.id, event)
        return AsciiJSONResponse({"events": [event]})

    async def _phone(self, request: Request) -> Response:
        person = self._world.person(request.path_params["id"])
        return AsciiJSONResponse(view.phone(self._world, person, self._world.clock.now()))

    async def _act(self, request: Request) -> Response:
        body = await read_object(request)
        name = request.path_params["action"]
        if name not in ACTS:
            raise Problem(f"A person can {', '.join(ACTS)}, but not {name}.")
        person = self._world.person(request.path_params["id"])
        events = ACTS[name](self._world, person, body)
        for event in events:
            self._webhooks.post(person.id, event, handover.is_for_another(person, event))
        return AsciiJSONResponse({"events": events})

    async def _ledger(self, request: Request) -> Response:
        return AsciiJSONResponse(self._world.ledger.shown())

    async def _idle(self, request: Request) -> Response:
        waiting = self._webhooks.waiting
        return AsciiJSONResponse({"idle": waiting == 0, "waiting": waiting})


def _retries(name: object) -> Retries:
    if name not in list(Retries):
        raise Problem(f"The retries are one of {', '.join(Retries)}.")
    return Retries(name)


async def _nothing_here(request: Request) -> Response:
    raise Problem(f"The emulator has nothing at {request.url.path}.")


async def answer_problem(request: Request, problem: Exception) -> Response:
    """Say what was wrong with a request."""
    return AsciiJSONResponse({"problem": str(problem)}, 400)
