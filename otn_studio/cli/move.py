"""Move everything from the file of this computer into a database of PostgreSQL.

What arrived is compared with what left, row by row. From then on nothing is sent from the file.
"""

from argparse import ArgumentParser, Namespace
from contextlib import ExitStack, closing

from sqlalchemy.exc import ArgumentError

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.alone import alone
from otn_studio.cli.connect import add_database, open_database
from otn_studio.cli.progress import progress
from otn_studio.cli.settings import settings
from otn_studio.cli.words import say
from otn_studio.runtime.receiving import unpacking
from otn_studio.storage.database import Database, address
from otn_studio.storage.keeping import moving
from otn_studio.storage.keeping.moving import Moved


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        metavar="URL",
        required=True,
        help="an empty database, such as postgresql://USER@HOST/NAME (password: PGPASSWORD)",
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="also what was moved before; nothing is sent then until you say so in the studio",
    )
    add_database(parser)


def run(given: Namespace) -> int:
    _refuse_file(given.to)
    with ExitStack() as opened:
        chosen = settings(given.database)
        source = opened.enter_context(open_database(chosen))
        if source.file is None:
            raise Problem("Only a database in a file can be moved. PostgreSQL has its own pg_dump.")
        for page_id in moving.page_ids(source):
            opened.enter_context(alone(source.file, page_id))
        unpacking.take_out_all(source, chosen.page)
        target = opened.enter_context(closing(Database.open(given.to)))
        with progress() as on_step:
            moved = moving.move(source, target, given.again, on_step)
        _tell(moved, source, target)
    return 0


def _refuse_file(url: str) -> None:
    try:
        is_server = address(url).get_backend_name() == "postgresql"
    except ArgumentError:
        is_server = False
    if not is_server:
        raise Problem(
            "What follows --to has to be the address of a database of PostgreSQL, such as"
            " postgresql://USER@HOST/NAME"
        )


def _tell(moved: Moved, source: Database, target: Database) -> None:
    for table in moved.tables:
        say(
            Words(
                "{table}: {rows} row agrees",
                plural="{table}: {rows} rows agree",
                n=table.same,
                table=table.table,
                rows=f"{table.same:,}",
            )
        )
    if moved.mended:
        say(
            Words(
                "In {n} text a zero character was left out, which PostgreSQL can’t keep.",
                plural="In {n} texts a zero character was left out, which PostgreSQL can’t keep.",
                n=moved.mended,
            )
        )
    say(
        "Everything is in {target} now, and nothing is sent from {source} any more. Set"
        " OTN_STUDIO_DATABASE_URL to the new address, here and wherever an engine runs.",
        target=target.engine.url.set(drivername="postgresql").render_as_string(hide_password=True),
        source=source.file,
    )
