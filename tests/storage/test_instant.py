from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.storage.instant import Instant

bound, read = Instant().bind_processor(None), Instant().result_processor(None, None)
aware = st.datetimes(timezones=st.just(UTC))


@given(aware)
def test_an_instant_comes_back_to_the_microsecond(instant):
    stored = bound(instant)
    assert read(stored) == instant


@given(aware, aware)
def test_instants_keep_their_order(one, other):
    stored = [bound(instant) for instant in (one, other)]
    assert (stored[0] < stored[1]) == (one < other)


def test_the_same_instant_is_the_same_in_every_zone():
    there = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    assert bound(there) == bound(there.astimezone(UTC))


def test_a_time_without_a_zone_is_a_mistake():
    with pytest.raises(TypeError):
        bound(datetime(2026, 11, 23))


def test_nothing_stays_nothing():
    assert bound(None) is None
    assert read(None) is None
