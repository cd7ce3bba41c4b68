"""Run published flows: take webhooks, keep permissions, send messages.

It is a process of its own, and goes on when the studio closes.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from filelock import FileLock, Timeout
from sqlalchemy import make_url

from otn_studio.blocks.words import Problem
from otn_studio.cli.connect import (
    add_clock,
    add_database,
    host_and_port,
    open_clock,
    open_database,
)
from otn_studio.cli.settings import Settings, settings
from otn_studio.cli.words import say
from otn_studio.messenger.graph import GraphClient
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.serving import listen, serve
from otn_studio.runtime.web import create_app

DEFAULT_ADDRESS = "127.0.0.1:8040"


def add_arguments(parser: ArgumentParser) -> None:
    add_database(parser)
    parser.add_argument(
        "--listen",
        metavar="HOST:PORT",
        default=DEFAULT_ADDRESS,
        help=f"where webhooks arrive (default {DEFAULT_ADDRESS})",
    )
    parser.add_argument(
        "--reconcile",
        action="store_true",
        help="compare permissions with Messenger's own list at once, not after an hour of silence",
    )
    add_clock(parser)


def run(given: Namespace) -> int:
    chosen = settings(given.database)
    host, port = host_and_port(given.listen)
    token, app_secret, verify_token = (
        chosen.secret(name) for name in ("page_token", "app_secret", "verify_token")
    )
    with (
        open_database(chosen) as database,
        _alone(chosen),
        open_clock(given.clock) as clock,
        listen(host, port) as listener,
    ):
        address = f"http://{host}:{listener.getsockname()[1]}"
        graph = _graph(chosen, token)
        engine = Engine(database, chosen.page, graph, clock)
        engine.start(address, given.reconcile)
        say("The engine runs. Webhooks arrive at {address}/webhook", address=address)
        try:
            serve(create_app(engine, chosen.page_id, verify_token, app_secret), listener)
        finally:
            engine.stop()
            graph.close()
    return 0


def _graph(settings: Settings, token: str) -> GraphClient:
    try:
        return GraphClient(settings.graph_url, token, settings.send_timeout)
    except (ValueError, requests.RequestException) as error:
        raise Problem("The Graph API can't be used: {problem}", problem=error) from error


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Keep a second engine from the same Page and file; the system frees it even after a crash."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    lock = FileLock(Path(f"{url.database}.{settings.page_id}.engine"))
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as error:
        raise Problem(
            "An engine runs with the database {database} already.", database=url.database
        ) from error
