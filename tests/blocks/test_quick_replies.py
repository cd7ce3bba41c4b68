from otn_studio.blocks.block import Role
from otn_studio.blocks.elements.quick_replies import PhoneOrEmail, QuickReplies, QuickReply
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.outgoing import Choice, TextMessage
from otn_studio.policy import limits
from tests.builders import a_turn


def test_every_answer_is_a_way_out():
    replies = (QuickReply(id="s41", title="41"), QuickReply(id="s42", title="42"))
    element = QuickReplies(id="ask", text="Size?", replies=replies)
    assert [(port.id, port.role) for port in element.ports()] == [
        ("ask.s41", Role.CHOICE),
        ("ask.s42", Role.CHOICE),
    ]
    assert element.message(a_turn()) == TextMessage(
        "Size?", (Choice("41", "ask.s41"), Choice("42", "ask.s42"))
    )


def test_a_title_is_cut_at_its_limit():
    reply = QuickReply(id="mine", title="{{ contact.name }}")
    message = QuickReplies(id="ask", text="Who?", replies=(reply,)).message(a_turn(name="x" * 30))
    assert message.quick_replies[0].title == "x" * (limits.QUICK_REPLY_TITLE - 1) + "…"


def test_what_was_known_of_the_field_that_keeps_an_answer_may_be_so_no_more():
    own = (PhoneOrEmail(id="tel", field="phone"), PhoneOrEmail(id="mail", detail="email_address"))
    element = QuickReplies(id="reach", text="How?", replies=own)
    assert SendMessage(elements=(element,)).effect().sets == {"field phone"}
