import re
from datetime import timedelta

import pytest
from hypothesis import given

from otn_studio.blocks.duration import Duration
from tests import strategies


@pytest.mark.parametrize(
    ("text", "length", "written"),
    [
        ("1 minute", timedelta(minutes=1), "1 minute"),
        ("90 minutes", timedelta(minutes=90), "90 minutes"),
        ("24 hours", timedelta(days=1), "24 hours"),
        ("1 day", timedelta(days=1), "1 day"),
        ("1 days", timedelta(days=1), "1 day"),
        ("3 day", timedelta(days=3), "3 days"),
        (" 2 weeks\n", timedelta(weeks=2), "2 weeks"),
        ("0 minutes", timedelta(0), "0 minutes"),
        ("007 days", timedelta(days=7), "7 days"),
        ("999999 weeks", timedelta(weeks=999_999), "999999 weeks"),
    ],
)
def test_a_length_of_time_is_read_and_kept_in_its_unit(text, length, written):
    duration = Duration.read(text)
    assert duration.length == length
    assert str(duration) == written


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "days", "3days", "3  days", "-3 days", "1.5 days", "1,5 days", "3 months"),
        *("3 Days", "three days", "1000000 days", "3 days and 2 hours", "3 days\n2 hours", "３ｄ"),
    ],
)
def test_anything_else_is_refused_with_an_example(text):
    sentence = f"“{text}” is not a length of time such as “3 days” or “90 minutes”"
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Duration.read(text)


@given(strategies.durations)
def test_what_is_written_is_read_back_equal(duration):
    assert Duration.read(str(duration)) == duration
