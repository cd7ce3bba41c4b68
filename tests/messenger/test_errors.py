import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.messenger.errors import (
    BY_CODE,
    BY_SUBCODE,
    WORDS,
    GraphError,
    Reaction,
    error_in,
    reaction_to,
)
from tests.messenger.calm import calm

# Every row of the platform's table: code, sub-code, what to do
TABLE = [
    (10, 2018278, Reaction.TOO_LATE),
    (10, 2534022, Reaction.TOO_LATE),
    (10, 2018065, Reaction.TOO_LATE),
    (4, 2018354, Reaction.TOO_SOON),
    (9, 2018352, Reaction.REQUEST_LIMIT),
    (10, 1893015, Reaction.STOPPED),
    (10, 1404170, Reaction.PAGE_STOPPED),
    (10, 1893063, Reaction.PAGE_STOPPED),
    (613, 1893016, Reaction.REQUEST_LIMIT),
    (100, None, Reaction.BAD_PERMISSION_OR_PARAMETER),
    (100, 2018001, Reaction.BAD_PERMISSION_OR_PARAMETER),
    (100, 2018008, Reaction.BAD_PERMISSION_OR_PARAMETER),
    (100, 2018047, Reaction.BAD_PERMISSION_OR_PARAMETER),
    (100, 2018074, Reaction.BAD_PERMISSION_OR_PARAMETER),
    (551, None, Reaction.UNREACHABLE),
    (551, 1545041, Reaction.UNREACHABLE),
    (200, 1545041, Reaction.UNREACHABLE),
    (4, None, Reaction.RATE_LIMITED),
    (32, None, Reaction.RATE_LIMITED),
    (613, None, Reaction.RATE_LIMITED),
    (613, 2018338, Reaction.RATE_LIMITED),
    (613, 2534040, Reaction.RATE_LIMITED),
    (80006, None, Reaction.RATE_LIMITED),
    (1200, None, Reaction.RETRY),
    (2, None, Reaction.RETRY),
    (-1, None, Reaction.RETRY),
    (190, None, Reaction.PAGE_STOPPED),
    (230, None, Reaction.PAGE_STOPPED),
    (10, 2018300, Reaction.OTHER_APP),
    (10, 2018321, Reaction.OTHER_APP),
    (2018300, None, Reaction.OTHER_APP),
    (2018321, None, Reaction.OTHER_APP),
]


def body(code, subcode=None, **more):
    subcodes = {} if subcode is None else {"error_subcode": subcode}
    return {"error": {"message": "(#1) No", "code": code, **subcodes, **more}}


@pytest.mark.parametrize("status", [200, 400, 403, 500])
@pytest.mark.parametrize(("code", "subcode", "reaction"), TABLE)
def test_every_row_of_the_table(code, subcode, reaction, status):
    assert error_in(status, body(code, subcode)) == GraphError(code, subcode, "(#1) No", reaction)


def test_the_table_here_is_the_whole_table():
    assert {code for code, subcode, _ in TABLE if subcode is None} == set(BY_CODE)
    assert {subcode for _, subcode, _ in TABLE if subcode} == set(BY_SUBCODE)


@pytest.mark.parametrize(("code", "subcode"), [(190, 460), (551, 99), (4, 99), (100, 99)])
def test_an_unknown_subcode_leaves_it_to_the_code(code, subcode):
    assert reaction_to(400, code, subcode) is BY_CODE[code]


@pytest.mark.parametrize(
    ("status", "reaction"),
    [
        (429, Reaction.RATE_LIMITED),
        (500, Reaction.RETRY),
        (502, Reaction.RETRY),
        (503, Reaction.RETRY),
        (400, Reaction.FAILED),
        (403, Reaction.FAILED),
        (404, Reaction.FAILED),
        (302, Reaction.FAILED),
    ],
)
@pytest.mark.parametrize("found", [None, {}, [], "<html>", {"error": "x"}, body(10), body("x", [])])
def test_the_status_speaks_where_the_code_is_unknown(status, reaction, found):
    assert error_in(status, found).reaction is reaction


@pytest.mark.parametrize("found", [None, {}, [], {"message_id": "m"}, {"error": None}])
def test_an_answer_with_200_and_no_error_object_is_no_error(found):
    assert error_in(200, found) is None


def test_an_error_object_counts_in_an_answer_with_200():
    assert error_in(200, body(10, 2018278)).reaction is Reaction.TOO_LATE
    assert error_in(200, {"error": {}}).reaction is Reaction.FAILED


def test_codes_may_be_texts():
    error = error_in(400, body("10", "2018278"))
    assert (error.code, error.subcode, error.reaction) == (10, 2018278, Reaction.TOO_LATE)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30),
        ("0", 0),
        ("86400", 86400),
        ("86401", None),
        ("-1", None),
        ("1.5", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(header, seconds):
    assert error_in(429, None, header).retry_after_seconds == seconds


@pytest.mark.parametrize(
    ("until", "seconds"),
    [
        ("Wed, 21 Oct 2026 07:30:00 GMT", 120),
        ("Wed, 21 Oct 2026 09:28:10 +0200", 10),
        ("Wed, 21 Oct 2026 07:28:01", 1),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 0),
        ("Wed, 21 Oct 2026 07:27:59 GMT", None),
        ("Fri, 23 Oct 2026 07:28:00 GMT", None),
        ("Wed, 99 Oct 2026 07:28:00 GMT", None),
        ("soon", None),
    ],
)
def test_retry_after_an_instant_is_counted_from_the_answer_and_not_by_our_clock(until, seconds):
    answered = "Wed, 21 Oct 2026 07:28:00 GMT"
    assert error_in(429, None, until, answered).retry_after_seconds == seconds


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(max_size=5), inside),
    max_leaves=3,
)


@calm
@given(st.integers(100, 599), json_values, json_values, json_values, st.text())
def test_nothing_raises(status, code, subcode, message, retry_after):
    for found in (code, body(code, subcode, message=message), {"error": message}):
        error = error_in(status, found, retry_after, message if isinstance(message, str) else None)
        assert error is None or json.dumps([error.code, error.subcode, error.message])


def test_every_reaction_has_words_for_people():
    assert set(WORDS) == set(Reaction)
    assert len({str(words) for words in WORDS.values()}) == len(Reaction)
    for words in WORDS.values():
        assert not re.search(r"error|code|token|api|window|\d{3}", str(words), re.IGNORECASE)
    assert error_in(400, body(10, 2018278)).words == WORDS[Reaction.TOO_LATE]
