"""While one writes in braces, what can stand there is offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from otn_studio.blocks import liquid
from otn_studio.blocks.field import Field
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.completion import TAKES, USES, completions
from tests.builders import ask, started

TITLE = "elements.0.title"
SHOP = Flow("shop", "Shop", fields={"left": Field("Pairs left", of_page=True)})


@pytest.fixture
def here(stage):
    made = stage(started(ask("")))
    made.select("it", TITLE)
    return made


def offered(here) -> list[str]:
    shown = here.panel.window().findChild(QListWidget, f"{TITLE} suggestions")
    return [shown.item(row).text() for row in range(shown.count())] if shown.isVisible() else []


def title(here) -> str:
    return here.block().elements[0].title


def test_fields_are_offered_by_their_names_and_by_their_keys(here):
    here.type("Hi {{ fir")
    assert offered(here) == [
        "First name contact.first_name",
        "First seen contact.first_seen",
    ]
    here.press(Qt.Key.Key_Tab)
    assert title(here) == "Hi {{ contact.first_name }}"
    assert offered(here) == []
    here.type(" | up")
    assert offered(here) == ["upcase large letters"]
    here.press(Qt.Key.Key_Return)
    assert title(here) == "Hi {{ contact.first_name | upcase }}"


def test_the_arrows_choose_and_escape_goes_on_writing(here):
    here.type("{{first")
    here.press(Qt.Key.Key_Down)
    here.press(Qt.Key.Key_Return)
    assert title(here) == "{{ contact.first_seen }}"
    here.type(" | plus_d")
    here.press(Qt.Key.Key_Escape)
    assert offered(here) == []
    assert title(here) == "{{ contact.first_seen | plus_d }}"


def test_nothing_is_offered_outside_of_braces(here):
    here.type("first {{ contact.size }} first")
    assert offered(here) == []
    here.type(" {{ size")
    assert offered(here) == ["Size contact.size"]
    here.press(Qt.Key.Key_Home)
    assert offered(here) == []


def test_values_of_the_page_and_the_time_are_offered_too():
    fits = {fit.text: fit.label for fit in completions(SHOP, "{{ ")}
    assert fits["page.left"] == "Pairs left"
    assert fits["now"] == "Date and time now"
    assert "contact.left" not in fits


@given(st.sampled_from(["{{ ", "{{ today | ", "Hi {{ contact.size | up", "{{page.", "{{ now|d"]))
def test_what_is_taken_can_be_read_and_is_known(before):
    for fit in completions(SHOP, before):
        text = f"{before[: len(before) - fit.over]}{fit.text} }}}}"
        assert liquid.other_names(text) == set()


def test_what_is_said_of_filters_is_of_filters_that_there_are():
    assert TAKES.keys() | USES.keys() <= liquid.FILTERS
