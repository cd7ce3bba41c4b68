"""How a phone tells moments and lengths of time."""

from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.studio import written
from otn_studio.studio.phone import times

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(), "TODAY"),
        (timedelta(hours=9), "TODAY"),
        (timedelta(hours=10), "YESTERDAY"),
        (timedelta(days=2), "MON"),
        (timedelta(days=7), "18 NOV"),
        (timedelta(days=400), "21 OCT 2025"),
    ],
)
def test_when_something_was(before, said):
    at = NOW - before
    assert times.moment(at, NOW) == f"{said} {written.time(at)}"


def test_a_full_moment():
    assert times.full(NOW) == f"Wed 25 Nov 2026, {written.time(NOW)}"


@pytest.mark.parametrize(
    ("since", "left"),
    [
        (timedelta(minutes=1), "You can write to Ann freely for 23 h 59 min"),
        (timedelta(hours=24) - timedelta(seconds=1), "You can write to Ann freely for 0 minutes"),
        (timedelta(hours=24), "Ann’s 24 hours are over: writing now takes a permission."),
    ],
)
def test_what_is_left_of_the_window(since, left):
    assert times.window_left(NOW - since, NOW, "Ann") == left
