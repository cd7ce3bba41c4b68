"""List, add, rename and delete topics."""

from argparse import ArgumentParser, Namespace
from datetime import datetime

from otn_studio.blocks.words import Words
from otn_studio.cli.ask import agreed
from otn_studio.cli.connect import add_page, open_page
from otn_studio.cli.words import say, shown
from otn_studio.flow.document import new_id
from otn_studio.policy.calendar import Frequency
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.publishing import Published
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.permissions import topics
from otn_studio.storage.permissions.topics import TopicRow

HEADS = (Words("Topic"), Words("Frequency"), Words("Held"), Words("Used"), Words("Expired"))
FREQUENCIES = {
    None: Words("One-time"),
    Frequency.DAILY: Words("Daily"),
    Frequency.WEEKLY: Words("Weekly"),
    Frequency.MONTHLY: Words("Monthly"),
}


def add_arguments(parser: ArgumentParser) -> None:
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    for name, help, names in (
        ("list", "every topic with its permissions", ()),
        ("add", "make a topic", ("name",)),
        ("rename", "give a topic another name; its permissions stay", ("topic", "name")),
        ("delete", "take a topic away, after saying what it costs", ("topic",)),
        ("restore", "bring a deleted topic back, with its permissions", ("topic",)),
    ):
        job = jobs.add_parser(name, help=help, description=help)
        for argument in names:
            job.add_argument(argument, metavar=argument.upper())
        if name == "delete":
            job.add_argument("--yes", action="store_true", help="do not ask")
        if name == "add":
            _add_frequency(job)
        add_page(job)


def _add_frequency(job: ArgumentParser) -> None:
    job.add_argument(
        "--frequency",
        choices=[str(frequency) for frequency in Frequency],
        help="how often a yes lets you write (default: once, and no more)",
    )
    job.add_argument(
        "--no-re-opt-in",
        dest="asks_again",
        action="store_false",
        help="Messenger does not ask the person again before their yes ends",
    )


def run(given: Namespace) -> int:
    now = SystemClock().now()
    with open_page(given) as (database, chosen):
        with database.writing() as connection:
            pages.ensure(connection, chosen.page_id)
        return JOBS[given.job](database, chosen.page_id, given, now)


def _list(database: Database, page: str, given: Namespace, now: datetime) -> int:
    with database.reading() as connection:
        rows = topics.all_topics(connection, page, now)
    if not rows:
        say("There are no topics yet. Make one: otn-studio topics add NAME")
        return 0
    table = [[shown(head) for head in HEADS], *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for name, frequency, *counts in table:
        numbers = "".join(f"  {count:>8}" for count in counts)
        print(f"{name:{widths[0]}}  {frequency:{widths[1]}}{numbers}")
    return 0


def _cells(row: TopicRow) -> list[str]:
    counts = (row.held, row.used, row.expired)
    return [row.name, shown(FREQUENCIES[row.frequency]), *map(str, counts)]


def _add(database: Database, page: str, given: Namespace, now: datetime) -> int:
    often = given.frequency and Frequency(given.frequency)
    with database.writing() as connection:
        id = new_id(given.name)
        topics.add(connection, page, id, given.name, now, often, given.asks_again)
    say("The topic “{name}” is there.", name=given.name)
    return 0


def _rename(database: Database, page: str, given: Namespace, now: datetime) -> int:
    with database.writing() as connection:
        row = topics.named(connection, page, given.topic, now)
        topics.rename(connection, page, row.id, given.name)
    say("“{old}” is called “{new}” now.", old=row.name, new=given.name)
    return 0


def _delete(database: Database, page: str, given: Namespace, now: datetime) -> int:
    with database.reading() as connection:
        row = topics.named(connection, page, given.topic, now)
    say(_cost(row, _flows_that_use(database, page, row.id)))
    if not given.yes and not agreed(Words("Delete the topic?")):
        return 1
    with database.writing() as connection:
        topics.delete(connection, page, row.id, now)
    say("“{name}” is deleted. To undo: otn-studio topics restore {id}", name=row.name, id=row.id)
    return 0


def _restore(database: Database, page: str, given: Namespace, now: datetime) -> int:
    with database.writing() as connection:
        name = topics.restore(connection, page, given.topic)
    say("“{name}” is back, with its permissions.", name=name)
    return 0


def _flows_that_use(database: Database, page: str, topic_id: str) -> list[str]:
    programs = Published(database, page)
    programs.refresh()
    return [program.flow.name for program in programs.all_live() if topic_id in program.flow.topics]


def _cost(row: TopicRow, flows: list[str]) -> Words:
    return Words(
        "“{name}”: {people} that can still be used; used by {flows}.",
        name=row.name,
        people=Words("{n} permission", plural="{n} permissions", n=row.held),
        flows=", ".join(f"“{flow}”" for flow in flows) or Words("no published flow"),
    )


JOBS = {"list": _list, "add": _add, "rename": _rename, "delete": _delete, "restore": _restore}
