"""The way to a value within a block."""

import pytest

from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.studio.panel import paths
from tests.builders import say

BLOCK = SendMessage(
    elements=(*say().elements, Buttons(id="ask", text="?", buttons=(Button(id="a", title="A"),)))
)


def test_a_value_is_replaced_and_all_beside_it_stays_the_same_object():
    changed = paths.replaced(BLOCK, "elements.1.buttons.0.title", "B")
    assert changed.elements[1].buttons[0].title == "B"
    assert changed.elements[0] is BLOCK.elements[0]
    assert BLOCK.elements[1].buttons[0].title == "A"


def test_paths_use_the_names_of_the_file():
    wait = Wait(for_="3 days")
    assert str(paths.at(wait, "for")) == "3 days"
    with pytest.raises(LookupError):
        paths.at(wait, "for_")


@pytest.mark.parametrize(
    ("field", "opened"),
    [
        ("", ""),
        ("by_topic", ""),
        ("elements", ""),
        ("elements.1", "elements.1"),
        ("elements.1.buttons.0.title", "elements.1"),
        ("elements.7.title", ""),
        ("ask.a", "elements.1"),
        ("too_late", ""),
        ("nonsense.3", ""),
    ],
)
def test_the_innermost_element_is_what_is_open(field, opened):
    assert paths.opened(BLOCK, field) == opened
