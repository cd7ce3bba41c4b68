"""No flow can hang the engine: whatever goes round is ended after a bounded number of steps."""

from itertools import pairwise

import pytest

from otn_studio.blocks.actions.add_to_sequence import AddToSequence
from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.answers import AnswerKind
from otn_studio.blocks.elements.question import AnswerChoice, Question
from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.logic.condition import Condition
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.logic.wait_for_permission import WaitForPermission
from otn_studio.blocks.logic.wait_until_date import WaitUntilDate
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.patterns import BrokenPattern, matches
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.joined import Joined
from otn_studio.interpreter.walking import CALLS_AT_MOST, STEPS_AT_MOST
from tests.interpreter.flows import TOPIC, flow, keyword, says
from tests.interpreter.talk import Talk

ENDED = "Ended: it went round without end"
FIT = {"(a+)+$", "(a|aa)+$", "a{0,500}a{500}"}
COUNT = SetField(field="size", value="{{ contact.size | default: 0 | plus: 1 }}")


def rounds(talk: Talk) -> int:
    """How often the counting block was passed."""
    return int(talk.contact.fields.get("size", "0"))


@pytest.mark.parametrize(
    "block",
    [
        COUNT,
        Condition(),
        WaitForPermission(topic=TOPIC),
        WaitUntilDate(until="2020-01-01"),
        GoToFlow(flow="nowhere"),
        GoToFlow(flow="inner"),
        AddToSequence(sequence="nowhere"),
    ],
    ids=lambda block: block.kind.name,
)
def test_a_loop_of_any_blocks_that_do_not_wait(block):
    ways = [f"b.{port.id} > c" for port in block.ports()]
    outer = flow({"s": keyword("hi"), "c": COUNT, "b": block}, "s.next > c", "c.next > b", *ways)
    talk = Talk(outer, flow({"in": AnotherFlow(), "c": COUNT}, "in.next > c", id="inner"))
    talk.write("hi")
    assert ENDED in talk.notes
    assert 1 < rounds(talk) <= STEPS_AT_MOST


def test_flows_that_go_to_each_other():
    one = flow(
        {"s": keyword("hi"), "in": AnotherFlow(), "c": COUNT, "go": GoToFlow(flow="two")},
        *("s.next > c", "in.next > c", "c.next > go", "go.next > c"),
        id="one",
    )
    two = flow(
        {"in": AnotherFlow(), "c": COUNT, "go": GoToFlow(flow="one")},
        *("in.next > c", "c.next > go", "go.next > go"),
        id="two",
    )
    talk = Talk(one, two).write("hi")
    assert ENDED in talk.notes
    assert 1 < rounds(talk) <= STEPS_AT_MOST


def test_a_message_in_every_round():
    talk = Talk(flow({"s": keyword("hi"), "m": says("Round")}, "s.next > m", "m.next > m"))
    assert 1 < len(talk.write("hi").texts()) <= STEPS_AT_MOST
    assert ENDED in talk.notes


def test_a_request_to_another_program_in_every_round():
    talk = Talk(
        flow(
            {"s": keyword("hi"), "ask": HttpRequest(url="https://shop.example/")},
            *("s.next > ask", "ask.success > ask"),
        )
    )
    talk.write("hi")
    asked = 0
    while talk.requests:
        asked += 1
        talk.fetched(status=200)
    assert 1 < asked <= STEPS_AT_MOST
    assert ENDED in talk.notes


@pytest.mark.parametrize("between", [COUNT, says("Again")], ids=["at once", "by messages"])
@pytest.mark.parametrize("others", [("one",), ("two",), ("one", "two")], ids=str)
def test_sequences_that_put_people_on_each_other(between, others):
    """What one event leads to ends, and so does what all the messages lead to that it sends."""
    start = flow({"s": keyword("hi"), "add": AddToSequence(sequence="one")}, "s.next > add")
    blocks = {"j": Joined(), "c": COUNT, "b": between}
    blocks |= {f"add-{id}": AddToSequence(sequence=id) for id in (*others, "one")}
    ways = ["j.next > c", "c.next > b"]
    chain = ["b", *list(blocks)[3:]]
    ways += [f"{block}.next > {to}" for block, to in pairwise(chain)]
    talk = Talk(start, *(flow(blocks, *ways, id=id) for id in ("one", "two")))
    talk.write("hi")
    assert 1 < rounds(talk) <= STEPS_AT_MOST * CALLS_AT_MOST


@pytest.mark.parametrize("kind", list(AnswerKind))
@pytest.mark.parametrize("answer", ["a", "1", "https://example.com/a", "a@b.", "+49", "(", "ﷺ"])
def test_a_huge_answer_is_kept_no_longer_than_a_field(kind, answer):
    question = Question(
        id="q",
        text="Well?",
        answer=kind,
        choices=[AnswerChoice(id="c", title="a")],
        pattern="(a*)*",
        example="a",
        field="size",
    )
    talk = Talk(
        flow({"s": keyword("hi"), "q": SendMessage(elements=[question])}, "s.next > q"),
        flow({"d": DefaultReply()}, id="other"),
    )
    talk.write("hi").write(answer * 300_000)
    assert len(talk.contact.fields.get("size", "")) <= VALUE_LIMIT


def test_a_huge_answer_to_nothing_and_to_anything():
    talk = Talk(
        flow({"s": keyword("hi", "a" * 2_000), "w": WaitForAnswer(field="size")}, "s.next > w")
    )
    talk.write("ﷺ" * 300_000).write("hi").write("ﷺ" * 300_000)
    assert len(talk.contact.fields["size"]) <= VALUE_LIMIT


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*)*x", "a{0,500}a{500}", "((a*)*)*b", "(?:a?){300}a{300}"],
)
def test_a_pattern_that_others_would_take_years_for(pattern):
    for text in ("a" * VALUE_LIMIT, "a" * VALUE_LIMIT + "!", "a" * 900 + "!"):
        assert matches(text, pattern) is (text == "a" * VALUE_LIMIT and pattern in FIT)


@pytest.mark.parametrize(
    "pattern", ["((a{100}){100}){100}", "(" * 499, "a{99999}", "[[:x:]]", "\\C*("]
)
def test_a_pattern_that_would_fill_the_memory_is_refused(pattern):
    with pytest.raises(BrokenPattern, match=r"\w"):
        matches("a", pattern)
