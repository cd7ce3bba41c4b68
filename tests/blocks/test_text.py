from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.outgoing import TextMessage
from otn_studio.policy import limits
from tests.builders import a_turn


def test_it_is_one_message_and_has_no_way_out():
    assert Text(id="hi", text="Hello!").message(a_turn()) == TextMessage("Hello!")
    assert Text(id="hi").ports() == ()


def test_a_text_is_cut_at_the_limit():
    turn = a_turn(name="👟" * 1_001)
    message = Text(id="hi", text="{{ contact.name }}{{ contact.name }}").message(turn)
    assert len(message.text) == limits.TEXT
    assert len(turn.notes) == 1
