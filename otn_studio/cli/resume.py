"""Let a stopped Page send again: once its trouble is put right, or a restored backup was looked at."""

from argparse import ArgumentParser, Namespace
from collections.abc import Collection

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.connect import add_page, open_page
from otn_studio.cli.words import say
from otn_studio.runtime.publishing import wake_engine
from otn_studio.runtime.sending import stops
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.pages import MOVED, Stop


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--anyway",
        action="store_true",
        help="also where everything was moved: you are sure that nothing is sent from there",
    )
    add_page(parser)


def run(given: Namespace) -> int:
    with open_page(given) as (database, chosen):
        kinds = stops.GRAVITY if given.anyway else set(stops.GRAVITY) - {MOVED}
        stop = go_on(database, chosen.page_id, kinds)
    if stop is not None and stop.kind not in kinds:
        raise Problem(
            "Everything was moved to PostgreSQL, and if the Page is served from there, people would be"
            " answered twice. If it is not: otn-studio resume --anyway"
        )
    if stop is None:
        say(Words("The Page was not stopped."))
    else:
        say(Words("The Page sends again. Where Messenger still refuses, it stops again."))
    return 0


def go_on(database: Database, page_id: str, kinds: Collection[str]) -> Stop | None:
    """Let the Page send again where it is stopped for one of these; answers why it was stopped."""
    with database.writing() as connection:
        stop = pages.stop(connection, page_id)
        if stop is not None and stop.kind in kinds:
            stops.resume(connection, page_id)
    wake_engine(database, page_id)
    return stop
