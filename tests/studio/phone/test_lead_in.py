"""How a person comes to a block."""

from datetime import timedelta

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.studio.phone.lead_in import LeadIn, lead_in
from tests.builders import START, a_flow, ask, say

QUESTION = SendMessage(
    elements=(QuickReplies(id="q", text="Size?", replies=(QuickReply(id="s", title="42"),)),)
)
WAIT = Wait(for_=Duration(20, "hour"))


def test_a_keyword_right_before():
    assert lead_in(a_flow({"start": START, "it": say()}, "start > it"), "it") == LeadIn("hello")


def test_no_keyword_leads_here():
    flow = a_flow({"start": GetStarted(), "it": say(), "alone": say()}, "start > it")
    assert lead_in(flow, "it") is None
    assert lead_in(flow, "alone") is None


def test_a_keyword_without_a_word_does_not_count_and_the_first_word_does():
    blocks = {
        "empty": Keyword(keywords=(" ",)),
        "start": Keyword(keywords=("", " restock ")),
        "it": say(),
    }
    assert lead_in(a_flow(blocks, "empty > it"), "it") is None
    assert lead_in(a_flow(blocks, "start > it"), "it") == LeadIn("restock")


def test_an_answer_on_the_way_opens_the_window_anew():
    blocks = {"start": START, "first": WAIT, "ask": QUESTION, "later": WAIT, "it": say()}
    flow = a_flow(blocks, "start > first", "first > ask", "ask.q.s > later", "later > it")
    assert lead_in(flow, "it") == LeadIn("hello", "42", skips=True, waited=timedelta(hours=20))


def test_notify_me_does_not_open_the_window():
    flow = a_flow(
        {"start": START, "wait": WAIT, "ask": ask(), "it": say()},
        *("start > wait", "wait > ask", "ask.card.opted_in > it"),
    )
    found = lead_in(flow, "it")
    assert found.opted_in
    assert found.topic == "shoes"
    assert found.waited == timedelta(hours=20)


def test_other_messages_are_told_of():
    flow = a_flow({"start": START, "a": say(), "it": say()}, "start > a", "a > it")
    assert lead_in(flow, "it") == LeadIn("hello", skips=True)


def test_the_nearest_keyword_of_several_and_circles_end():
    blocks = {"far": Keyword(keywords=("far",)), "near": START, "a": say(), "it": say()}
    flow = a_flow(blocks, "far > a", "a > it", "it > a", "near > it")
    assert lead_in(flow, "it").keyword == "hello"
