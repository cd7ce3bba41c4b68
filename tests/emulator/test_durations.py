from datetime import timedelta

import pytest

from otn_studio.emulator.durations import parse_duration


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3 days", timedelta(days=3)),
        ("1 day 2 hours", timedelta(days=1, hours=2)),
        ("25h", timedelta(hours=25)),
        ("1d12h30m", timedelta(days=1, hours=12, minutes=30)),
        ("1.5 Hours", timedelta(minutes=90)),
        ("90 seconds", timedelta(seconds=90)),
        ("2 weeks", timedelta(weeks=2)),
        ("0 minutes", timedelta()),
    ],
)
def test_lengths_of_time(text, length):
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", " ", "days", "3", "3 moons", "3 days or so", "-1 day", "3 dayss"]
)
def test_other_words_are_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="is not a length of time"):
        parse_duration(text)
