from otn_studio.blocks.block import Role
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.outgoing import TextMessage
from otn_studio.blocks.turn import Send
from tests.builders import a_turn, say


def test_the_ways_out_of_its_elements_come_before_its_own():
    block = SendMessage(
        elements=(
            Buttons(id="ask", text="Well?", buttons=(Button(id="yes", title="Yes"),)),
            OtnRequest(id="card", topic="shoes", title="Tell me"),
        )
    )
    assert [(port.id, port.role) for port in block.ports()] == [
        ("ask.yes", Role.CHOICE),
        ("card.opted_in", Role.CHOICE),
        ("next", Role.NEXT),
        ("too_late", Role.RESCUE),
        ("could_not_send", Role.RESCUE),
    ]


def test_it_sends_its_elements_in_their_order_each_filled_in():
    block = SendMessage(
        elements=(Text(id="b", text="{{ contact.size }}"), Text(id="a", text="Bye")),
        by_topic="shoes",
    )
    assert block.step(a_turn(size="42")).then == Send(
        (TextMessage("42"), TextMessage("Bye")), "shoes", "next", "too_late", "could_not_send"
    )


def test_the_notes_of_all_its_texts_come_along():
    block = SendMessage(elements=(Text(id="a", text="{{"), Text(id="b", text="{%")))
    assert len(block.step(a_turn()).notes) == 2


def test_it_reads_elements_of_every_type_by_their_written_form():
    written = {"type": "send_message", "elements": [{"type": "text", "id": "text", "text": "Hi"}]}
    assert SendMessage.read(written) == say("Hi")


def test_without_a_title_it_is_called_by_its_type_whatever_it_sends():
    assert str(say().label()) == str(SendMessage().label()) == "Send Message"
