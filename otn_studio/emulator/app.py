"""The emulator as one web application."""

import contextlib
from collections.abc import AsyncIterator, Collection

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from otn_studio.emulator.changes import CHANGES, Changes, Telling
from otn_studio.emulator.clock import MovableClock
from otn_studio.emulator.control import ControlApi, answer_problem
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.faults import Faults
from otn_studio.emulator.graph import GraphApi
from otn_studio.emulator.guard import Guard
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.ids import Ids
from otn_studio.emulator.on_time import OnTime
from otn_studio.emulator.web_page import go_home, is_visit
from otn_studio.emulator.webhooks import Retries, Webhooks
from otn_studio.emulator.world import World
from otn_studio.policy.profiles import Rules

_DEFAULT_RULES = Rules()


def create_app(
    page: PageIdentity,
    clock: MovableClock | None = None,
    *,
    rules: Rules = _DEFAULT_RULES,
    seed: int | None = None,
    names: Collection[str] = (),
    retries: Retries = Retries.QUICK,
) -> Starlette:
    """Join the Graph API, the webhooks and the control API over a new, empty world.

    ``rules`` are the ones that the Page begins with. ``seed`` makes ids the same in every run; the
    faults have a seed of their own. ``names`` are those under which browsers may reach its web page,
    beside *localhost* and bare addresses; ``retries`` is how webhooks come again. An application
    serves once: its world ends with it. It needs ``server.serve`` to be able to hang up.
    """
    clock = clock or MovableClock()
    world, faults = World(page, clock, Ids(seed), rules), Faults()
    webhooks = Webhooks(page, clock, faults, retries, lambda: world.habits)
    changes = Changes()
    control, graph = ControlApi(world, faults, webhooks, changes), GraphApi(world, faults, webhooks)

    @contextlib.asynccontextmanager
    async def deliver_webhooks(app: Starlette) -> AsyncIterator[dict[str, Changes]]:
        webhooks.start()
        try:
            yield {CHANGES: changes}
        finally:
            await run_in_threadpool(webhooks.stop)

    async def answer(request: Request) -> Response:
        return await (go_home(request) if is_visit(request) else graph.answer(request))

    return Starlette(
        routes=[
            Mount("/emulator", routes=control.routes()),
            Route("/{path:path}", answer, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
        ],
        middleware=[
            Middleware(Guard, names),
            Middleware(Telling, changes),
            Middleware(OnTime, world),
        ],
        exception_handlers={Problem: answer_problem},
        lifespan=deliver_webhooks,
    )
