"""The Pages that are connected, and whether each connection still holds: list, check.

A Page is connected in the studio, on its Engine page.
"""

from argparse import ArgumentParser, Namespace

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli import chosen_page
from otn_studio.cli.connect import add_page, open_database
from otn_studio.cli.services.connecting.pages import PageConnections
from otn_studio.cli.services.connecting.serving import ConnectedEngine
from otn_studio.cli.settings import Settings, settings
from otn_studio.cli.words import complain, say
from otn_studio.runtime.clock import SystemClock
from otn_studio.storage.database import Database
from otn_studio.studio.connecting.store import PRACTICE, NotPassed, PageRow, Step

_CHECKED = (Step.PERMISSIONS, Step.ADDRESS, Step.VERIFICATION, Step.SUBSCRIPTION)
"""The steps that can be tested again without anybody at hand."""
_WELL = {
    Step.PERMISSIONS: Words("Its access key is good, and lets the app do all that it has to."),
    Step.ADDRESS: Words("Its address leads to the engine."),
    Step.VERIFICATION: Words("The app’s settings hold that address."),
    Step.SUBSCRIPTION: Words("The Page tells the app of everything."),
}


def add_arguments(parser: ArgumentParser) -> None:
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    for name, help in (
        ("list", "every Page, and how it stands"),
        ("check", "test the steps of connecting a Page once more"),
    ):
        add_page(jobs.add_parser(name, help=help, description=help))


def run(given: Namespace) -> int:
    said = settings(given.database)
    with open_database(said) as database:
        chosen = chosen_page.meant(database, said, given.page)
        pages = _pages(database, said, chosen.page_id)
        return _list(pages) if given.job == "list" else _check(pages, chosen.page_id)


def _pages(database: Database, said: Settings, chosen: str) -> PageConnections:
    engine = _AsItIs(database, said)
    return PageConnections(database, said, SystemClock(), engine, chosen, chosen_page.choose)


class _AsItIs(ConnectedEngine):
    """Nothing is started for being checked."""

    def serve(self, page_id: str) -> None:
        """Whoever serves it does, or nobody."""


def _list(pages: PageConnections) -> int:
    rows = [row for row in pages.all() if row.id != PRACTICE]
    for row in rows:
        say("{page} ({number}): {state}", page=row.name, number=row.id, state=_state(row))
    if not rows:
        say("No Page is connected. Connect one in the studio, on its Engine page.")
    return 0


def _state(row: PageRow) -> Words:
    if row.stopped:
        return Words("Messenger takes no messages")
    if row.next_step is not None:
        return Words("half connected")
    if row.ends_soon and row.ends_at is not None:
        return Words("its access key ends on {day}", day=row.ends_at.date().isoformat())
    return Words("connected")


def _check(pages: PageConnections, page_id: str) -> int:
    row = next((row for row in pages.all() if row.id == page_id), None)
    if row is None or page_id == PRACTICE:
        raise Problem("No Page is connected. Connect one in the studio, on its Engine page.")
    wrong = 0
    for step in _CHECKED:
        try:
            pages.test(step, page_id, {"address": row.address, "how": "check"})
        except NotPassed as problem:
            complain(problem.words)
            wrong = 1
        else:
            say(_WELL[step])
    return wrong
