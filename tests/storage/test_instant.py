from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.storage.instant import Instant

INSTANT = Instant()
aware = st.datetimes(timezones=st.just(UTC))


@given(aware)
def test_an_instant_comes_back_to_the_microsecond(instant):
    stored = INSTANT.process_bind_param(instant, None)
    assert INSTANT.process_result_value(stored, None) == instant


@given(aware, aware)
def test_instants_keep_their_order(one, other):
    stored = [INSTANT.process_bind_param(instant, None) for instant in (one, other)]
    assert (stored[0] < stored[1]) == (one < other)


def test_the_same_instant_is_the_same_in_every_zone():
    there = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    assert INSTANT.process_bind_param(there, None) == INSTANT.process_bind_param(
        there.astimezone(UTC), None
    )


def test_a_time_without_a_zone_is_a_mistake():
    with pytest.raises(TypeError):
        INSTANT.process_bind_param(datetime(2026, 11, 23), None)


def test_nothing_stays_nothing():
    assert INSTANT.process_bind_param(None, None) is None
    assert INSTANT.process_result_value(None, None) is None
