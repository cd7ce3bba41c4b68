"""Make a backup of the database in a file, also while the engine runs.

The engine makes one a day by itself, beside the database, and keeps seven.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqlalchemy import URL, make_url

from otn_studio.blocks.words import Problem
from otn_studio.cli.connect import add_database, open_database
from otn_studio.cli.progress import progress
from otn_studio.cli.settings import settings
from otn_studio.cli.words import say
from otn_studio.storage.keeping import backups, files


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup, a file yet to be")
    add_database(parser)


def run(given: Namespace) -> int:
    chosen = settings(given.database)
    source = file_of(make_url(chosen.database_url))
    with open_database(chosen):
        if given.file.exists():
            raise Problem("{file} is there already. Choose another name.", file=given.file)
        with progress() as on_step:
            backups.copy(source, given.file, on_step)
    say("The backup is in {file}.", file=given.file)
    return 0


def file_of(url: URL) -> Path:
    """The database's file.

    Raises:
        Problem: it is a server's.
    """
    file = files.file_of(url)
    if file is None:
        raise Problem("A database of PostgreSQL is backed up and restored by its own pg_dump.")
    return file
