from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.logic.condition import Condition, TagTest
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.flow.document import Flow
from tests.builders import START, a_flow, ask, say, started
from tests.checks.cases import error, found, warning

IF = Condition(tests=(TagTest(tag="vip"),))
WAIT = Wait(for_=Duration(1, "day"))
SHOP = Button(id="shop", title="Shop", url="https://example.com")
BUTTON = SendMessage(
    elements=(Buttons(id="ask", text="Again?", buttons=(Button(id="yes", title="Yes"), SHOP)),)
)

QUICK = SendMessage(
    elements=(QuickReplies(id="ask", text="Sure?", replies=(QuickReply(id="yes", title="Yes"),)),)
)


def loop(*arrows: str) -> Flow:
    """A start, messages, a wait, a condition and a button, all reached; then these arrows."""
    blocks = {"start": START, "a": say(), "b": say(), "wait": WAIT, "if": IF, "button": BUTTON}
    return a_flow(blocks, "start > if", "if.no > a", *arrows)


CASES = [
    error("no_start", a_flow({"a": say()}), a_flow({"a": say(), "start": START}, "start > a")),
    error("no_start", a_flow({}), a_flow({"start": START})),
    warning(
        "unreachable",
        a_flow({"start": START, "a": say(), "b": say()}, "start > a", "b > a"),
        a_flow({"start": START, "a": say(), "b": say()}, "start > a", "a > b"),
        "b",
    ),
    warning(
        "unreachable",
        a_flow({"start": START, "a": say(), "b": say(), "c": say()}, "start > a", "b > c", "c > b"),
        a_flow({"start": START, "a": say(), "b": say()}, "start > a", "a.too_late > b"),
        "c",
    ),
    warning(
        "unreachable",
        a_flow({"start": START, "card": ask(), "a": say()}, "start > card"),
        a_flow(
            {"start": START, "card": ask(), "a": say()}, "start > card", "card.card.opted_in > a"
        ),
        "a",
    ),
    warning(
        "open_way",
        a_flow({"start": START, "card": ask()}, "start > card"),
        a_flow(
            {"start": START, "card": ask(), "a": say()}, "start > card", "card.card.opted_in > a"
        ),
        "card",
        "card.opted_in",
    ),
    warning(
        "open_way",
        a_flow({"start": START, "b": BUTTON}, "start > b"),
        a_flow({"start": START, "b": BUTTON, "a": say()}, "start > b", "b.ask.yes > a"),
        "b",
        "ask.yes",
    ),
    warning(
        "open_way",
        a_flow({"start": START, "q": QUICK, "a": say()}, "start > q", "q > a"),
        a_flow({"start": START, "q": QUICK, "w": WaitForAnswer()}, "start > q", "q > w"),
        "q",
        "ask.yes",
    ),
    warning(
        "open_branches",
        started(IF),
        a_flow({"start": START, "if": IF, "a": say()}, "start > if", "if.no > a"),
        "it",
    ),
    warning(
        "open_start",
        a_flow({"start": START, "a": say(), "other": GetStarted()}, "start > a"),
        a_flow({"start": START, "a": say(), "other": GetStarted()}, "start > a", "other > a"),
        "other",
    ),
    error("endless_loop", loop("a > a"), loop("a > b"), "a"),
    error("endless_loop", loop("a > b", "b > a"), loop("a > button", "button.ask.yes > a"), "a"),
    error("endless_loop", loop("a > b", "b > if"), loop("a > b", "b > wait"), "a"),
    error("endless_loop", loop("a.too_late > a"), loop("a.too_late > b"), "a"),
    error("endless_loop", loop("if.yes > if"), loop("if.yes > wait", "wait > b"), "if"),
    error(
        "endless_loop",
        loop("a > b", "b > a", "b.too_late > wait", "wait > a"),
        loop("a > b", "b.too_late > wait"),
        "a",
    ),
    warning("loop_without_person", loop("a > wait", "wait > a"), loop("a > wait"), "a"),
    warning(
        "loop_without_person",
        loop("if.yes > wait", "wait > if"),
        loop("if.yes > wait", "wait > button", "button.ask.yes > if"),
        "if",
    ),
]


def test_a_loop_that_a_button_leads_round_is_fine():
    flow = a_flow({"start": START, "b": BUTTON}, "start > b", "b.ask.yes > b")
    assert found(flow) == []


def test_a_loop_that_an_opt_in_leads_round_is_fine():
    flow = a_flow({"start": START, "ask": ask()}, "start > ask", "ask.card.opted_in > ask")
    assert found(flow, "endless_loop") == found(flow, "loop_without_person") == []


def test_an_open_next_simply_ends():
    assert found(started(say())) == []


def test_an_open_rescue_simply_ends():
    assert found(a_flow({"start": START, "a": say(), "b": say()}, "start > a", "a > b")) == []


def test_where_nothing_starts_that_is_the_only_thing_said_of_the_structure():
    assert [finding.code for finding in found(a_flow({"a": say(), "b": say()}))] == ["no_start"]


def test_a_loop_is_reported_once_at_the_first_of_its_blocks():
    [finding] = found(loop("a > b", "b > if"), "endless_loop")
    assert finding.block == "a"


def test_two_loops_are_two_findings():
    flow = loop("a > a", "if.yes > b", "b > b")
    assert {finding.block for finding in found(flow, "endless_loop")} == {"a", "b"}


def test_a_loop_at_once_within_one_with_a_wait_is_reported_once():
    flow = loop("a > b", "b > a", "b.too_late > wait", "wait > a")
    assert found(flow, "loop_without_person") == []


def test_the_order_of_findings_is_that_of_the_blocks():
    names = [f"b{number}" for number in range(20)]
    flow = a_flow({"start": START, "it": say(), **{name: say() for name in names}}, "start > it")
    assert [finding.block for finding in found(flow)] == names
