from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.policy import one_time, recurring
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.one_time import expires_at
from otn_studio.policy.profiles import PROFILES, RequestBudget, Rules
from otn_studio.policy.requests import Asked
from otn_studio.policy.sending import (
    CODES,
    Permission,
    Refusal,
    choose,
    judge_by_permission,
    judge_in_conversation,
    judge_request,
)
from otn_studio.policy.window import Reason
from tests.policy import naive_calendar
from tests.policy.moments import MICROSECOND, instants, zones

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
A_DAY = timedelta(hours=24)
RETIRED = Rules(PROFILES["retired-2026"], country="US")
LATELY = [Asked("News", NOW - A_DAY)]


def a_permission(opted_in_at: datetime, used: bool = False, id: str = "p") -> one_time.Permission:
    return one_time.Permission(id, "shoes", opted_in_at, expires_at(opted_in_at), used)


def a_lasting_one(
    opted_in_at: datetime = NOW, frequency: Frequency = Frequency.DAILY, **more
) -> recurring.Permission:
    ends = recurring.expires_at(opted_in_at, frequency, Rules())
    permission = recurring.Permission("r", "shoes", frequency, opted_in_at, ends)
    return replace(permission, **more)


# In the conversation


@pytest.mark.parametrize(
    ("last_action", "refusal"),
    [
        (NOW, None),
        (NOW - A_DAY + MICROSECOND, None),
        (NOW - A_DAY, Refusal.TOO_LATE),
        (None, Refusal.TOO_LATE),
    ],
)
def test_in_the_conversation_the_window_decides(last_action, refusal):
    assert judge_in_conversation(last_action, NOW) == refusal


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [
        (Reason.RESPONSE, Refusal.TOO_LATE),
        (Reason.UPDATE, Refusal.TOO_LATE),
        (Reason.HUMAN_AGENT, None),
    ],
)
def test_after_a_day_only_what_a_person_typed_may_go(reason, refusal):
    assert judge_in_conversation(NOW - 6 * A_DAY, NOW, reason) == refusal
    assert judge_in_conversation(NOW - 7 * A_DAY, NOW, reason) is Refusal.TOO_LATE


# By a permission for one message


