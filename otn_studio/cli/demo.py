"""Play the main job from start to end: ask, get a yes, and use it once, three days later.

Every step goes over real HTTP, through an engine and an emulator that are processes of their own,
and through a real database.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from otn_studio import shipped
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.announce import announce, nobody, reach
from otn_studio.cli.files import load_one
from otn_studio.cli.settings import settings
from otn_studio.cli.stage import Stage
from otn_studio.cli.words import say, shown
from otn_studio.emulator.client import PersonClient
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy import window
from otn_studio.runtime.broadcasting.announcing import people
from otn_studio.runtime.publishing import NotPublished, publish
from otn_studio.storage.permissions import topics
from otn_studio.storage.permissions.topics import TopicRow

SAMPLE = "flows/back-in-stock.json"
PAGE = "Kicks & Co"
PERSON = "Ann"
ANSWERS_AT_MOST = 20
DAYS = 3
TEXT = Words("It is back! You asked us to tell you.")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--flow",
        type=Path,
        metavar="FILE",
        default=shipped.path(SAMPLE),
        help="a flow that starts with a keyword and asks for a permission (default: the sample)",
    )


def run(given: Namespace) -> int:
    flow = load_one(given.flow)
    zone = ZoneInfo(settings().time_zone)
    with TemporaryDirectory(prefix="otn-studio-") as folder, Stage(Path(folder), PAGE) as stage:
        stage.start_engine()
        stage.subscribe()
        return _Story(stage, flow, zone, given.flow.resolve().parent).play()


class _Story:
    """The demo, told while it happens."""

    def __init__(self, stage: Stage, flow: Flow, zone: ZoneInfo, folder: Path) -> None:
        self._stage = stage
        self._flow = flow
        self._zone = zone
        self._folder = folder
        self._person: PersonClient = stage.emulator.add_person(PERSON)
        self._told = 0
        self._day = ""

    def play(self) -> int:
        self._publish()
        self._answer_until_asked()
        topic = self._kept()
        self._pass_time()
        first = self._announce(topic)
        second = self._announce(topic)
        return self._conclude(first, second)

    def _publish(self) -> None:
        stage = self._stage
        try:
            (entry,) = publish(
                stage.database,
                stage.page_id,
                Project.of(self._flow),
                stage.now(),
                {self._flow.id: self._folder},
            )
        except NotPublished as problem:
            raise Problem(
                "“{flow}” has errors, so it can’t be published. See: otn-studio check",
                flow=self._flow.name,
            ) from problem
        say(
            "{page} publishes “{flow}” as version {n}.", page=PAGE, flow=entry.name, n=entry.version
        )

    def _answer_until_asked(self) -> None:
        """Ann writes the keyword, taps the first answer she is offered, and says yes."""
        self._person.write(self._keyword())
        for _ in range(ANSWERS_AT_MOST):
            entry = self._newest()
            if entry["kind"] == "opt_in_card":
                self._person.notify_me()
                self._tell()
                return
            if not (offered := _offered(entry)):
                break
            self._person.tap(offered)
        raise Problem(
            "“{flow}” did not ask {person} for a permission.", flow=self._flow.name, person=PERSON
        )

    def _keyword(self) -> str:
        for block in self._flow.blocks.values():
            if isinstance(block, Keyword) and block.claims():
                return block.keywords[0]
        raise Problem("“{flow}” has no keyword to start it with.", flow=self._flow.name)

    def _newest(self) -> dict:
        """The Page's newest message, once everything has come to rest."""
        self._tell()
        entries = self._person.phone()
        if entries[-1]["from"] != "page":
            raise Problem("“{flow}” does not answer {person}.", flow=self._flow.name, person=PERSON)
        return entries[-1]

    def _kept(self) -> TopicRow:
        stage = self._stage
        with stage.database.reading() as connection:
            rows = topics.all_topics(connection, stage.page_id, stage.now())
        topic = next((row for row in rows if row.held), None)
        if topic is None:
            raise Problem(
                "The engine has no permission, although {person} said yes.", person=PERSON
            )
        self._aside("the engine keeps 1 permission for “{topic}”", topic=topic.name)
        return topic

    def _pass_time(self) -> None:
        self._stage.pass_time(f"{DAYS} days")
        self._tell()
        last = max(
            datetime.fromisoformat(entry["at"])
            for entry in self._person.phone()
            if entry["from"] == "person"
        )
        over = self._stage.now() - window.ends_at(last)
        self._aside(
            "{days} days pass; {person}’s 24 hours have been over for {hours} hours",
            days=DAYS,
            person=PERSON,
            hours=round(over.total_seconds() / 3600),
        )

    def _announce(self, topic: TopicRow) -> int:
        """Announce the topic; answers how many people it went to."""
        stage, now = self._stage, self._stage.now()
        self._date(now)
        say(
            "{time}  {page} announces “{topic}”.", time=self._time(now), page=PAGE, topic=topic.name
        )
        with stage.database.reading() as connection:
            topic = topics.named(connection, stage.page_id, topic.id, now)
        count = people(stage.database, stage.page_id, topic.id, now)
        self._aside(reach(topic, count) if count else nobody(topic))
        if count:
            flow = self._flow if self._begins_by_announcement(topic) else None
            announce(stage.database, stage.page_id, topic, now, shown(TEXT), flow)
            self._tell()
        return count

    def _begins_by_announcement(self, topic: TopicRow) -> bool:
        return any(
            isinstance(block, Announced) and block.topic == topic.id
            for block in self._flow.blocks.values()
        )

    def _conclude(self, first: int, second: int) -> int:
        spent = [send for send in self._stage.emulator.ledger()["sends"] if send["token"]]
        print()
        if (first, second, len(spent)) != (1, 0, 1):
            say("This is not as it should be: {n} messages were sent by permission.", n=len(spent))
            return 1
        say("One yes, one message. The permission is used, and nothing more can be sent with it.")
        return 0

    def _tell(self) -> None:
        """Everything on Ann's phone that was not told yet."""
        self._stage.settle()
        entries = self._person.phone()
        for entry in entries[self._told :]:
            at = datetime.fromisoformat(entry["at"])
            self._date(at)
            who = PERSON if entry["from"] == "person" else PAGE
            for index, line in enumerate(_lines(entry)):
                head = f"{self._time(at)}  {who + ':':<12}" if index == 0 else " " * 19
                print(f"{head}{line}", flush=True)
        self._told = len(entries)

    def _aside(self, text: str | Words, /, **values: object) -> None:
        words = text if isinstance(text, Words) else Words(text, **values)
        print(f"       ({shown(words)})", flush=True)

    def _date(self, at: datetime) -> None:
        day = f"{at.astimezone(self._zone):%A %d %B %Y}"
        if day != self._day:
            self._day = day
            print(f"\n{day}", flush=True)

    def _time(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M}"


def _offered(entry: dict) -> str | None:
    """The first answer that the message offers to tap."""
    buttons = [button["title"] for button in entry.get("buttons", ()) if "payload" in button]
    return next(iter([*entry.get("quick_replies", ()), *buttons]), None)


def _lines(entry: dict) -> Iterator[str]:
    """What is on the phone, in plain characters."""
    match entry["kind"]:
        case "tap":
            yield shown(Words("taps “{title}”", title=entry["title"]))
        case "opt_in_card":
            yield f"┌ {entry['title']}"
            yield f"└ [ {entry['button']} ]"
        case "picture":
            yield shown(Words("sends a picture: {url}", url=entry["url"]))
        case _:
            yield from entry.get("text", entry["kind"]).splitlines() or [""]
    offered = [*entry.get("quick_replies", ()), *(b["title"] for b in entry.get("buttons", ()))]
    if offered:
        yield "  ".join(f"[ {title} ]" for title in offered)
    if entry["by_permission"]:
        yield shown(Words("(by the permission that was given)"))
