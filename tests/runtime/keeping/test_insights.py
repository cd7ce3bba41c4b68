"""The figures are those that anybody would count by hand, whenever and however often they are brought
up to date."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.interpreter.reply import Reply
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.keeping import insights as counting
from otn_studio.runtime.keeping.housekeeping import Housekeeping
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.insights import of_messages, of_permissions, progress
from otn_studio.storage.insights.of_messages import IN_CONVERSATION, Chosen
from otn_studio.storage.insights.progress import Figures
from otn_studio.storage.keeping import trimming
from otn_studio.storage.people import erasing
from otn_studio.storage.tables import (
    contact,
    counted,
    event,
    figure,
    lane,
    passage,
    permission,
    reach,
    send,
)
from tests.builders import START, a_flow, ask
from tests.postgres import fresh_database
from tests.runtime.far_end import PAGE, Shop

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
LATER = SendMessage(elements=(Text(id="text", text="Back!"),), by_topic="shoes")
ASKING = a_flow(
    {"start": START, "ask": ask(), "later": LATER}, "start > ask", "ask.card.opted_in > later"
)
numbers = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    url = fresh_database() if request.param == "postgresql" else f"sqlite:///{tmp_path}/o.db"
    database = Database.open(url)
    yield database
    database.close()


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
pauses = st.sampled_from((timedelta(), 2 * SECOND, MINUTE, HOUR, 7 * HOUR))
histories = st.lists(st.tuples(pauses, steps), min_size=20, max_size=60)


def sums(pairs, key):
    found = {}
    for message, figures in pairs:
        place = key(message)
        found[place] = found.get(place, Figures()) + figures
    return found


@given(history=histories)
@MANY
def test_figures_are_those_that_one_counts_by_hand(database, monkeypatch, history):
    monkeypatch.setattr(counting, "EVENTS_AT_ONCE", 3)
    world = World(database)
    for passes, (verb, *how) in history:
        world.now += passes
        getattr(world, verb)(*how)
    world.write_down_sent()
    world.count()
    own, asked = list(world.by_hand()), list(world.request_figures())
    assert_same(world, own, asked)
    assert_flow_same(world, [*own, *asked])


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


def test_what_came_after_a_person_was_forgotten_is_counted_too(database):
    world = World(database)
    world.send(0, "", "shop", "hello", None, "sent", False)
    world.write_down_sent()
    world.now += HOUR
    world.act(0, "message", MINUTE)
    world.count()
    with database.writing() as connection:
        assert erasing.forget(connection, world.page, "Ann")
    world.send(1, "", "shop", "hello", None, "sent", False)
    world.write_down_sent()
    world.count()
    with database.reading() as connection:
        assert connection.scalars(select(reach.c.contact_id)).all() == [world.people[1]]
        found = of_messages.of_blocks(connection, world.page, "shop", 0)
    assert found["hello"] == Figures(sent=2, delivered=1, read=1, answered=1)


def test_old_events_go_and_the_figures_stay(database):
    world = World(database)
    world.send(0, "news", "shop", "hello", None, "sent", False)
    world.write_down_sent()
    world.now += MINUTE
    world.mark(0, "read", timedelta())
    world.count()
    list(trimming.trim(database, world.now + DAY))
    world.now += 500 * DAY
    world.act(0, "message", timedelta())
    world.count()
    with database.reading() as connection:
        found = of_messages.by_topic(connection, Chosen(world.page, 0, 10**5))
    assert found == {"news": Figures(sent=1, delivered=1, read=1)}


def test_looking_at_everything_again_changes_nothing(database):
    world = World(database)
    world.send(0, "news", "shop", "hello", "sales", "sent", False)
    world.write_down_sent()
    world.now += MINUTE
    world.say_yes(0, "hello", "sales", timedelta())
    world.count()
    with database.writing() as connection:
        before = connection.execute(select(figure)).all()
        connection.execute(update(counted).values(event_id=0))
    world.count()
    with database.reading() as connection:
        assert connection.execute(select(figure)).all() == before
        assert connection.scalar(select(figure.c.opted_in).where(figure.c.topic_id == "sales")) == 1


zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/Havana", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia"]
)
moments = st.integers(0, 60 * 24 * 700).map(lambda n: BEGIN - 350 * DAY + n * MINUTE)
yeses = st.lists(
    st.tuples(
        *(topics, moments, st.none() | moments, st.none() | moments),
        *(st.booleans(), st.none() | st.just("daily")),
    ),
    max_size=12,
)


@given(rows=yeses, zone=zones.map(ZoneInfo), topic=st.none() | topics)
@MANY
def test_permissions_are_counted_on_the_days_of_the_page(database, rows, zone, topic):
    world = World(database)
    with database.writing() as connection:
        for of, opted_in_at, expires_at, stopped_at, is_free, frequency in rows:
            row = {"page_id": world.page, "contact_id": world.people[0], "topic_id": of}
            row |= {"token": f"token {next(numbers)}", "opted_in_at": opted_in_at}
            row |= {"expires_at": expires_at, "stopped_at": stopped_at, "frequency": frequency}
            row |= {"next_allowed_at": opted_in_at if is_free else None}
            connection.execute(insert(permission).values(**row))
    now, day = BEGIN, lambda moment: of_permissions.local_day(moment, zone)
    first, last = day(now) - 100, day(now) + 100
    wanted = [row for row in rows if topic in (None, row[0])]
    free = [row for row in wanted if row[4] or row[5]]
    held = [row for row in free if (row[2] is None or row[2] > now) and row[3] is None]

    def by_day(moments, since=first):
        days = (day(moment) for moment in moments if moment is not None)
        return Counter(number for number in days if since <= number <= last)

    of = world.page, topic
    with database.reading() as connection:
        span = connection, *of, first, last, zone
        assert of_permissions.gained(*span) == by_day(row[1] for row in wanted)
        assert of_permissions.stopped(*span) == by_day(row[3] for row in wanted)
        ended = by_day(row[2] for row in free if row[2] and row[2] <= now)
        assert of_permissions.expired(*span, now) == ended
        ends = dict(of_permissions.ending(connection, *of, last, zone, now))
        assert sum(ends.values()) == len(held)
        ends.pop(None, None)
        assert ends == by_day((row[2] for row in held), day(now))


def test_the_engine_leaves_behind_what_figures_are_made_of(tmp_path):
    """A person comes through a flow, is asked, reads, says yes, and gets the message."""
    shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}", Engine)
    try:
        shop.publish(ASKING)
        shop.write("hello")
        shop.arrives("read", {"read": {"watermark": shop.clock.now().timestamp() * 1000}})
        shop.advance(minutes=3)
        shop.opts_in("token")
        list(counting.bring_up_to_date(shop.database, PAGE))
        with shop.database.reading() as connection:
            blocks = of_messages.of_blocks(connection, PAGE, "shop", 0)
            ways = of_messages.of_ways(connection, PAGE, "shop", 0)
            everything = of_messages.by_topic(connection, Chosen(PAGE, 0, 10**6))
            left = connection.scalars(select(passage.c.id)).all()
    finally:
        shop.close()
    read = Figures(sent=1, delivered=1, read=1, answered=1)
    assert blocks["ask"] == replace(read, asked=1, opted_in=1)
    assert everything == {"shoes": Figures(asked=1, opted_in=1, sent=1)}
    assert ways["start", ""] == ways["start", "next"] == ways["ask", ""] == 1
    assert ways["ask", "card.opted_in"] == ways["later", ""] == 1
    assert not left


def test_the_daily_work_counts_what_events_say_before_they_go(database):
    world = World(database)
    world.send(0, "news", "shop", "hello", None, "sent", False)
    world.write_down_sent()
    world.now += MINUTE
    world.mark(0, "read", timedelta())
    work = Housekeeping(database, keep_events=DAY, pause_seconds=0)
    assert work.look(world.now + 3 * DAY)
    work.turn()
    with database.reading() as connection:
        assert not connection.scalars(select(event.c.id).where(event.c.page_id == world.page)).all()
        found = of_messages.by_topic(connection, Chosen(world.page, 0, 10**5))
    assert found == {"news": Figures(sent=1, delivered=1, read=1)}
