"""Recurring notifications from end to end: an engine and an emulator as processes, over real HTTP."""

import time
from datetime import UTC, datetime

import pytest

from otn_studio.blocks.outgoing import RecurringCard
from otn_studio.cli.stage import Stage
from otn_studio.flow.project import Project
from otn_studio.messenger.graph import Accepted, GraphClient
from otn_studio.messenger.payloads import Terms, message_body, send_body, to_person
from otn_studio.runtime.broadcasting.announcing import announce_text, people
from otn_studio.runtime.publishing import publish
from tests.runtime.permissions.recurring import NEWS, asks_for_news, keyword, says, weekly

NEW_YORK = "America/New_York"
PATIENCE = 15.0
FLOW = weekly(
    {"start": keyword("birds"), "ask": asks_for_news(), "thanks": says("Thank you", by_topic=NEWS)},
    "start.next > ask",
    "ask.card.opted_in > thanks",
    id="birds",
)


@pytest.fixture
def stage(tmp_path):
    with Stage(tmp_path, "Kicks & Co", time_zone=NEW_YORK, send_timeout="2") as stage:
        stage.emulator.rules(time_zone=NEW_YORK)
        stage.emulator.move_to(datetime(2027, 5, 24, 21, tzinfo=UTC))
        stage.start_engine()
        stage.subscribe()
        publish(stage.database, stage.page_id, Project.of(FLOW), stage.now())
        yield stage


def announce(stage: Stage, text: str) -> int:
    count = announce_text(stage.database, stage.page_id, NEWS, text, stage.now())
    stage.settle()
    return count


def move_to(stage: Stage, local: str) -> None:
    stage.pass_time(datetime.fromisoformat(local) - stage.now())


def say_yes(stage: Stage):
    ann = stage.emulator.add_person("Ann")
    ann.write("birds")
    stage.settle()
    ann.notify_me()
    stage.settle()
    return ann


def by_permission(person) -> list[str]:
    return [entry["text"] for entry in person.phone() if entry.get("by_permission")]


def test_a_weekly_topic_from_the_request_to_the_stop(stage):
    ann = say_yes(stage)
    assert by_permission(ann) == ["Thank you"]
    move_to(stage, "2027-05-30T23:59:50-04:00")
    assert announce(stage, "Too soon") == 0
    move_to(stage, "2027-05-31T00:00:01-04:00")
    assert announce(stage, "Owls") == 1
    assert by_permission(ann) == ["Thank you", "Owls"]
    stage.pass_time("7 days")
    ann.write("stop")
    stage.settle()
    ann.tap("All")
    stage.settle()
    assert ann.phone()[-1]["text"] == "Done. You get no more of these messages."
    assert announce(stage, "Never") == 0
    assert stage.emulator.ledger()["refused"] == {}


def test_messengers_own_stop_and_going_on(stage):
    ann = say_yes(stage)
    stage.pass_time("8 days")
    ann.stop("Bird facts?")
    stage.settle()
    assert announce(stage, "Never") == 0
    ann.resume("Bird facts?")
    stage.settle()
    assert announce(stage, "Owls") == 1
    assert by_permission(ann) == ["Thank you", "Owls"]


def test_a_yes_that_no_webhook_told_of_is_found_in_messengers_list(tmp_path):
    with Stage(tmp_path, "Kicks & Co") as stage:
        publish(stage.database, stage.page_id, Project.of(FLOW), stage.now())
        ann = stage.emulator.add_person("Ann")
        ann.write("birds")
        ask_by_hand(stage, ann.id)
        ann.notify_me()
        stage.emulator.advance("1 hour")
        stage.start_engine()
        stage.subscribe()
        deadline = time.monotonic() + PATIENCE
        while not people(stage.database, stage.page_id, NEWS, stage.now()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert announce(stage, "Owls") == 1
        assert by_permission(ann) == ["Owls"]


def ask_by_hand(stage: Stage, person_id: str) -> None:
    """A request that the engine knows nothing of, with the topic's name for a title."""
    environment = stage._environment
    client = GraphClient(environment["GRAPH_URL"], environment["PAGE_TOKEN"], 5.0)
    card = RecurringCard("Bird facts", NEWS, "card.opted_in")
    message = message_body(card, str, Terms("weekly", True, "UTC"))
    answer = client.send(stage.page_id, send_body(to_person(person_id), message, "by hand", True))
    assert isinstance(answer, Accepted)
    client.close()


def test_whatever_way_messenger_writes_ids_times_and_answers(stage):
    stage.emulator.habits(ids="numbers", times="seconds", recipient="untold", expiry="seconds")
    ann = say_yes(stage)
    assert by_permission(ann) == ["Thank you"]
    move_to(stage, "2027-05-31T09:00-04:00")
    assert announce(stage, "A robin has come back") == 1
    assert by_permission(ann)[1:] == ["A robin has come back"]
