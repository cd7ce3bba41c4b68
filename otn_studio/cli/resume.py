"""Let a stopped Page send again: once its trouble is put right, or a restored backup was looked at."""

from argparse import ArgumentParser, Namespace

from otn_studio.blocks.words import Words
from otn_studio.cli.connect import add_database, open_database
from otn_studio.cli.settings import settings
from otn_studio.cli.words import say
from otn_studio.runtime import stops
from otn_studio.runtime.publishing import wake_engine
from otn_studio.storage import pages


def add_arguments(parser: ArgumentParser) -> None:
    add_database(parser)


def run(given: Namespace) -> int:
    chosen = settings(given.database)
    with open_database(chosen) as database:
        with database.writing() as connection:
            stop = pages.stop(connection, chosen.page_id)
            stops.resume(connection, chosen.page_id)
        wake_engine(database, chosen.page_id)
    if stop is None:
        say(Words("The Page was not stopped."))
    else:
        say(Words("The Page sends again. Where Messenger still refuses, it stops again."))
    return 0
