"""Send a message, once, to everyone who holds a permission for a topic."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.ask import agreed
from otn_studio.cli.connect import add_clock, add_page, open_clock, open_page
from otn_studio.cli.files import load_one
from otn_studio.cli.words import say
from otn_studio.flow.document import Flow
from otn_studio.runtime.broadcasting.announcing import announce_flow, announce_text, people
from otn_studio.runtime.broadcasting.broadcasts import refuse_unusable
from otn_studio.runtime.publishing import Published
from otn_studio.storage.database import Database
from otn_studio.storage.permissions import topics
from otn_studio.storage.permissions.topics import TopicRow


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("topic", metavar="TOPIC", help="a topic’s name")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", metavar="TEXT", help="the message")
    what.add_argument(
        "--flow", type=Path, metavar="FILE", help="a published flow, begun where it is announced"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_page(parser)
    add_clock(parser)


def run(given: Namespace) -> int:
    if given.text is not None:
        refuse_unusable(given.text)
    with open_page(given) as (database, chosen), open_clock(given.clock) as clock:
        now = clock.now()
        with database.reading() as connection:
            topic = topics.named(connection, chosen.page_id, given.topic, now)
        flow = given.flow and published(database, chosen.page_id, given.flow, topic)
        count = people(database, chosen.page_id, topic.id, now)
        if count == 0:
            say(nobody(topic))
            return 0
        say(reach(topic, count))
        if not given.yes and not agreed(Words("Send it now? It can’t be taken back.")):
            return 1
        sent = announce(database, chosen.page_id, topic, now, given.text, flow)
    say(Words("It goes to {n} person.", plural="It goes to {n} people.", n=sent))
    return 0


def announce(
    database: Database,
    page_id: str,
    topic: TopicRow,
    now: datetime,
    text: str | None,
    flow: Flow | None,
) -> int:
    """Announce by text, or by flow; answers to how many."""
    if flow is not None:
        return announce_flow(database, page_id, topic.id, flow.id, now)
    return announce_text(database, page_id, topic.id, text or "", now)


def reach(topic: TopicRow, count: int) -> Words:
    if topic.frequency is not None:
        return Words(
            "{n} person can get a message on “{topic}” now.",
            plural="{n} people can get a message on “{topic}” now.",
            n=count,
            topic=topic.name,
        )
    return Words(
        "{n} person holds a permission for “{topic}”, and it is used up by this.",
        plural="{n} people hold a permission for “{topic}”, and one of each is used up by this.",
        n=count,
        topic=topic.name,
    )


def nobody(topic: TopicRow) -> Words:
    """Why an announcement reaches nobody."""
    if topic.held and topic.frequency is not None:
        why = Words("those who hold one have had their message, or can’t be reached")
    elif topic.stopped:
        why = Words("the people who said yes have stopped it")
    elif topic.held:
        why = Words("the people who hold one can’t be reached any more")
    elif topic.used:
        why = Words(
            "{n} was given, and it has been used",
            plural="{n} were given, and all have been used or have expired",
            n=topic.used + topic.expired,
        )
    elif topic.expired:
        why = Words("those that were given have expired")
    else:
        why = Words("nobody has been asked yet, or nobody said yes")
    return Words(
        "Nobody holds a permission for “{topic}”: {why}. Nothing was sent.",
        topic=topic.name,
        why=why,
    )


def published(database: Database, page_id: str, path: Path, topic: TopicRow) -> Flow:
    """The live version of the flow in a file, which has to begin at an announcement of the topic."""
    flow = load_one(path)
    programs = Published(database, page_id)
    programs.refresh()
    live = next((p.flow for p in programs.all_live() if p.flow_id == flow.id), None)
    if live is None:
        raise Problem(
            "“{flow}” is not published. Publish it first: otn-studio publish {file}",
            flow=flow.name,
            file=path,
        )
    if not any(isinstance(b, Announced) and b.topic == topic.id for b in live.blocks.values()):
        raise Problem(
            "“{flow}” does not start with “You announce” for the topic “{topic}”.",
            flow=live.name,
            topic=topic.name,
        )
    return live
