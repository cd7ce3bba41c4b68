"""What happened on a Page, and what anybody would count of it by hand."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from otn_studio.interpreter.reply import Reply
from otn_studio.runtime.keeping import insights as counting
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.insights import of_messages, progress
from otn_studio.storage.insights.of_messages import IN_CONVERSATION, Chosen
from otn_studio.storage.insights.progress import Figures
from otn_studio.storage.tables import contact, event, lane, permission, send

BEGIN = datetime(2026, 10, 24, 20, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")  # its clocks are set back that night
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)
MANY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.generate],
)
TOPICS, FLOWS, BLOCKS = ("news", "sales"), ("shop", "help"), ("hello", "bye")
numbers = count(1)


@dataclass
class Sent:
    """A message of the history."""

    id: int
    who: int
    at: datetime
    topic: str
    flow: str
    block: str
    asks: str | None


def is_later(message, at, stored_at):
    """Whether something came after a message, though clocks differ by a few seconds."""
    return message.at - 5 * SECOND <= at and message.at < stored_at


@dataclass
class World:
    """A Page of its own, with what happened there."""

    database: Database
    page: str = field(default_factory=lambda: f"page {next(numbers)}")
    now: datetime = BEGIN
    people: list[int] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    told: list[tuple[int, str, datetime, datetime, object]] = field(default_factory=list)
    gone: Counter = field(default_factory=Counter)
    late: list[Sent] = field(default_factory=list)

    def __post_init__(self):
        with self.database.writing() as connection:
            pages.ensure(connection, self.page)
            pages.set_rules(connection, self.page, {"zone": ZONE.key})
            for name in ("Ann", "Bob"):
                row = {"page_id": self.page, "person_id": name, "fields": {}, "tags": []}
                made = insert(contact).values(**row, first_seen_at=BEGIN)
                id = connection.execute(made).inserted_primary_key[0]
                empty = {"contact_id": id, "page_id": self.page, "conversation": "{}"}
                connection.execute(insert(lane).values(**empty))
                self.people.append(id)

    def send(self, who, topic, flow, block, asks, state, is_sign):
        message = {"text": "Hi"}
        if asks:
            payload = str(Reply(flow, 1, block, "yes", asks))
            request = {"template_type": "one_time_notif_req", "payload": payload}
            message = {"attachment": {"type": "template", "payload": request}}
        if is_sign:
            message = {"sender_action": "typing_on"}
        row = {"page_id": self.page, "contact_id": self.people[who], "message": message}
        row |= {"created_at": self.now, "claimed_at": self.now, "last": True, "state": state}
        row |= {"flow_id": flow, "block": block, "settled_at": self.now}
        with self.database.writing() as connection:
            if topic:
                row["permission_id"] = self._permission(connection, who, topic)
            id = connection.execute(insert(send).values(**row)).inserted_primary_key[0]
        if state == "sent":
            made = Sent(id, who, self.now, topic, flow, block, asks)
            self.late.append(made)
            if not is_sign:
                self.sent.append(made)

    def _permission(self, connection, who, topic):
        row = {"page_id": self.page, "contact_id": self.people[who], "topic_id": topic}
        row |= {"token": f"token {next(numbers)}", "opted_in_at": self.now}
        return connection.execute(insert(permission).values(**row)).inserted_primary_key[0]

    def write_down_sent(self):
        """Only now does the engine write down how those ended that it sent before."""
        for made in self.late:
            self._event(made.who, "sent", self.now, {"send": made.id})
        self.late.clear()

    def mark(self, who, kind, upto):
        moment = self.now - upto
        watermark = int(moment.timestamp() * 1000)
        self._event(who, kind, self.now, {kind: {"watermark": watermark}})
        self.told.append((who, kind, moment, self.now, None))

    def act(self, who, kind, before):
        self._event(who, kind, self.now - before, {})
        self.told.append((who, kind, self.now - before, self.now, None))

    def say_yes(self, who, block, topic, before, status=""):
        payload = str(Reply("shop", 1, block, "yes", topic))
        optin = {"type": "one_time_notif_req", "payload": payload, "one_time_notif_token": "t"}
        if status:
            optin = {"type": "notification_messages", "notification_messages_token": "t"}
            optin |= {"payload": payload, "notification_messages_status": status}
        self._event(who, "optin", self.now - before, {"optin": optin})
        if not status:
            self.told.append((who, "optin", self.now - before, self.now, (block, topic)))

    def go(self, flow, block, port):
        self.gone[flow, self.day(self.now), block, port] += 2
        with self.database.writing() as connection:
            ways = [(flow, block, port)] * 2
            progress.note_ways(connection, self.page, ways, self.now)

    def _event(self, who, kind, at, body):
        row = {"page_id": self.page, "contact_id": self.people[who], "kind": kind, "at": at}
        row |= {"stored_at": self.now, "done_at": self.now, "body": body}
        with self.database.writing() as connection:
            connection.execute(insert(event).values(**row))

    def count(self, steps=None):
        """Bring the figures up to date; or begin to, and break off after so many steps."""
        for number, _ in enumerate(counting.bring_up_to_date(self.database, self.page), 1):
            if number == steps:
                break

    @staticmethod
    def day(moment):
        return (moment.astimezone(ZONE).date() - datetime(1970, 1, 1).date()).days

    def by_hand(self):
        """Of every message: where it counts, and as what."""
        for message in self.sent:
            yield message, self._figures(message)

    def _figures(self, message):
        later = [
            (kind, at)
            for who, kind, at, stored_at, _ in self.told
            if who == message.who and is_later(message, at, stored_at)
        ]
        acted = [at for kind, at in later if kind in ("message", "postback", "optin")]
        read = acted or "read" in dict(later)
        delivered = read or "delivery" in dict(later)
        answered = any(at < message.at + DAY for at in acted)
        return Figures(0, 0, 1, int(bool(delivered)), int(bool(read)), int(answered))

    def request_figures(self):
        yeses = [t for t in self.told if t[1] == "optin"]
        said = set()
        for who, _, at, stored_at, (block, topic) in yeses:
            asking = [
                m
                for m in self.sent
                if (m.who, m.block, m.asks) == (who, block, topic) and is_later(m, at, stored_at)
            ]
            said |= {max(asking, key=lambda m: (m.at, m.id)).id} if asking else set()
        for message in self.sent:
            if message.asks:
                yield message, Figures(1, int(message.id in said))


people = st.sampled_from((0, 0, 0, 1))
back = st.sampled_from((timedelta(), timedelta(), 3 * SECOND, 20 * MINUTE, 3 * HOUR))
topics, blocks, flows = st.sampled_from(TOPICS), st.sampled_from(BLOCKS), st.sampled_from(FLOWS)
states = st.sampled_from(("sent", "sent", "sent", "failed"))
steps = st.one_of(
    st.tuples(
        *(st.just("send"), people, st.sampled_from(("", *TOPICS)), flows, blocks),
        *(st.none(), states, st.sampled_from((False, False, True))),
    ),
    st.tuples(
        *(st.just("send"), people, st.just(""), st.just("shop"), blocks),
        *(topics, states, st.just(False)),
    ),
    st.tuples(st.just("write_down_sent")),
    st.tuples(st.just("mark"), people, st.sampled_from(("delivery", "read")), back),
    st.tuples(st.just("act"), people, st.sampled_from(("message", "postback")), back),
    st.tuples(st.just("say_yes"), people, blocks, topics, back),
    st.tuples(st.just("say_yes"), people, blocks, topics, back, st.just("STOP NOTIFICATIONS")),
    st.tuples(st.just("go"), flows, blocks, st.sampled_from(("", "next", "yes"))),
    st.tuples(st.just("count"), st.none() | st.integers(1, 3)),
)


def sums(pairs, key):
    found = {}
    for message, figures in pairs:
        place = key(message)
        found[place] = found.get(place, Figures()) + figures
    return found


def assert_same(world, own, asked):
    first, last = world.day(BEGIN), world.day(world.now)
    with world.database.reading() as connection:
        for topic in TOPICS:
            chosen = Chosen(world.page, first, last, topic)
            pairs = [p for p in own if p[0].topic == topic]
            pairs += [p for p in asked if p[0].asks == topic]
            for figures_by, key in (
                (of_messages.by_day, lambda m: world.day(m.at)),
                (of_messages.by_hour, lambda m: m.at.astimezone(ZONE).hour),
                (of_messages.by_flow, lambda m: m.flow),
            ):
                assert figures_by(connection, chosen) == sums(pairs, key)
        chosen = Chosen(world.page, first, last, IN_CONVERSATION, "shop")
        talk = [p for p in own if not p[0].topic and p[0].flow == "shop"]
        assert of_messages.by_topic(connection, chosen) == sums(talk, lambda m: "")
        everything = of_messages.by_topic(connection, Chosen(world.page, first, last))
        expected = sums([p for p in own if p[0].topic], lambda m: m.topic)
        for message, figures in asked:
            expected[message.asks] = expected.get(message.asks, Figures()) + figures
        assert everything == expected


def assert_flow_same(world, pairs):
    first = world.day(BEGIN)
    with world.database.reading() as connection:
        for flow in FLOWS:
            mine = [p for p in pairs if p[0].flow == flow]
            found = of_messages.of_blocks(connection, world.page, flow, first)
            assert found == sums(mine, lambda m: m.block)
            ways = Counter()
            for (of, _, block, port), times in world.gone.items():
                if of == flow:
                    ways[block, port] += times
            assert of_messages.of_ways(connection, world.page, flow, first) == ways


moments = st.integers(0, 60 * 24 * 700).map(lambda n: BEGIN - 350 * DAY + n * MINUTE)
yeses = st.lists(
    st.tuples(
        *(topics, moments, st.none() | moments, st.none() | moments),
        *(st.booleans(), st.none() | st.just("daily")),
    ),
    max_size=12,
)
