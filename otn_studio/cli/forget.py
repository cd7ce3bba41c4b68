"""Delete a person for good, with all that is known of them."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqlalchemy import make_url

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.ask import agreed
from otn_studio.cli.connect import add_page, open_page
from otn_studio.cli.words import say
from otn_studio.storage.keeping import backups, files
from otn_studio.storage.people import erasing


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("person", metavar="PERSON", help="Messenger’s id of the person")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_page(parser)


def run(given: Namespace) -> int:
    question = Words(
        "Everything about {person}, permissions included, is deleted and can’t be brought back."
        " Go on?",
        person=given.person,
    )
    if not given.yes and not agreed(question):
        return 1
    with open_page(given) as (database, chosen):
        with database.writing() as connection:
            found = erasing.forget(connection, chosen.page_id, given.person)
        if not found:
            raise Problem("The Page knows nobody with the id {person}.", person=given.person)
        erasing.empty_journal(database)
    say("{person} is forgotten.", person=given.person)
    _tell_of_copies(files.file_of(make_url(chosen.database_url)))
    return 0


def _tell_of_copies(file: Path | None) -> None:
    """Backups were made when the person was still known."""
    if file is None:
        return
    if backups.daily(file):
        say("The daily backups still know them; they are gone in {n} days.", n=backups.KEPT)
    for copy in backups.lasting(file):
        say("{file} may know them, too. Delete it when you no longer need it.", file=copy)
