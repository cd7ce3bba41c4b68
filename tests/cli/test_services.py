"""What the studio is handed, with a real engine and emulator behind it."""

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.cli.services import EmulatedPractice, PagePublishing, PageTopics, PracticeClock
from otn_studio.cli.settings import settings
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import load
from otn_studio.runtime.clock import SystemClock
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from tests.cli.conftest import SAMPLE
from tests.cli.waiting import wait_until

TOPIC = "blue-sneakers-5d21f0"


class Hands:
    """The services, as the studio has them."""

    def __init__(self) -> None:
        chosen = settings()
        self.database = Database.open(chosen.database_url)
        with self.database.writing() as connection:
            pages.ensure(connection, chosen.page_id)
        self.engine = LocalEngine(self.database, chosen, "Kicks & Co")
        clock = PracticeClock(self.engine, SystemClock())
        self.topics = PageTopics(self.database, chosen.page_id, clock)
        self.publishing = PagePublishing(self.database, chosen.page_id, clock, self.engine)
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
