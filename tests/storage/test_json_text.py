"""JSON in the database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.storage import json_text

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)


@given(anything)
def test_what_is_written_is_read_again(value):
    assert json_text.read(json_text.written(value)) == value


@given(anything)
def test_what_others_have_written_is_read_as_well(value):
    assert json_text.read(json.dumps(value)) == value


def test_half_a_character_is_kept():
    half = {"text": "oh \ud83d no"}
    assert json_text.read(json_text.written(half)) == half


def test_what_is_no_json_is_not_read():
    with pytest.raises(json.JSONDecodeError):
        json_text.read("{")
