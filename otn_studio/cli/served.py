"""The Pages that an engine's process serves, each with its engine, its door and its keys."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import requests
from starlette.applications import Starlette
from starlette.routing import Route

from otn_studio.blocks.words import Problem
from otn_studio.cli.alone import alone
from otn_studio.cli.services.mail import mail_server
from otn_studio.cli.settings import Settings
from otn_studio.cli.vault import Vault
from otn_studio.messenger.access import TokenInfo, token_info
from otn_studio.messenger.graph import GraphClient
from otn_studio.messenger.webhook import Door
from otn_studio.runtime.api.routes import Api
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.errands.hands import Hands
from otn_studio.runtime.loop import Loop
from otn_studio.runtime.receiving.web import create_pages_app
from otn_studio.runtime.sending.access import AccessWatch
from otn_studio.runtime.several import SeveralApis, SeveralEngines
from otn_studio.storage.database import Database

_NONE: Final = "none"
"""What stands for a secret that nothing is done with."""


@dataclass(frozen=True, slots=True)
class Served:
    """A Page with what opens its door, and who sends for it."""

    settings: Settings
    door: Door
    graph: GraphClient

    def doer(self, database: Database) -> Hands:
        """Who does errands, with the secrets of flows, and the mail server as it is set by then."""
        chosen = self.settings
        secret_of = Vault(chosen.page_id).value
        mail = partial(mail_server, database, chosen)
        return Hands(chosen.page_id, self.graph, secret_of, mail)


def opened(
    settings: Settings,
    database: Database,
    needs: Collection[str],
    clock: Clock,
    until: ExitStack,
) -> Served:
    """A Page that nobody else serves, until the stack ends. It is not asked for secrets that nobody
    ``needs``.

    Raises:
        Problem: an engine serves it already, or a setting is missing.
    """
    names = ("page_token", "app_secret", "verify_token")
    token, app_secret, verify_token = (
        settings.secret(name) if name in needs else _NONE for name in names
    )
    until.enter_context(alone(database.file, settings.page_id))
    graph = until.enter_context(closing(_graph(settings, token)))
    if "page_token" in needs:
        source = _Asking(graph, token)
        until.enter_context(_watching(database, settings.page_id, source, clock))
    return Served(settings, Door(settings.page_id, verify_token, app_secret), graph)


def engines(
    database: Database, pages: Sequence[Served], clock: Clock
) -> tuple[SeveralEngines, Starlette]:
    """Those of one computer, and the application that is their door."""
    made = {
        one.settings.page_id: Engine(
            database, one.settings.page, one.graph, clock, one.doer(database)
        )
        for one in pages
    }
    several = SeveralEngines(made, clock)
    return several, create_pages_app(made, [one.door for one in pages], several)


def api_routes(
    database: Database, pages: Sequence[Served], now: Callable[[], datetime]
) -> list[Route]:
    apis = {
        one.settings.page_id: Api(
            database, one.settings.page_id, now, one.settings.keep_idempotency_keys
        )
        for one in pages
    }
    return SeveralApis(database, apis).routes()


class _Asking:
    """Asks Messenger what a token is worth."""

    def __init__(self, graph: GraphClient, token: str) -> None:
        self._graph = graph
        self._token = token

    def token_info(self) -> TokenInfo:
        return token_info(self._graph, self._token)


@contextmanager
def _watching(database: Database, page_id: str, source: _Asking, clock: Clock) -> Iterator[None]:
    """How long the Page's token lasts, beside the engine."""
    loop = Loop("access", clock, AccessWatch(database, page_id, source, clock))
    loop.start()
    try:
        yield
    finally:
        loop.stop()


def _graph(settings: Settings, token: str) -> GraphClient:
    try:
        return GraphClient(settings.graph_url, token, settings.send_timeout)
    except (ValueError, requests.RequestException) as error:
        raise Problem("The Graph API can’t be used: {problem}", problem=error) from error
