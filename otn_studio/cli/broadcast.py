"""Plan a broadcast, see how it goes, pause, resume and cancel it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.announce import published
from otn_studio.cli.ask import agreed
from otn_studio.cli.connect import add_clock, add_page, open_clock, open_page
from otn_studio.cli.settings import Settings
from otn_studio.cli.words import say, shown
from otn_studio.runtime.broadcasting import broadcast_words, broadcasts, reporting
from otn_studio.runtime.broadcasting.broadcasts import Draft
from otn_studio.storage.database import Database
from otn_studio.storage.people import segments
from otn_studio.storage.permissions import topics

_LONGEST_TEXT = 40


def add_arguments(parser: ArgumentParser) -> None:
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    for name, help in (
        ("list", "the broadcasts of the Page, the newest first"),
        ("new", "send a message or begin a flow, for everyone who holds a permission"),
        ("report", "what has become of a broadcast"),
        ("pause", "send no more of a broadcast until it is resumed"),
        ("resume", "go on with a broadcast that was paused"),
        ("cancel", "send no more of a broadcast, for good"),
    ):
        job = jobs.add_parser(name, help=help, description=help)
        if name == "new":
            _add_draft(job)
        elif name != "list":
            job.add_argument("number", type=int, metavar="NUMBER", help="as the list says it")
        add_page(job)
        add_clock(job)


def _add_draft(job: ArgumentParser) -> None:
    job.add_argument("topic", metavar="TOPIC", help="a topic’s name")
    what = job.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", metavar="TEXT", help="the message")
    what.add_argument(
        "--flow", type=Path, metavar="FILE", help="a published flow, begun where it is announced"
    )
    job.add_argument(
        "--at", metavar="TIME", help="in the Page’s time zone, such as “2027-01-31 09:00”"
    )
    job.add_argument("--segment", metavar="NAME", help="only for the people of a segment")
    job.add_argument(
        "--only-now",
        action="store_true",
        help="leave out whoever has to wait for their next day, week or month",
    )
    job.add_argument("--yes", action="store_true", help="do not ask")


def run(given: Namespace) -> int:
    with open_page(given) as (database, chosen), open_clock(given.clock) as clock:
        return JOBS[given.job](database, chosen, given, clock.now())


def _list(database: Database, chosen: Settings, given: Namespace, now: datetime) -> int:
    rows = broadcasts.listed(database, chosen.page_id)
    if not rows:
        say("There are no broadcasts yet. Send one: otn-studio broadcast new TOPIC --text TEXT")
        return 0
    with database.reading() as connection:
        names = topics.by_id(connection, chosen.page_id, {row.topic_id for row in rows})
    for row in rows:
        at = broadcast_words.shown(row.begins_at or row.made_at, chosen.rules.zone)
        what = " ".join((row.text or row.flow_id or "").split())[:_LONGEST_TEXT]
        state = shown(broadcast_words.STATES[row.state])
        print(f"{row.id:>5}  {at}  {state:10}  {names[row.topic_id].name}: {what}")
    return 0


def _new(database: Database, chosen: Settings, given: Namespace, now: datetime) -> int:
    page_id, zone = chosen.page_id, chosen.rules.zone
    with database.reading() as connection:
        topic = topics.named(connection, page_id, given.topic, now)
        known = {row.name: row.id for row in segments.all_segments(connection, page_id)}
    if given.segment is not None and given.segment not in known:
        raise Problem("There is no segment “{name}”.", name=given.segment)
    flow = given.flow and published(database, page_id, given.flow, topic)
    draft = Draft(
        topic.id,
        text=given.text,
        flow_id=flow and flow.id,
        at=_instant(given.at, zone) if given.at else None,
        segment=known.get(given.segment),
        waits=not given.only_now,
    )
    outlook = broadcasts.outlook(database, page_id, draft, now, chosen.rules)
    for words in broadcast_words.of_reach(outlook.reach, zone, planned=draft.at is not None):
        say(words)
    if outlook.warning is not None:
        say(outlook.warning)
    if not given.yes and not agreed(Words("Send it?")):
        return 1
    number = broadcasts.plan(database, page_id, draft, now)
    say(
        "It is broadcast {number}. See how it goes: otn-studio broadcast report {number}",
        number=number,
    )
    return 0


def _report(database: Database, chosen: Settings, given: Namespace, now: datetime) -> int:
    row = broadcasts.numbered(database, chosen.page_id, given.number)
    report = reporting.report(database, chosen.page_id, given.number, now)
    say(broadcast_words.STATES[row.state])
    say(Words("{n} person in all", plural="{n} people in all", n=report.people))
    for words, count in broadcast_words.of_report(report, chosen.rules.zone):
        print(f"{count:>9}  {shown(words)}")
    return 0


def _turned(
    verb: Callable[[Database, str, int, datetime], None], words: Words
) -> Callable[[Database, Settings, Namespace, datetime], int]:
    def turn(database: Database, chosen: Settings, given: Namespace, now: datetime) -> int:
        verb(database, chosen.page_id, given.number, now)
        say(words)
        return 0

    return turn


def _instant(written: str, zone: ZoneInfo) -> datetime:
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    except ValueError as error:
        raise Problem("“{text}” is not of the form 2027-01-31 09:00.", text=written) from error


JOBS = {
    "list": _list,
    "new": _new,
    "report": _report,
    "pause": _turned(broadcasts.pause, Words("It is paused. What is being sent just now ends.")),
    "resume": _turned(broadcasts.resume, Words("It goes on.")),
    "cancel": _turned(
        broadcasts.cancel, Words("It is canceled. What is being sent just now ends.")
    ),
}
