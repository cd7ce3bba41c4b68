import pytest

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.turn import SetField as SetFieldEffect
from tests.builders import a_turn


def test_a_value_is_stored_as_long_as_a_field_may_be():
    step = SetField(field="size", value="👟" * (VALUE_LIMIT + 1)).step(a_turn())
    assert step.effects == (SetFieldEffect("size", "👟" * (VALUE_LIMIT - 1) + "…"),)
    assert [str(note) for note in step.notes] == ["A text was cut from 1001 to 1000 characters"]


def test_a_value_of_exactly_the_limit_is_stored_whole():
    step = SetField(field="size", value="👟" * VALUE_LIMIT).step(a_turn())
    assert step.effects == (SetFieldEffect("size", "👟" * VALUE_LIMIT),)
    assert step.notes == ()


@pytest.mark.parametrize(("value", "summary"), [("42", "Set “size” to “42”"), ("", "Clear “size”")])
def test_its_summary_says_what_it_does(value, summary):
    assert str(SetField(field="size", value=value).summary()) == summary
