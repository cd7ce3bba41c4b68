"""Run published flows: take webhooks, keep permissions, send messages.

It is a process of its own, and goes on when the studio closes. With PostgreSQL there may be any number
of such processes, on any number of computers, each with its role.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import requests
from sqlalchemy import make_url
from starlette.applications import Starlette

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.alone import alone
from otn_studio.cli.connect import (
    add_clock,
    add_database,
    host_and_port,
    open_clock,
    open_database,
)
from otn_studio.cli.services.mail import mail_server
from otn_studio.cli.settings import Settings, settings
from otn_studio.cli.vault import Vault
from otn_studio.cli.words import say
from otn_studio.messenger.graph import GraphClient
from otn_studio.runtime.api.routes import Api
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.hands import Hands
from otn_studio.runtime.housekeeping import Housekeeping
from otn_studio.runtime.loop import Loop
from otn_studio.runtime.serving import listen, serve
from otn_studio.runtime.web import create_app
from otn_studio.storage.database import Database

if TYPE_CHECKING:
    from otn_studio.runtime.server.server import Server

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
_NONE = "none"
"""What stands for a secret that nothing is done with."""


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
        help="compare permissions with Messenger's own list at once, not after an hour of silence",
    )
    add_clock(parser)


def run(given: Namespace) -> int:
    chosen = settings(given.database)
    if given.role != ALL and make_url(chosen.database_url).get_backend_name() == "sqlite":
        raise Problem(
            "A database in a file is served by one process. Leave out --role, or move to PostgreSQL:"
            " otn-studio move --to URL"
        )
    host, port = host_and_port(given.listen)
    token, app_secret, verify_token = (
        chosen.secret(name) if name in _NEEDS[given.role] else _NONE
        for name in ("page_token", "app_secret", "verify_token")
    )
    with (
        open_database(chosen) as database,
        alone(database.file, chosen.page_id),
        open_clock(given.clock) as clock,
        listen(host, port) as listener,
        closing(_graph(chosen, token)) as graph,
        _housekeeping(database, chosen, clock, given.role),
    ):
        address = f"http://{host}:{listener.getsockname()[1]}"
        doors = chosen.page_id, verify_token, app_secret, chosen.keep_events
        if database.file is not None:
            engine = Engine(database, chosen.page, graph, clock, _doer(database, chosen, graph))
            app = create_app(engine, *doors)
        else:
            engine, app = _server(database, chosen, graph, clock, given.role, doors)
        if given.role in (ALL, "webhook"):
            api = Api(database, chosen.page_id, engine.now, chosen.keep_idempotency_keys)
            app.router.routes.extend(api.routes())
        engine.start(address, given.reconcile)
        say(_SAYS[given.role].text, address=address)
        try:
            serve(app, listener)
        finally:
            engine.stop()
    return 0


def _server(
    database: Database,
    settings: Settings,
    graph: GraphClient,
    clock: Clock,
    role: str,
    doors: tuple[str, str, str, timedelta],
) -> "tuple[Server, Starlette]":
    """One process of several, which needs more packages than a desktop does."""
    try:
        from otn_studio.runtime.server.roles import Role
        from otn_studio.runtime.server.server import Server
        from otn_studio.runtime.server.web import create_server_app
    except ImportError as missing:
        raise Problem(
            "An engine on PostgreSQL needs more packages: pip install 'otn-studio[server]'"
        ) from missing
    doer = _doer(database, settings, graph)
    server = Server(database, settings.page, graph, clock, Role(role), doer)
    return server, create_server_app(server, *doors)


def _doer(database: Database, settings: Settings, graph: GraphClient) -> Hands:
    """Who does errands, with the secrets of flows, and the mail server as it is set by then."""
    secret_of = Vault(settings.page_id).value
    return Hands(settings.page_id, graph, secret_of, partial(mail_server, database, settings))


def _graph(settings: Settings, token: str) -> GraphClient:
    try:
        return GraphClient(settings.graph_url, token, settings.send_timeout)
    except (ValueError, requests.RequestException) as error:
        raise Problem("The Graph API can't be used: {problem}", problem=error) from error


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
