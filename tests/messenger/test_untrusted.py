import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.messenger.untrusted import identifier, mapping, mappings, parsed, text
from tests.messenger.calm import calm

plain_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
plain_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | plain_text
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inside: st.lists(inside) | st.dictionaries(plain_text, inside),
)


@calm
@given(plain_json)
def test_ordinary_json_comes_through_unchanged(value):
    assert parsed(json.dumps(value).encode()) == value


@calm
@given(st.text().map(lambda it: it + "\ud800\0\udc00x"))
def test_text_can_be_stored(value):
    read = parsed(json.dumps({value: [value]}).encode())
    stored = json.dumps(read, ensure_ascii=False).encode()
    assert rb"\u0000" not in stored
    assert "�".encode() in stored


def test_only_the_broken_half_of_a_character_is_replaced():
    assert parsed(rb'"a\ud83db \ud83d\ude00\u0000"') == "a�b 😀"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5_000])
def test_numbers_without_a_value_become_nothing(number):
    assert parsed(f'[1, {number}, "ok"]'.encode()) == [1, None, "ok"]


def test_nesting_is_cut_off():
    read = parsed(b'{"a": ' * 300 + b"1" + b"}" * 300)
    depth = 0
    while read is not None:
        read, depth = read["a"], depth + 1
    assert 10 <= depth <= 100


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\xfd", b"[" * 200_000, b'{"a": 01}'])
def test_what_is_no_json_is_nothing(body):
    assert parsed(body) is None


@calm
@given(st.binary(max_size=100))
def test_no_bytes_raise(body):
    json.dumps(parsed(body), allow_nan=False)


def test_questions_can_be_chained():
    assert mapping(mapping({"a": {"b": 1}}).get("a")).get("b") == 1
    assert mapping(mapping([]).get("a")).get("b") is None
    assert mappings([{"a": 1}, None, 3, [{}]]) == [{"a": 1}]
    assert mappings({"a": 1}) == []
    assert (text("x"), text(3), text(None)) == ("x", "", "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12", "12"),
        (12, "12"),
        (0, "0"),
        (True, ""),
        (1.5, ""),
        (None, ""),
        ({"id": 1}, ""),
        ("x" * 400, "x" * 400),
        ("x" * 401, ""),
        (math.inf, ""),
    ],
)
def test_ids(value, expected):
    assert identifier(value) == expected
