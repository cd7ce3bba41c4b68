from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.outgoing import TextMessage
from otn_studio.blocks.turn import Go, Send, SetField, Sleep, Step
from otn_studio.blocks.words import Words
from tests.builders import NOW, a_turn


@pytest.mark.parametrize(
    ("text", "limit", "rendered"),
    [
        ("12345", 5, "12345"),
        ("123456", 5, "1234…"),
        ("👟👟👟👟👟", 5, "👟👟👟👟👟"),
        ("👟👟👟👟👟👟", 5, "👟👟👟👟…"),
        ("123 56", 5, "123…"),
        ("", 5, ""),
    ],
)
def test_a_text_that_gets_too_long_is_cut_with_a_note(text, limit, rendered):
    turn = a_turn(text=text)
    assert turn.render("{{ contact.text }}", limit) == rendered
    said = [str(note) for note in turn.notes]
    assert said == ([] if text == rendered else [f"A text was cut from 6 to {limit} characters"])


@given(st.text("a👟", max_size=50), st.integers(1, 50))
def test_a_cut_text_has_exactly_as_many_characters_as_are_allowed(text, limit):
    rendered = a_turn(text=text).render("{{ contact.text }}", limit)
    assert len(rendered) == min(len(text), limit)


@given(st.text(max_size=50), st.integers(1, 50))
def test_no_rendered_text_is_longer_than_allowed(text, limit):
    assert len(a_turn(text=text).render("{{ contact.text }}", limit)) <= limit


def test_a_text_that_can_not_be_filled_in_is_empty_and_noted():
    turn = a_turn(odd="inf")
    assert turn.render("{{ contact.odd | ceil }}", 100) == ""
    assert turn.notes == [
        Words(
            "A text could not be filled in: {problem}",
            problem="cannot convert float infinity to integer",
        )
    ]


def test_every_answer_carries_the_notes():
    turn, message = a_turn(), TextMessage("Hi")
    turn.render("{{", 10)
    [note] = turn.notes
    later = NOW + timedelta(days=1)
    effect = SetField("size", None)
    assert turn.go("yes", effect) == Step(Go("yes"), (effect,), (note,))
    assert turn.sleep_until(later) == Step(Sleep(later, "next"), (), (note,))
    assert turn.send((message,), "shoes") == Step(Send((message,), "shoes"), (), (note,))
