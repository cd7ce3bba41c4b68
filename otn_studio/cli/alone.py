"""One engine for a Page and file: whoever else wants to be it is told so."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from otn_studio.blocks.words import Problem


@contextmanager
def alone(file: Path | None, page_id: str) -> Iterator[None]:
    """Keep every other engine from the same Page and file; the system frees it even after a crash.

    Raises:
        Problem: one runs already.
    """
    if file is None:
        yield
        return
    lock = FileLock(Path(f"{file}.{page_id}.engine"))
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as error:
        raise Problem(
            "An engine runs with the database {database} already.", database=file
        ) from error
