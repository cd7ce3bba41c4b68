from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.policy.one_time import Permission, expires_at, is_usable

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)


def a_permission(id: str = "p", topic: str = "shoes", days_ago: float = 10, used: bool = False):
    opted_in_at = NOW - timedelta(days=days_ago)
    return Permission(id, topic, opted_in_at, expires_at(opted_in_at), used)


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
