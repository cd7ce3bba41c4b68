"""Opening what the commands work with."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from otn_studio.blocks.words import Problem
from otn_studio.cli.settings import Settings, settings
from otn_studio.runtime.clock import Clock, FollowedClock, SystemClock
from otn_studio.storage.database import Database


def add_database(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--database", metavar="URL", help="the engine’s database (default: this computer’s own)"
    )


def add_page(parser: ArgumentParser) -> None:
    """The database, and which of its Pages."""
    add_database(parser)
    parser.add_argument(
        "--page",
        metavar="PAGE",
        help="for which Page, by its name or number (default: the one that the studio works for)",
    )


def add_clock(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--clock", metavar="URL", help="follow an emulator’s clock on this computer"
    )


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The database of the settings, brought up to date.

    Raises:
        DatabaseProblem: it can't be used.
    """
    database = Database.open(settings.database_url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def open_page(given: Namespace) -> Iterator[tuple[Database, Settings]]:
    """The database, and the settings as they apply to the Page that is meant.

    Raises:
        Problem: the database can't be used, or there is no such Page.
    """
    from otn_studio.cli import chosen_page  # the keyring takes a moment

    said = settings(given.database)
    with open_database(said) as database:
        yield database, chosen_page.meant(database, said, given.page)


@contextmanager
def open_clock(url: str | None) -> Iterator[Clock]:
    """The system's clock, or the one to follow.

    Raises:
        ClockProblem: it does not answer, or is not on this computer.
    """
    if url is None:
        yield SystemClock()
        return
    clock = FollowedClock(url)
    try:
        yield clock
    finally:
        clock.close()


def host_and_port(text: str) -> tuple[str, int]:
    """``127.0.0.1:8040`` apart.

    Raises:
        Problem: it is not of that form.
    """
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise Problem("“{text}” is not of the form HOST:PORT, such as 127.0.0.1:8040.", text=text)
    return host.strip("[]"), int(port)
