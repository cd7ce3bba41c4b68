"""The engine's web application with less behind it, to tell what the rest costs.

``nothing``: the signature of what comes is checked, then it is forgotten. ``stores``: it is kept as the
engine keeps it before it answers, but nobody reads it then.
"""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette

from otn_studio.messenger.graph import Answer, CallFailed, NotReached
from otn_studio.messenger.webhook import Door, webhook_routes
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.loop import FAR_AWAY
from otn_studio.runtime.page import Page
from otn_studio.runtime.receiving.serving import listen, serve
from otn_studio.runtime.receiving.web import create_app
from otn_studio.storage.database import Database
from tests.benchmarks.processes import PAGE, SECRET, database_url


class Storing(Engine):
    """An engine that never reads what came."""

    def turn(self) -> datetime:
        self._write_down()
        return FAR_AWAY


class Nobody:
    """No Messenger at all."""

    def subscribe(self, page_id: str, fields: Sequence[str]) -> None:
        raise CallFailed("there is nobody")

    def send(self, page_id: str, body: dict) -> Answer:
        return NotReached("there is nobody")

    def person(self, person_id: str) -> dict:
        raise CallFailed("there is nobody")


async def _forget(opened: frozenset[str], body: bytes) -> None:
    pass


def _main(how: str, folder: str) -> None:
    with listen("127.0.0.1", 0) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        if how == "nothing":
            doors = [Door(PAGE, "verify-token", SECRET)]
            routes = webhook_routes(doors, _forget)
            serve(Starlette(routes=routes), listener)
            return
        database = Database.open(database_url(Path(folder)))
        storing = Storing(database, Page(PAGE), Nobody(), SystemClock())
        storing.start()
        serve(create_app(storing, PAGE, "verify-token", SECRET), listener)
        storing.stop()
        database.close()


if __name__ == "__main__":
    _main(*sys.argv[1:])
