from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.policy.one_time import Permission, expires_at, is_usable, oldest_usable

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)


def a_permission(id: str = "p", topic: str = "shoes", days_ago: float = 10, used: bool = False):
    opted_in_at = NOW - timedelta(days=days_ago)
    return Permission(id, topic, opted_in_at, expires_at(opted_in_at), used)


permissions = st.lists(
    st.builds(
        a_permission,
        st.sampled_from("abcdefgh"),
        st.sampled_from(("shoes", "bread")),
        st.sampled_from((0, 1, 1, 200, 364, 365, 366, 400)),
        st.booleans(),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("opted_in", "expires"),
    [
        ("2026-11-23T09:00:00.000001", "2027-11-23T09:00:00.000001"),
        ("2027-02-28T23:59:59", "2028-02-28T23:59:59"),
        ("2027-03-01T00:00:00", "2028-03-01T00:00:00"),
        ("2028-02-28T12:00:00", "2029-02-28T12:00:00"),
        ("2028-02-29T12:00:00", "2029-02-28T12:00:00"),
        ("2028-03-01T12:00:00", "2029-03-01T12:00:00"),
        ("2099-02-28T12:00:00", "2100-02-28T12:00:00"),
    ],
)
def test_a_permission_ends_one_calendar_year_after_the_tap(opted_in, expires):
    tap = datetime.fromisoformat(opted_in).replace(tzinfo=UTC)
    assert expires_at(tap) == datetime.fromisoformat(expires).replace(tzinfo=UTC)


def test_a_permission_can_be_used_until_a_microsecond_before_it_ends():
    permission = a_permission()
    assert is_usable(permission, permission.expires_at - A_MICROSECOND)
    assert not is_usable(permission, permission.expires_at)


def test_a_permission_is_unused_until_it_is_said_to_be_used():
    assert is_usable(Permission("p", "shoes", NOW, expires_at(NOW)), NOW)


def test_a_used_permission_can_not_be_used_again():
    assert not is_usable(a_permission(used=True), NOW)


@pytest.mark.parametrize(
    ("held", "spent"),
    [
        ([], None),
        ([a_permission("young", days_ago=1), a_permission("old", days_ago=9)], "old"),
        ([a_permission("b"), a_permission("a")], "a"),
        ([a_permission("used", days_ago=9, used=True), a_permission("fresh", days_ago=1)], "fresh"),
        ([a_permission("over", days_ago=366), a_permission("fresh", days_ago=1)], "fresh"),
        ([a_permission("other", topic="bread", days_ago=9), a_permission("mine")], "mine"),
        ([a_permission("other", topic="bread")], None),
        ([a_permission("used", used=True)], None),
    ],
)
def test_the_oldest_one_that_still_works_is_spent(held, spent):
    chosen = oldest_usable(held, "shoes", NOW)
    assert (chosen and chosen.id) == spent


@given(permissions)
def test_what_is_spent_works_and_nothing_that_works_is_older(held):
    chosen = oldest_usable(held, "shoes", NOW)
    usable = [p for p in held if p.topic == "shoes" and not p.used and p.expires_at > NOW]
    if chosen is None:
        assert not usable
    else:
        assert chosen in usable
        assert all(chosen.opted_in_at <= other.opted_in_at for other in usable)


@given(permissions, st.randoms())
def test_the_order_in_which_they_are_handed_in_does_not_matter(held, random):
    shuffled = random.sample(held, len(held))
    assert oldest_usable(held, "shoes", NOW) == oldest_usable(shuffled, "shoes", NOW)
