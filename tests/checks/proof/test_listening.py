"""What questions, hand-overs and sequences mean for the rules, each told apart from its twin."""

import pytest

from otn_studio.blocks.actions.add_to_sequence import AddToSequence
from otn_studio.blocks.actions.hand_over import HandOver
from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.question import Question
from otn_studio.blocks.finding import Severity
from otn_studio.blocks.logic.condition import Condition
from otn_studio.blocks.logic.wait_for_permission import WaitForPermission
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.testing import WindowTest
from otn_studio.flow.document import Flow
from tests.builders import a_flow, ask, ask_weekly, say
from tests.checks.proof.proving import ASKING, ERROR, WARNING, WEEKLY, by, flow, proved, wait


def asks(time: str, **more: object) -> SendMessage:
    question = Question(id="q", text="Well?", time=Duration.read(time), **more)
    return SendMessage(elements=[question])


def test_an_answer_opens_the_window_anew():
    made = flow("start > a", "a > w", "w > m", a=asks("3 days"), w=wait(23, "hour"), m=say())
    assert proved(made) == []


def test_who_never_answers_is_too_late():
    late = flow("start > a", "a.q.no_answer > m", a=asks("25 hours"), m=say())
    assert proved(late) == [("m", "too_late", ERROR)]
    in_time = flow("start > a", "a.q.no_answer > m", a=asks("23 hours"), m=say())
    assert proved(in_time) == []


def test_an_answer_that_comes_late_leads_on_in_the_window():
    assert proved(flow("start > a", "a > m", a=asks("7 days"), m=say())) == []


def test_only_where_the_window_is_open_may_be_written():
    open_or_not = flow(
        "start > w",
        "w > c",
        "c.yes > m",
        w=wait(3, "day"),
        c=Condition(tests=[WindowTest(open=True)]),
        m=say(),
    )
    assert proved(open_or_not) == []
    closed = flow("start > c", "c.yes > m", c=Condition(tests=[WindowTest(open=False)]), m=say())
    assert proved(closed) == []


def test_what_follows_a_hand_over_may_have_to_wait():
    made = flow("start > h", "h > m", h=HandOver(longest="2 days"), m=say())
    assert proved(made) == [("m", "too_late", Severity.UNSURE)]
    assert proved(flow("start > h", "h > m", h=HandOver(longest="4 hours"), m=say())) == []


def test_an_answer_of_another_program_takes_seconds():
    made = flow("start > r", "r.success > m", r=HttpRequest(url="https://x.example"), m=say())
    assert proved(made) == []


@pytest.mark.parametrize(("waits", "found"), [(True, []), (False, [("two", "too_soon", WARNING)])])
def test_a_sequence_that_waits_its_turn_never_comes_too_soon(waits, found):
    told = proved(asking(), course(waits))
    assert [finding for finding in told if finding[1] == "too_soon"] == found


def test_what_is_put_on_a_sequence_brings_its_permission_along():
    assert {code for block, code, _ in proved(asking(), course(True)) if block == "one"} == {
        "stopped"
    }


def test_a_sequence_and_the_flow_that_puts_people_on_it_can_not_use_one_permission_both():
    ways = ("in > m",)
    one = flow(*ASKING, "first > also", ask=ask(), first=ADDING, also=by("shoes"))
    other = a_flow({"in": Joined(), "m": by("shoes")}, *ways, id="course")
    assert ("m", "no_permission", WARNING) in proved(one, other)
    alone = flow(*ASKING, ask=ask(), first=ADDING)
    assert proved(alone, other) == []


ADDING = AddToSequence(sequence="course")


def asking() -> Flow:
    return flow(
        "start > ask",
        "ask.card.opted_in > add",
        recurring=WEEKLY,
        ask=ask_weekly(),
        add=ADDING,
    )


def course(waits: bool) -> Flow:
    between = WaitForPermission(topic="news") if waits else wait(6, "day")
    return a_flow(
        {"in": Joined(), "one": by("news"), "w": between, "two": by("news")},
        "in > one",
        "one > w",
        "w > two",
        recurring=WEEKLY,
        id="course",
    )
