"""Let a backup take the place of the database, also while the engine runs.

What was there is kept. Messages, permissions and people that came since are brought in from it, and
nothing is sent before you confirm.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import make_url

from otn_studio.blocks.words import Problem
from otn_studio.cli.backup import file_of
from otn_studio.cli.connect import add_page, open_page
from otn_studio.cli.progress import progress
from otn_studio.cli.settings import settings
from otn_studio.cli.words import say
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.keeping import restoring
from otn_studio.runtime.keeping.restoring import Restored
from otn_studio.runtime.publishing import wake_engine
from otn_studio.storage.keeping import files


def add_arguments(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the backup")
    what.add_argument(
        "--confirm", action="store_true", help="you have looked at what was restored: send again"
    )
    add_page(parser)


def run(given: Namespace) -> int:
    if given.confirm:
        return _confirm(given)
    chosen = settings(given.database)
    live = file_of(make_url(chosen.database_url))
    with _one_at_a_time(live), progress() as on_step:
        now = SystemClock().now()
        restored = restoring.restore(
            given.file, live, chosen.page, now, lambda: _alone(live), on_step
        )
    _tell(given.file, restored)
    return 0


def _confirm(given: Namespace) -> int:
    with open_page(given) as (database, chosen):
        restoring.confirm(database, chosen.page_id)
        wake_engine(database, chosen.page_id)
    say("Messages go again.")
    return 0


def _tell(file: Path, restored: Restored) -> None:
    say("The backup {file} is in place.", file=file)
    if restored.replaced is not None:
        say("What was there before is kept in {file}.", file=restored.replaced)
    if not restored.known:
        say("What happened since the backup could not be read, or not all of it.")
    if restored.unknown:
        say(
            "Messages that may have gone, and do not go again: {count}. They show as unknown.",
            count=restored.unknown,
        )
    say(
        "Messages that wait: {count}. Nothing is sent until you say: otn-studio restore --confirm",
        count=restored.waiting,
    )


@contextmanager
def _one_at_a_time(file: Path) -> Iterator[None]:
    try:
        with FileLock(files.beside(file, ".restore")).acquire(timeout=0):
            yield
    except Timeout as error:
        raise Problem("Another backup is being restored just now.") from error


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Keep every engine from the file, of whatever Page."""
    with ExitStack() as stack:
        for lock in file.parent.glob(f"{file.name}.*.engine"):
            try:
                stack.enter_context(FileLock(lock).acquire(timeout=0))
            except Timeout as error:
                raise Problem(
                    "The database {file} is damaged, and an engine runs with it. Stop the engine,"
                    " then restore.",
                    file=file,
                ) from error
        yield