@pytest.mark.parametrize(
    ("permission", "refusal"),
    [
        (a_permission(NOW), None),
        (a_permission(NOW.replace(year=2025) + MICROSECOND), None),
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


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_one_message_for_one_yes_goes_in_every_profile_and_country(profile):
    assert judge_by_permission(a_permission(NOW), NOW, Rules(profile, country="US")) is None


# By a lasting permission


@pytest.mark.parametrize(
    ("permission", "refusal"),
    [
        (a_lasting_one(), None),
        (a_lasting_one(last_used_at=NOW - A_DAY), None),
        (a_lasting_one(last_used_at=NOW), Refusal.TOO_SOON),
        (a_lasting_one(not_before=NOW), None),
        (a_lasting_one(not_before=NOW + MICROSECOND), Refusal.TOO_SOON),
        (a_lasting_one(stopped=True), Refusal.STOPPED),
        (a_lasting_one(stopped=True, last_used_at=NOW), Refusal.STOPPED),
        (a_lasting_one(expires_at=NOW + MICROSECOND), None),
        (a_lasting_one(expires_at=NOW), Refusal.EXPIRED),
        (a_lasting_one(expires_at=NOW, stopped=True), Refusal.EXPIRED),
    ],
)
def test_a_lasting_permission_may_have_ended_been_stopped_or_used_lately(permission, refusal):
    assert judge_by_permission(permission, NOW, Rules(), length=2_000) == refusal


def test_the_manual_s_weekly_topic_is_refused_all_week_and_goes_from_monday_on():
    def local(written: str) -> datetime:
        return datetime.fromisoformat(written).astimezone(UTC)

    rules = Rules(zone=ZoneInfo("America/New_York"))
    monday_5_pm = local("2022-05-23T17:00-04:00")
    used = recurring.used(a_lasting_one(monday_5_pm, Frequency.WEEKLY), monday_5_pm)
    for too_soon in ("23T17:02", "24T09:00", "28T12:00", "29T23:59:59.999999"):
        at = local(f"2022-05-{too_soon}-04:00")
        assert judge_by_permission(used, at, rules) is Refusal.TOO_SOON
    for allowed in ("30T00:00", "31T09:00"):
        assert judge_by_permission(used, local(f"2022-05-{allowed}-04:00"), rules) is None


@given(st.data(), zones, st.sampled_from(Frequency), st.floats(0, 1, exclude_max=True))
def test_until_the_next_window_every_instant_is_refused(data, zone, frequency, part):
    rules = Rules(zone=zone)
    used_at = data.draw(instants(zone))
    used = recurring.used(a_lasting_one(used_at - A_DAY, frequency), used_at)
    used = replace(used, follow_ups=recurring.FOLLOW_UPS)
    begins = naive_calendar.next_window(used_at, frequency, zone)
    between = used_at + part * (begins - used_at)
    for too_soon in (used_at, min(between, begins - MICROSECOND), begins - MICROSECOND):
        assert judge_by_permission(used, too_soon, rules) is Refusal.TOO_SOON
    assert judge_by_permission(used, begins, rules) is None


@pytest.mark.parametrize(("name", "hours"), [("rn-2023", 24), ("rn-2025", 48)])
def test_without_a_calendar_the_pause_is_refused_to_its_last_microsecond(name, hours):
    used = a_lasting_one(NOW - A_DAY, last_used_at=NOW)
    pause = timedelta(hours=hours)
    rules = Rules(PROFILES[name])
    assert judge_by_permission(used, NOW + pause - MICROSECOND, rules) is Refusal.TOO_SOON
    assert judge_by_permission(used, NOW + pause, rules) is None


@pytest.mark.parametrize(
    ("seconds", "length", "refusal"),
    [
        (30, 250, None),
        (30, 251, Refusal.TOO_LONG),
        (119, 250, None),
        (120, 1, Refusal.TOO_SOON),
        (120, 251, Refusal.TOO_SOON),
    ],
)
def test_follow_ups_are_short_and_follow_within_two_minutes(seconds, length, refusal):
    used = recurring.used(a_lasting_one(), NOW)
    at = NOW + timedelta(seconds=seconds)
    assert judge_by_permission(used, at, Rules(), length) == refusal


def test_the_first_message_may_be_long():
    assert judge_by_permission(a_lasting_one(), NOW, Rules(), length=2_000) is None


def test_a_follow_up_is_short_also_where_a_new_day_begins_between():
    """Or it would be long like the new day's message, and not count as that."""
    just_before_midnight = NOW.replace(hour=23, minute=59)
    used = recurring.used(a_lasting_one(), just_before_midnight)
    at = just_before_midnight + timedelta(seconds=90)
    assert judge_by_permission(used, at, Rules(), length=251) is Refusal.TOO_LONG
    followed = recurring.used(used, at)
    assert judge_by_permission(followed, at + timedelta(minutes=1), Rules(), 251) is None


def test_a_fourth_message_within_the_two_minutes_is_too_soon():
    used = a_lasting_one()
    for second in range(3):
        at = NOW + second * A_SECOND
        assert judge_by_permission(used, at, Rules()) is None
        used = recurring.used(used, at)
    assert judge_by_permission(used, NOW + 3 * A_SECOND, Rules()) is Refusal.TOO_SOON


@pytest.mark.parametrize(
    ("country", "refusal"), [("DE", None), ("GB", None), ("US", Refusal.NOT_IN_COUNTRY)]
)
def test_since_2026_the_country_decides_first(country, refusal):
    rules = Rules(PROFILES["retired-2026"], country=country)
    assert judge_by_permission(a_lasting_one(), NOW, rules) == refusal
    assert judge_request(NOW, "News", [], NOW, rules) == refusal


# Requests


@pytest.mark.parametrize(
    ("last_action", "title", "refusal"),
    [
        (NOW, "Sale", None),
        (NOW, "News", Refusal.ASKED_LATELY),
        (NOW - A_DAY, "Sale", Refusal.TOO_LATE),
        (NOW - A_DAY, "News", Refusal.TOO_LATE),
        (None, "Sale", Refusal.TOO_LATE),
    ],
)
def test_a_request_needs_the_window_and_a_week_since_the_last_of_its_title(
    last_action, title, refusal
):
    assert judge_request(last_action, title, LATELY, NOW, Rules()) == refusal


def test_a_request_keeps_the_page_s_budgets():
    rules = Rules(budgets=(RequestBudget(1, 2 * A_DAY),))
    assert judge_request(NOW, "Sale", LATELY, NOW, rules) is Refusal.REQUEST_LIMIT
    assert judge_request(NOW, "News", LATELY, NOW, rules) is Refusal.ASKED_LATELY
    assert judge_request(NOW + A_DAY, "Sale", LATELY, NOW + A_DAY, rules) is None


def test_a_request_outside_the_countries_is_refused_as_such():
    assert judge_request(None, "News", LATELY, NOW, RETIRED) is Refusal.NOT_IN_COUNTRY


def test_every_refusal_has_messenger_s_code():
    assert {refusal: CODES[refusal] for refusal in Refusal} == {
        "too_late": (10, 2018278),
        "no_permission": (100, None),
        "used": (100, None),
        "expired": (100, None),
        "stopped": (10, 1893015),
        "too_soon": (4, 2018354),
        "too_long": (100, None),
        "not_in_country": (100, None),
        "asked_lately": (613, 1893016),
        "request_limit": (9, 2018352),
        "not_a_reply": (100, None),
    }


# Which permission


one_time_permissions = st.builds(
    lambda days, used: a_permission(NOW - timedelta(days=days), used),
    st.integers(0, 500),
    st.booleans(),
)
lasting_permissions = st.builds(
    lambda days, used, stopped: a_lasting_one(
        NOW - timedelta(days=days),
        stopped=stopped,
        last_used_at=None if used is None else NOW - timedelta(days=used),
    ),
    st.integers(0, 500),
    st.none() | st.integers(0, 3),
    st.booleans(),
)


def numbered(permissions: Sequence[Permission]) -> list[Permission]:
    return [replace(permission, id=str(id)) for id, permission in enumerate(permissions)]


held = st.lists(one_time_permissions | lasting_permissions, max_size=6).map(numbered)


def test_the_oldest_that_can_be_used_is_chosen():
    spent = a_permission(NOW - 9 * A_DAY, used=True, id="spent")
    old = a_permission(NOW - 8 * A_DAY, id="old")
    new = a_permission(NOW - A_DAY, id="new")
    assert choose([new, old, spent], NOW, Rules()) == (old, None)


def test_of_two_that_are_equally_old_the_choice_is_always_the_same():
    one, other = a_permission(NOW, id="1"), a_permission(NOW, id="2")
    assert choose([one, other], NOW, Rules()) == choose([other, one], NOW, Rules()) == (one, None)


def test_without_any_the_refusal_is_that_there_is_none():
    assert choose([], NOW, Rules()) == (None, Refusal.NO_PERMISSION)


def test_without_one_that_can_be_used_the_newest_says_why():
    ended = a_permission(NOW - 500 * A_DAY)
    lately = a_lasting_one(NOW - A_DAY, last_used_at=NOW)
    assert choose([lately, ended], NOW, Rules()) == (None, Refusal.TOO_SOON)
    assert choose([ended], NOW, Rules()) == (None, Refusal.EXPIRED)


def test_the_choice_knows_how_long_the_text_is():
    followed = recurring.used(a_lasting_one(), NOW)
    assert choose([followed], NOW + A_SECOND, Rules(), length=250) == (followed, None)
    assert choose([followed], NOW + A_SECOND, Rules(), length=251) == (None, Refusal.TOO_LONG)


@given(held, st.randoms())
def test_the_choice_is_the_oldest_usable_whatever_the_order(permissions, random):
    usable = [each for each in permissions if judge_by_permission(each, NOW, Rules()) is None]
    choice, refusal = choose(permissions, NOW, Rules())
    if usable:
        assert choice in usable
        assert refusal is None
        assert choice.opted_in_at == min(each.opted_in_at for each in usable)
    else:
        assert choice is None
        assert refusal is not None
    shuffled = list(permissions)
    random.shuffle(shuffled)
    assert choose(shuffled, NOW, Rules()) == (choice, refusal)
