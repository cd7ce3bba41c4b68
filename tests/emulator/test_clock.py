from datetime import UTC, datetime, timedelta, timezone

import pytest

from otn_studio.emulator.clock import MovableClock, milliseconds, utc_now, whole_milliseconds
from tests.emulator.conftest import START, START_MS


class Base:
    """A base clock that ticks when it is told to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


def test_it_shows_its_base_until_it_is_moved(clock):
    assert clock.now() == START
    assert clock.offset == timedelta()


def test_advancing_adds_up(clock):
    clock.advance(timedelta(hours=23))
    assert clock.advance(timedelta(hours=2)) == START + timedelta(hours=25)
    assert clock.now() == START + timedelta(hours=25)


def test_time_goes_on_by_itself_after_a_move():
    base = Base()
    clock = MovableClock(base)
    clock.move_to(datetime(2040, 1, 1, tzinfo=UTC))
    base.at += timedelta(seconds=5)
    assert clock.now() == datetime(2040, 1, 1, 0, 0, 5, tzinfo=UTC)


def test_it_can_be_put_to_an_earlier_instant_in_any_zone(clock):
    instant = datetime(2020, 6, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert clock.move_to(instant) == datetime(2020, 6, 1, 10, tzinfo=UTC)
    assert clock.now().utcoffset() == timedelta()


def test_it_is_not_advanced_backwards(clock):
    with pytest.raises(ValueError, match="forwards"):
        clock.advance(timedelta(microseconds=-1))


def test_an_instant_without_a_zone_is_refused(clock):
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(datetime(2040, 1, 1))


@pytest.mark.parametrize("by", [timedelta(days=3_000_000), timedelta.max])
def test_a_refused_move_leaves_it_as_it_was(clock, by):
    clock.advance(timedelta(days=1))
    with pytest.raises(ValueError, match="9999"):
        clock.advance(by)
    assert clock.now() == START + timedelta(days=1)


def test_the_real_time_is_in_utc():
    assert utc_now().tzinfo is UTC


def test_milliseconds_are_cut_off_not_rounded():
    assert milliseconds(START) == START_MS
    assert whole_milliseconds(START).microsecond == 123_000
    last = datetime(2030, 1, 1, microsecond=999_999, tzinfo=UTC)
    assert whole_milliseconds(last).microsecond == 999_000
