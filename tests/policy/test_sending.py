from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.policy.one_time import Permission, expires_at
from otn_studio.policy.profiles import Rules
from otn_studio.policy.sending import Refusal, judge_by_permission, judge_in_conversation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_DAY = timedelta(hours=24)
A_MICROSECOND = timedelta(microseconds=1)


def a_permission(opted_in_at: datetime, used: bool = False) -> Permission:
    return Permission("p", "shoes", opted_in_at, expires_at(opted_in_at), used)


@pytest.mark.parametrize(
    ("last_action", "refusal"),
    [
        (NOW, None),
        (NOW - A_DAY + A_MICROSECOND, None),
        (NOW - A_DAY, Refusal.TOO_LATE),
        (None, Refusal.TOO_LATE),
    ],
)
def test_in_the_conversation_the_window_decides(last_action, refusal):
    assert judge_in_conversation(last_action, NOW) == refusal


@pytest.mark.parametrize(
    ("permission", "refusal"),
    [
        (a_permission(NOW), None),
        (a_permission(NOW.replace(year=2025) + A_MICROSECOND), None),
        (a_permission(NOW.replace(year=2025)), Refusal.EXPIRED),
        (a_permission(NOW, used=True), Refusal.USED),
        (a_permission(NOW.replace(year=2020), used=True), Refusal.USED),
        (None, Refusal.NO_PERMISSION),
    ],
)
def test_by_permission_the_permission_decides(permission, refusal):
    assert judge_by_permission(permission, NOW, Rules()) == refusal


def test_a_permission_needs_no_window():
    months_ago = a_permission(NOW - timedelta(days=300))
    assert judge_in_conversation(months_ago.opted_in_at, NOW) is Refusal.TOO_LATE
    assert judge_by_permission(months_ago, NOW, Rules()) is None
