"""What the studio is handed, with a real engine and emulator behind it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.cli.services.access import PageApiKeys
from otn_studio.cli.services.broadcasts import PageBroadcasts
from otn_studio.cli.services.practice import EmulatedPractice, PracticeClock
from otn_studio.cli.services.publishing import PagePublishing
from otn_studio.cli.services.topics import PageTopics
from otn_studio.cli.settings import settings
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import CLASSIC, PROFILES, Rules
from otn_studio.runtime.api import keys
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.page import Page
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.permissions import permissions, topics
from otn_studio.storage.tables import contact
from otn_studio.studio.services.broadcasting import Draft
from tests.cli.conftest import SAMPLE
from tests.cli.waiting import wait_until
from tests.runtime import far_end

TOPIC = "blue-sneakers-5d21f0"


class Hands:
    """The services, as the studio has them."""

    def __init__(self) -> None:
        self.settings = chosen = settings()
        self.database = Database.open(chosen.database_url)
        with self.database.writing() as connection:
            pages.ensure(connection, chosen.page_id)
        self.engine = LocalEngine(self.database, chosen, "Kicks & Co")
        clock = PracticeClock(self.engine, SystemClock())
        self.topics = PageTopics(self.database, chosen.page_id, clock)
        self.publishing = PagePublishing(
            self.database, chosen.page_id, clock, self.engine.published
        )
        self.practice = EmulatedPractice(self.engine, self.topics.names)

    def close(self) -> None:
        self.practice.close()
        self.engine.close()
        self.database.close()


@pytest.fixture
def hands():
    hands = Hands()
    yield hands
    hands.engine.stop()
    hands.close()


def kinds(hands) -> list[str]:
    return [entry["kind"] for entry in hands.practice.look().entries]


def test_practice_from_publishing_to_the_message_by_permission(hands):
    assert not hands.engine.state().running
    assert hands.publishing.publish(load(SAMPLE)).version == 1
    assert hands.engine.state().running
    assert hands.engine.state().practice
    hands.practice.write("restock")
    wait_until(lambda: kinds(hands)[-1] == "quick_replies")
    hands.practice.tap("42")
    wait_until(lambda: kinds(hands)[-1] == "opt_in_card")
    assert hands.practice.look().entries[-1]["topic"] == "Blue sneakers"
    hands.practice.notify_me(0)
    wait_until(lambda: hands.topics.all()[0].held == 1)
    before = hands.practice.look().now
    hands.practice.pass_time(3)
    assert (hands.practice.look().now - before).days == 3
    assert hands.topics.reach(TOPIC) == 1
    assert hands.topics.all()[0].ending == 0
    assert hands.topics.announce(TOPIC, "It is back") == 1
    wait_until(lambda: hands.practice.look().entries[-1]["by_permission"])
    assert hands.practice.look().name == "Ann"
    hands.practice.begin_anew("Bob")
    assert hands.practice.look().name == "Bob"
    assert kinds(hands) == []


def test_a_restored_page_goes_on_once_a_person_says_so(hands):
    hands.engine.start()
    with hands.database.writing() as connection:
        pages.set_stop(connection, hands.settings.page_id, pages.Stop(pages.RESTORED))
    state = hands.engine.state()
    assert (state.may_go_on, state.restored) == (True, True)
    assert "looked at it" in state.problem
    hands.engine.go_on()
    state = hands.engine.state()
    assert (state.may_go_on, state.restored, state.problem) == (False, False, "")


def test_another_studio_finds_the_engine_that_runs(hands):
    hands.engine.start()
    since = hands.engine.state().since
    another = Hands()
    another.engine.start()
    assert another.engine.state().since == since
    another.close()


def test_what_the_emulator_refuses_is_said_in_a_sentence(hands):
    for refused in (
        lambda: hands.practice.tap("Nothing"),
        lambda: hands.practice.notify_me(0),
        lambda: hands.practice.begin_anew(" "),
    ):
        with pytest.raises(Problem, match=r"^The practice chat: "):
            refused()


def test_a_flow_with_errors_is_not_published_and_starts_nothing(hands):
    with pytest.raises(Problem, match="“Empty” has errors"):
        hands.publishing.publish(Flow("empty", "Empty"))
    assert not hands.engine.state().running
    assert hands.publishing.live_version("empty") is None


def test_topics_know_the_flows_that_use_them(hands):
    hands.topics.add("red", "Red")
    hands.publishing.publish(load(SAMPLE))
    rows = {row.name: row.flows for row in hands.topics.all()}
    assert rows == {"Red": (), "Blue sneakers": ("Back in stock",)}
    hands.topics.rename("red", "Crimson")
    hands.topics.delete("red")
    hands.topics.restore("red")
    assert "Crimson" in {row.name for row in hands.topics.all()}


def test_the_live_flows_come_with_the_page_s_rules(hands):
    rules = Rules(PROFILES["rn-2025"], country="DE")
    page = hands.settings.page_id
    publishing = PagePublishing(hands.database, page, SystemClock(), hands.engine.published, rules)
    assert publishing.live() == Project({}, rules)
    flow = load(SAMPLE)
    publishing.publish(flow)
    publishing.publish(replace(flow, name="Back again"))
    assert publishing.live() == Project({flow.id: replace(flow, name="Back again")}, rules)
    assert publishing.live_version(flow.id) == 2
    assert hands.publishing.live().rules == CLASSIC


def test_topics_tell_whom_messenger_asks_again_where_it_does(hands):
    hands.topics.add("deals", "Weekly deals", Frequency.WEEKLY)
    page, now = hands.settings.page_id, SystemClock().now()
    ends = now + timedelta(days=10)
    with hands.database.writing() as connection:
        person = {"id": 1, "page_id": page, "person_id": "ann", "fields": {}, "tags": []}
        connection.execute(insert(contact).values(first_seen_at=now, **person))
        permissions.keep(connection, page, 1, "deals", "t", now, ends, frequency=Frequency.WEEKLY)
    (deals,) = hands.topics.all()
    assert (deals.asked, deals.asked_next) == (1, ends - timedelta(days=1))
    rules = Rules(PROFILES["rn-2023"])
    (deals,) = PageTopics(hands.database, page, SystemClock(), rules).all()
    assert (deals.asked, deals.asked_next) == (0, None)


def test_a_broadcast_is_foreseen_sent_and_reported(tmp_path):
    """From the database alone; no engine is needed to plan one."""
    database, now = Database.open(f"sqlite:///{tmp_path / 'page.db'}"), SystemClock().now()
    with database.writing() as connection:
        pages.ensure(connection, "1")
        connection.execute(insert(contact), {"id": 1, **_somebody(now)})
        topics.add(connection, "1", "news", "News", now)
        permissions.keep(connection, "1", 1, "news", "t", now, now + timedelta(days=1))
    served = PageBroadcasts(database, "1", SystemClock(), CLASSIC)
    assert served.choices().topics == (("news", "News", None),)
    assert served.flows("news") == {}
    draft = Draft("news", "They are back")
    assert served.outlook(draft).people == 1
    number = served.send(draft)
    (row,) = served.all()
    assert (row.id, row.topic, row.what, row.state) == (number, "News", "They are back", "planned")
    served.pause(number)
    served.resume(number)
    far_end.carry_out(database, Page("1"), SystemClock().now())
    assert served.report(number).lines == ((Words("on the way"), 1),)
    served.cancel(number)
    assert served.all()[0].state == "cancelled"
    database.close()


def test_a_key_is_made_seen_and_withdrawn(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path / 'page.db'}")
    with database.writing() as connection:
        pages.ensure(connection, "1")
    served = PageApiKeys(database, "1", SystemClock())
    key = served.make("Stock system")
    assert keys.known(database, "1", key)
    (row,) = served.all()
    assert (row.name, row.used_at) == ("Stock system", None)
    served.withdraw(row.id)
    assert served.all() == []
    assert keys.known(database, "1", key) is None
    database.close()


def _somebody(now):
    return {"page_id": "1", "person_id": "7", "fields": {}, "tags": [], "first_seen_at": now}
