"""What follows a comment below a post: one private reply, and the rest once the person answers."""

from datetime import timedelta

from otn_studio.blocks import event as events
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.outgoing import PrivateReply
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.comment import Comment
from otn_studio.interpreter.conversation import Conversation
from tests.interpreter.flows import flow, keyword, says
from tests.interpreter.talk import MONDAY, Talk

FLOW = flow(
    {"c": Comment(), "first": says("Hello!"), "then": says("More", "and more")},
    "c.next > first",
    "first.next > then",
)


def comment(talk: Talk, id: str = "c1") -> Talk:
    return talk.happens(events.Commented(talk.now, "1", id, "Nice"))


def test_the_first_message_answers_the_comment_and_the_rest_waits_for_an_answer():
    talk = comment(Talk(FLOW))
    assert talk.texts() == ["Hello!"]
    assert talk.rights == [PrivateReply("c1", MONDAY + timedelta(days=7))]
    talk.wait(days=3)
    assert talk.texts() == []
    assert talk.write("Yes?").texts() == ["More", "and more"]
    assert talk.rights[1:] == [None]
    assert talk.write("Yes?").texts() == []


def test_a_keyword_waits_while_an_answer_is_due_and_no_longer():
    talk = comment(Talk(FLOW, flow({"k": keyword("hi"), "m": says("Hi")}, "k.next > m", id="g")))
    talk.texts()
    assert talk.write("hi").texts() == ["More", "and more"]
    assert talk.write("hi").texts() == ["Hi"]


def test_where_nothing_follows_nothing_waits():
    lone = flow({"c": Comment(), "first": says("Hello!")}, "c.next > first")
    talk = comment(Talk(lone, flow({"k": keyword("hi"), "m": says("Hi")}, "k.next > m", id="g")))
    assert talk.write("hi").texts() == ["Hello!", "Hi"]


def test_another_comment_is_answered_anew():
    talk = comment(comment(Talk(FLOW)), "c2")
    assert [right.comment for right in talk.rights] == ["c1", "c2"]
    talk.texts()
    assert talk.write("Yes?").texts() == ["More", "and more"]


def test_time_may_pass_and_flows_may_change_before_the_reply():
    wait = Wait(for_=Duration(2, "day"))
    outer = flow(
        {"c": Comment(), "w": wait, "go": GoToFlow(flow="g"), "back": says("Back")},
        *("c.next > w", "w.next > go", "go.next > back"),
    )
    inner = flow({"in": AnotherFlow(), "m": says("Inside")}, "in.next > m", id="g")
    talk = comment(Talk(outer, inner)).wait(days=2)
    assert talk.texts() == ["Inside"]
    assert talk.rights == [PrivateReply("c1", MONDAY + timedelta(days=7))]
    assert talk.write("Yes?").texts() == ["Back"]


def test_a_tap_is_an_answer_too():
    ask = SendMessage(
        elements=[Buttons(id="b", text="Size?", buttons=[Button(id="s", title="Small")])]
    )
    talk = Talk(
        flow(
            {"c": Comment(), "ask": ask, "then": says("Next"), "small": says("Small it is")},
            *("c.next > ask", "ask.next > then", "ask.b.s > small"),
        )
    )
    assert comment(talk).texts() == ["Size?"]
    assert talk.tap("Small").texts() == ["Next", "Small it is"]


def test_a_reply_that_came_too_late_is_gone():
    late = flow(
        {"c": Comment(), "first": says("Hello!"), "sorry": says("Sorry")},
        *("c.next > first", "first.too_late > sorry"),
    )
    talk = comment(Talk(late).refuse(too_late=True))
    assert talk.rights == [PrivateReply("c1", MONDAY + timedelta(days=7)), None]


def test_a_conversation_that_was_saved_before_there_were_comments_is_read():
    text = '{"next":3,"threads":[[2,"f",1,"m",{"heard":""},1,0,[["g",1,"b","next"]]]]}'
    [thread] = Conversation.from_text(text).threads.values()
    assert (thread.tries, thread.reply, thread.run) == (0, None, "g")
