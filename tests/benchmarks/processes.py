"""The processes of a benchmark. Each tells its address in its first line and ends with its ``with``."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from otn_studio.cli.settings import PREFIX
from tests.postgres import Server

PAGE = "1"
SECRET = "app-secret"
PATIENCE = 60.0


@dataclass(frozen=True)
class Running:
    """A process that serves at an address."""

    process: subprocess.Popen[str]
    url: str

    @property
    def id(self) -> int:
        return self.process.pid


def database_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'otn-studio.db'}"


def fresh_database(kind: str, folder: Path, stack: ExitStack) -> str:
    """The URL of an empty one, in the folder or on a server that lasts as long as the stack."""
    if kind == "sqlite":
        return database_url(folder)
    server = Server()
    stack.callback(server.close)
    return server.fresh_database()


def settings(folder: Path, graph_url: str) -> dict[str, str]:
    """What an engine process needs to know, as its environment."""
    values = {
        "DATABASE_URL": database_url(folder),
        "GRAPH_URL": graph_url,
        "PAGE_ID": PAGE,
        "PAGE_TOKEN": "page-token",
        "APP_SECRET": SECRET,
        "VERIFY_TOKEN": "verify-token",
    }
    return {PREFIX + name: value for name, value in values.items()}


@contextmanager
def engine(folder: Path, graph_url: str, url: str = "", *arguments: str) -> Iterator[Running]:
    """The engine, as a Page's owner runs it, with its database in ``folder``, or at ``url``."""
    command = ("-m", "otn_studio", "engine", "--listen", "127.0.0.1:0", *arguments)
    environment = settings(folder, graph_url)
    if url:
        environment[PREFIX + "DATABASE_URL"] = url
    with running(*command, environment=environment) as process:
        yield process


@contextmanager
def running(*arguments: str, environment: dict[str, str] | None = None) -> Iterator[Running]:
    """Python with these arguments, until the ``with`` ends."""
    process = start(*arguments, environment=environment)
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        address = re.search(r"http://[\d.]+:\d+", first)
        if address is None:
            raise RuntimeError(f"{arguments[0]} did not start: {first}")
        yield Running(process, address[0])
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def start(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=os.environ | (environment or {}),
        stdout=subprocess.PIPE,
        text=True,
    )
