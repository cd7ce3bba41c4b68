from otn_studio.blocks.block import Role
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.outgoing import ButtonsMessage, Choice, Link
from otn_studio.policy import limits
from tests.builders import a_turn

YES = Button(id="yes", title="Yes")
SHOP = Button(id="shop", title="Shop", url="https://example.com")


def test_a_button_leads_on_and_one_with_an_address_does_not():
    element = Buttons(id="ask", text="Well?", buttons=(YES, SHOP))
    [port] = element.ports()
    assert (port.id, str(port.words), port.role) == ("ask.yes", "Yes", Role.CHOICE)
    assert element.message(a_turn()) == ButtonsMessage(
        "Well?", (Choice("Yes", "ask.yes"), Link("Shop", "https://example.com"))
    )


def test_text_and_titles_are_cut_at_their_own_limits():
    long = Button(id="yes", title="{{ contact.name }}")
    turn = a_turn(name="x" * 1_000)
    message = Buttons(id="ask", text="{{ contact.name }}", buttons=(long,)).message(turn)
    assert len(message.text) == limits.BUTTON_TEXT
    assert len(message.buttons[0].title) == limits.BUTTON_TITLE
    assert len(turn.notes) == 2


def test_a_title_is_shown_as_it_was_written_braces_and_all():
    [port] = Buttons(id="ask", buttons=(Button(id="yes", title="{{ contact.name }}"),)).ports()
    assert str(port.words) == "{{ contact.name }}"
