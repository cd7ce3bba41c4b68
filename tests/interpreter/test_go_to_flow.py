"""Going to another flow and coming back."""

from dataclasses import replace

import pytest

from otn_studio.blocks import event as events
from otn_studio.blocks.logic.end_flow import EndFlow
from otn_studio.blocks.logic.go_to_flow import GoToFlow, Result
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.blocks.start.stopped import Stopped
from tests.interpreter.flows import TOPIC, asks, flow, keyword, says
from tests.interpreter.talk import Talk

OUTER = flow(
    {"s": keyword("hi"), "go": GoToFlow(flow="inner"), "back": says("Back")},
    "s.next > go",
    "go.next > back",
    id="outer",
)


def inner(*connections: str, **blocks: object):
    return flow({"in": AnotherFlow(), **blocks}, *connections, id="inner")


def test_the_run_comes_back_when_the_other_flow_has_ended():
    talk = Talk(OUTER, inner("in.next > say", say=says("Inside")))
    assert talk.write("hi").texts() == ["Inside", "Back"]


def test_it_comes_back_after_a_wait_too():
    talk = Talk(
        OUTER, inner("in.next > w", "w.next > say", w=Wait(for_="2 days"), say=says("Inside"))
    )
    assert talk.write("hi").texts() == []
    assert talk.wait(days=2).texts() == ["Inside", "Back"]


def test_an_empty_flow_is_passed_over():
    assert Talk(OUTER, inner()).write("hi").texts() == ["Back"]


def test_a_flow_that_is_not_published_is_passed_over_with_a_note():
    talk = Talk(OUTER).write("hi")
    assert talk.texts() == ["Back"]
    assert "The flow to go to is not published, so it was passed over" in talk.notes


def test_flows_may_lead_through_each_other():
    middle = flow(
        {"in": AnotherFlow(), "go": GoToFlow(flow="inner"), "m": says("Middle")},
        "in.next > go",
        "go.next > m",
        id="middle",
    )
    outer = flow(
        {"s": keyword("hi"), "go": GoToFlow(flow="middle"), "back": says("Back")},
        "s.next > go",
        "go.next > back",
        id="outer",
    )
    talk = Talk(outer, middle, inner("in.next > say", say=says("Inside")))
    assert talk.write("hi").texts() == ["Inside", "Middle", "Back"]


def test_a_start_word_begins_the_whole_run_anew_wherever_it_waits():
    talk = Talk(
        OUTER, inner("in.next > w", "w.next > say", w=Wait(for_="2 days"), say=says("Inside"))
    )
    talk.write("hi").wait(days=1).write("hi")
    assert talk.wait(days=1).texts() == []
    assert talk.wait(days=1).texts() == ["Inside", "Back"]


def test_a_message_that_could_not_be_sent_ends_the_whole_run():
    talk = Talk(OUTER, inner("in.next > say", say=says("Inside"))).refuse(too_late=True)
    assert talk.write("hi").texts() == []
    assert talk.saved == '{"next":2,"threads":[]}'


def test_flows_that_lead_to_each_other_for_ever_are_stopped():
    circle = flow({"in": AnotherFlow(), "go": GoToFlow(flow="inner")}, "in.next > go", id="inner")
    talk = Talk(OUTER, circle).write("hi")
    assert talk.texts() == ["Back"]


def test_a_yes_starts_what_follows_the_card_and_the_flow_that_waits_for_it():
    asking = flow(
        {"s": keyword("hi"), "ask": asks(), "thanks": says("Thanks")},
        "s.next > ask",
        "ask.card.opted_in > thanks",
    )
    welcome = flow({"s": OptedIn(topic=TOPIC), "m": says("Welcome")}, "s.next > m", id="welcome")
    talk = Talk(asking, welcome).write("hi")
    reply = str(talk.replies["Tell me"])
    talk.texts()
    talk.happens(events.OptedIn(talk.now, reply, "t-1", topic=TOPIC))
    assert talk.texts() == ["Welcome", "Thanks"]


def test_stopping_a_topic_starts_the_flow_of_that_topic():
    bye = flow({"s": Stopped(topic=TOPIC), "m": says("Bye")}, "s.next > m")
    talk = Talk(bye)
    assert talk.happens(events.Stopped(talk.now, "t-1", "other")).texts() == []
    assert talk.happens(events.Stopped(talk.now, "t-1", TOPIC)).texts() == ["Bye"]


ASKING = flow(
    {
        "s": keyword("hi"),
        "go": GoToFlow(flow="inner", results=[Result(id="yes", name="Bought")]),
        "thanks": says("Thanks"),
        "back": says("Back"),
    },
    "s.next > go",
    "go.yes > thanks",
    "go.next > back",
    id="outer",
)


@pytest.mark.parametrize(
    ("result", "said"),
    [("Bought", "Thanks"), (" bought ", "Thanks"), ("Left", "Back"), ("", "Back")],
)
def test_the_result_of_the_other_flow_decides_how_it_goes_on(result, said):
    talk = Talk(
        ASKING,
        inner("in.next > w", "w.next > end", w=Wait(for_="2 days"), end=EndFlow(result=result)),
    )
    assert talk.write("hi").wait(days=2).texts() == [said]


def test_a_result_ends_only_the_flow_that_has_it():
    middle = flow(
        {"in": AnotherFlow(), "go": GoToFlow(flow="inner"), "end": EndFlow(result="Bought")},
        "in.next > go",
        "go.next > end",
        id="middle",
    )
    outer = replace(ASKING, blocks={**ASKING.blocks, "go": ASKING.blocks["go"].model_copy(
        update={"flow": "middle"}
    )})  # fmt: skip
    talk = Talk(outer, middle, inner("in.next > end", end=EndFlow(result="Left")))
    assert talk.write("hi").texts() == ["Thanks"]


def test_a_way_for_a_result_that_is_open_ends_the_run():
    outer = replace(ASKING, connections={"s": {"next": "go"}, "go": {"next": "back"}})
    talk = Talk(outer, inner("in.next > end", end=EndFlow(result="Bought")))
    assert talk.write("hi").texts() == []


def test_a_flow_that_nobody_had_gone_to_simply_ends():
    alone = flow({"s": keyword("hi"), "end": EndFlow(result="Bought")}, "s.next > end", id="alone")
    talk = Talk(alone)
    assert talk.write("hi").texts() == []
