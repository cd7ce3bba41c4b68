"""Run published flows: take webhooks, keep permissions, send messages.

It is a process of its own, and goes on when the studio closes. With PostgreSQL there may be any number
of such processes, on any number of computers, each with its role.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from sqlalchemy import make_url
from starlette.applications import Starlette

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli import served
from otn_studio.cli.connect import (
    add_clock,
    add_database,
    host_and_port,
    open_clock,
    open_database,
)
from otn_studio.cli.connected import names_page, to_serve
from otn_studio.cli.served import Served
from otn_studio.cli.settings import Settings, settings
from otn_studio.cli.words import say
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.keeping.housekeeping import Housekeeping
from otn_studio.runtime.loop import Loop
from otn_studio.runtime.receiving.serving import listen, serve
from otn_studio.runtime.several import SeveralEngines
from otn_studio.storage.database import Database

DEFAULT_ADDRESS = "127.0.0.1:8040"
ALL = "all"
_SAYS = {
    ALL: Words("The engine runs. Webhooks arrive at {address}/webhook"),
    "webhook": Words("This process takes webhooks at {address}/webhook"),
    "worker": Words("This process reads what came. It can be watched at {address}/metrics"),
    "sender": Words("This process sends. It can be watched at {address}/metrics"),
}
"""What each role says once it is there."""
_NEEDS = {
    ALL: {"page_token", "app_secret", "verify_token"},
    "webhook": {"app_secret", "verify_token"},
    "worker": set(),
    "sender": {"page_token"},
}
"""The secrets that a role can't do without; it is not asked for the others."""


def add_arguments(parser: ArgumentParser) -> None:
    add_database(parser)
    parser.add_argument(
        "--listen",
        metavar="HOST:PORT",
        default=DEFAULT_ADDRESS,
        help=f"where webhooks arrive (default {DEFAULT_ADDRESS})",
    )
    parser.add_argument(
        "--role",
        choices=_SAYS,
        default=ALL,
        help="with PostgreSQL: which part of the work this process does (default: all of it)",
    )
    parser.add_argument(
        "--reconcile",
        action="store_true",
        help="compare permissions with Messenger’s own list at once, not after an hour of silence",
    )
    add_clock(parser)


def run(given: Namespace) -> int:
    said = settings(given.database)
    is_file = make_url(said.database_url).get_backend_name() == "sqlite"
    if given.role != ALL and is_file:
        raise Problem(
            "A database in a file is served by one process. Leave out --role, or move to PostgreSQL:"
            " otn-studio move --to URL"
        )
    needs = _NEEDS[given.role]
    if names_page(said):
        _refuse_without(said, needs)
    host, port = host_and_port(given.listen)
    with open_database(said) as database, open_clock(given.clock) as clock, ExitStack() as until:
        chosen = to_serve(database, said, needs)
        pages = [served.opened(one, database, needs, clock, until) for one in chosen]
        listener = until.enter_context(listen(host, port))
        until.enter_context(_housekeeping(database, said, clock, given.role))
        address = f"http://{host}:{listener.getsockname()[1]}"
        if database.file is not None:
            engine, app = served.engines(database, pages, clock)
        else:
            engine, app = _servers(said, pages, clock, given.role, until)
        if given.role in (ALL, "webhook"):
            app.router.routes.extend(served.api_routes(database, pages, engine.now))
        try:
            engine.start(address, given.reconcile)
            say(_SAYS[given.role].text, address=address)
            serve(app, listener)
        finally:
            engine.stop()
    return 0


def _refuse_without(said: Settings, needs: Collection[str]) -> None:
    """Say at once which secret is missing, where there is nowhere else to look for it."""
    for name in sorted(needs):
        said.secret(name)


def _servers(
    said: Settings, pages: Sequence[Served], clock: Clock, role: str, until: ExitStack
) -> tuple[SeveralEngines, Starlette]:
    """One process of several, which needs more packages than a desktop does. Each Page has its own
    connections to the database, so that none waits for another's.
    """
    try:
        from otn_studio.runtime.server.roles import Role
        from otn_studio.runtime.server.server import Server
        from otn_studio.runtime.server.web import create_server_app
    except ImportError as missing:
        raise Problem(
            "An engine on PostgreSQL needs more packages: pip install 'otn-studio[server]'"
        ) from missing
    made = {}
    for one in pages:
        page, own = one.settings.page, until.enter_context(open_database(said))
        made[page.id] = Server(own, page, one.graph, clock, Role(role), one.doer(own))
    several = SeveralEngines(made, clock)
    return several, create_server_app(made, [one.door for one in pages], several)


@contextmanager
def _housekeeping(
    database: Database, settings: Settings, clock: Clock, role: str
) -> Iterator[None]:
    """The daily work, beside the engine; of several processes the senders do it."""
    if role not in (ALL, "sender"):
        yield
        return
    work = Housekeeping(database, settings.keep_events)
    loop = Loop("housekeeping", clock, work)
    loop.start()
    try:
        yield
    finally:
        work.stop()
        loop.stop()
