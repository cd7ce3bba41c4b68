"""How a phone tells moments and lengths of time."""

from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.studio.phone import times

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(), "TODAY 9:05"),
        (timedelta(hours=9), "TODAY 0:05"),
        (timedelta(hours=10), "YESTERDAY 23:05"),
        (timedelta(days=2), "MON 9:05"),
        (timedelta(days=7), "18 NOV 9:05"),
        (timedelta(days=400), "21 OCT 2025 9:05"),
    ],
)
def test_when_something_was(before, said):
    assert times.moment(NOW - before, NOW) == said


def test_a_full_moment():
    assert times.full(NOW) == "Wed 25 Nov 2026, 9:05"


@pytest.mark.parametrize(
    ("since", "left"),
    [
        (timedelta(minutes=1), "You can write to Ann freely for 23 h 59 min"),
        (timedelta(hours=24) - timedelta(seconds=1), "You can write to Ann freely for 0 min"),
        (timedelta(hours=24), "Ann's 24 hours are over: writing now takes a permission"),
    ],
)
def test_what_is_left_of_the_window(since, left):
    assert times.window_left(NOW - since, NOW, "Ann") == left
