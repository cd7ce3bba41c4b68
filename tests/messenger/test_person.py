from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.messenger.person import Person, person_of

BERLIN = ZoneInfo("Europe/Berlin")
SUMMER, WINTER = (datetime(2026, month, 1, tzinfo=UTC) for month in (7, 12))


def test_what_messenger_says_is_read():
    body = {"first_name": "Ann", "last_name": "Lee", "locale": "de_DE", "timezone": 5.5, "id": "7"}
    assert person_of(body) == Person("Ann", "Lee", "de_DE", 5.5)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
)
keys = st.sampled_from(("first_name", "last_name", "locale", "timezone"))


@given(st.dictionaries(keys, json))
def test_whatever_it_says_a_person_comes_of_it(body):
    person = person_of(body)
    zone = person.zone(BERLIN, SUMMER)
    assert not zone or SUMMER.astimezone(ZoneInfo(zone)).utcoffset().total_seconds() == (
        person.ahead * 3600
    )


@pytest.mark.parametrize(
    ("ahead", "now", "zone"),
    [
        (2, SUMMER, ""),
        (2, WINTER, "Etc/GMT-2"),
        (1, WINTER, ""),
        (-7, SUMMER, "Etc/GMT+7"),
        (5.75, SUMMER, "Asia/Kathmandu"),
        (1.25, SUMMER, ""),
        (1e300, SUMMER, ""),
    ],
)
def test_their_zone_is_the_pages_where_that_has_the_same_time(ahead, now, zone):
    assert person_of({"timezone": ahead}).zone(BERLIN, now) == zone
