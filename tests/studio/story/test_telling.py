"""Stories as the phone tells them: found by the checks, played, told in bubbles."""

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.phone.bubbles import Line, OptIn, Said
from otn_studio.studio.story.telling import Told, tell
from tests.builders import START, a_flow, ask, ask_weekly, say

LATE = a_flow(
    {"start": START, "wait": Wait(for_="2 days"), "say": say()}, "start > wait", "wait > say"
)
WEEKLY = a_flow(
    {"start": START, "ask": ask_weekly(), "say": say().model_copy(update={"by_topic": "news"})},
    "start > ask",
    "ask.card.opted_in > say",
    recurring={"news": Frequency.WEEKLY},
)


def found(flow: Flow, code: str) -> Finding:
    return next(f for f in check(Project.of(flow))[flow.id] if f.code == code)


def told(flow: Flow, code: str) -> Told:
    return tell(Project.of(flow), found(flow, code).story)


def lines(told: Told) -> list[str]:
    return [bubble.text for bubble in told.beats[-1].bubbles if isinstance(bubble, Line)]


def test_what_the_person_does_how_much_time_passes_and_what_is_refused():
    first, last = told(LATE, "policy_too_late").beats
    assert (first.block, last.block) == ("start", "say")
    assert Said(text="hello", by_person=True) in first.bubbles
    assert first.bubbles[-1] == Line(text="You can write freely for 24 hours")
    assert Said(text="Hello!", pending=True) in last.bubbles
    assert last.bubbles[-2:] == (
        Said(text="Hello!", pending=True),
        Line(
            text="Messenger would not take this: the 24 hours since the person last wrote were"
            " over.",
            warns=True,
        ),
    )
    assert last.bubbles[2].text.startswith("2 days later · ")
    assert [beat.refusal for beat in (first, last)] == [None, "too_late"]


def test_the_way_is_every_connection_that_was_taken():
    assert told(LATE, "policy_too_late").ways == {
        ("shop", "start", "next"),
        ("shop", "wait", "next"),
    }


def test_a_yes_is_seen_on_the_card_and_stopping_as_a_line():
    story = told(WEEKLY, "policy_stopped")
    said = lines(story)
    assert "Opted in to “News”" in said
    assert "Stopped “News”" in said
    assert said[-1] == "Messenger would not take this: the person has stopped this topic."
    (card,) = [bubble for bubble in story.beats[-1].bubbles if isinstance(bubble, OptIn)]
    assert card.tapped


def test_a_reaction_is_seen_as_a_line():
    """The person may not write, since that would begin the flow anew."""
    drawn = a_flow(
        {"hi": DefaultReply(), "zero": say(), "w": Wait(for_="2 days"), "one": say(), "two": say()},
        "hi > zero",
        "zero > w",
        "w > one",
        "one.too_late > w",
        "one > two",
    )
    said = lines(told(drawn, "policy_too_late"))
    assert "Put a heart on the last message" in said


def test_the_same_question_twice():
    said = lines(told(WEEKLY, "policy_asked_lately"))
    assert any(line.startswith("1 hour later") for line in said)
    assert said[-1].endswith("the person was asked the same in the last 7 days.")


def test_a_way_through_a_condition_is_gone_by_somebody_who_passes_it():
    flow = a_flow(
        {
            "start": START,
            "if": Condition(tests=(FieldTest(field="size", operator="is", value="42"),)),
            "wait": Wait(for_="2 days"),
            "say": say(),
        },
        "start > if",
        "if.yes > wait",
        "wait > say",
    )
    finding = found(flow, "policy_too_late")
    assert finding.story.person.fields == {"size": "42"}
    assert ("shop", "if", "yes") in tell(Project.of(flow), finding.story).ways


def test_a_message_by_a_permission_says_so():
    twice = a_flow(
        {
            "start": START,
            "ask": ask(),
            "one": say().model_copy(update={"by_topic": "shoes"}),
            "two": say().model_copy(update={"by_topic": "shoes"}),
        },
        "start > ask",
        "ask.card.opted_in > one",
        "one > two",
    )
    assert "Sent with permission" in lines(told(twice, "policy_no_permission"))
