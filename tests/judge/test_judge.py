import ast
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.judge import judge as module
from tests.judge.judge import COUNTRIES_LEFT, PAUSES, Judge

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)
WINDOW, BAD, TOO_SOON = (10, 2018278), (100, None), (4, 2018354)
STOPPED, ASKED_LATELY, NOT_AVAILABLE = (10, 1893015), (613, 1893016), (551, 1545041)


def a_judge(profile: str = "rn-2022", zone: str = "UTC", country: str = "US") -> Judge:
    return Judge(profile, zone, country)


def with_yes(
    frequency: str | None, at: datetime = NOW, profile: str = "rn-2022", zone: str = "UTC"
) -> Judge:
    judge = a_judge(profile, zone)
    judge.opted_in("ana", "token", "News", at, frequency)
    return judge


def local(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


def test_the_judge_knows_nothing_of_the_product():
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [("." * node.level) + (node.module or "")]
            if isinstance(node, ast.ImportFrom)
            else ["import by name"]
            if isinstance(node, ast.Name) and node.id in {"__import__", "import_module"}
            else []
        )
    }
    assert imported
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


# The window


def test_the_page_may_answer_for_less_than_24_hours():
    judge = a_judge()
    assert judge.sent_in_conversation("ana", NOW) == WINDOW
    judge.acted("ana", NOW)
    assert judge.sent_in_conversation("ana", NOW + DAY - MICROSECOND) is None
    assert judge.sent_in_conversation("ana", NOW + DAY) == WINDOW
    assert judge.sent_in_conversation("ben", NOW) == WINDOW


def test_a_yes_does_not_open_the_window():
    for frequency in (None, "daily"):
        assert with_yes(frequency).sent_in_conversation("ana", NOW) == WINDOW


def test_who_blocked_the_page_gets_nothing():
    judge = with_yes("daily")
    judge.opted_in("ana", "once", "Shoes", NOW, None)
    judge.acted("ana", NOW)
    judge.blocked("ana")
    assert judge.sent_in_conversation("ana", NOW) == NOT_AVAILABLE
    assert judge.requested("ana", "News", NOW) == NOT_AVAILABLE
    assert judge.sent_by("token", NOW) == judge.sent_by("once", NOW) == NOT_AVAILABLE


# One message


def test_one_yes_is_for_one_message_even_in_the_window():
    judge = with_yes(None)
    judge.acted("ana", NOW)
    assert judge.sent_by("token", NOW) is None
    assert judge.sent_by("token", NOW) == BAD
    judge.opted_in("ana", "token", "News", NOW, None)
    assert judge.sent_by("token", NOW) == BAD


@pytest.mark.parametrize(
    ("tapped", "ends"),
    [
        ("2026-11-23T09:00+00:00", "2027-11-23T09:00+00:00"),
        ("2028-02-29T09:00+00:00", "2029-02-28T09:00+00:00"),
        ("2027-03-01T00:00+00:00", "2028-03-01T00:00+00:00"),
    ],
)
def test_it_lasts_less_than_a_year(tapped, ends):
    assert with_yes(None, local(tapped)).sent_by("token", local(ends) - MICROSECOND) is None
    assert with_yes(None, local(tapped)).sent_by("token", local(ends)) == BAD


def test_nobody_knows_another_token():
    assert with_yes("daily").sent_by("other", NOW) == BAD


# Many messages


@pytest.mark.parametrize(
    ("frequency", "too_soon", "allowed"),
    [
        ("daily", "2022-05-23T23:59:59.999999-04:00", "2022-05-24T00:00-04:00"),
        ("weekly", "2022-05-29T23:59:59.999999-04:00", "2022-05-30T00:00-04:00"),
        ("weekly", "2022-05-24T09:00-04:00", "2022-05-31T09:00-04:00"),
        ("monthly", "2022-05-31T23:59:59.999999-04:00", "2022-06-01T00:00-04:00"),
    ],
)
def test_in_2022_one_goes_in_each_day_week_or_month_of_the_page(frequency, too_soon, allowed):
    monday_5_pm = local("2022-05-23T17:00-04:00")
    judge = with_yes(frequency, monday_5_pm, zone="America/New_York")
    assert judge.sent_by("token", monday_5_pm) is None
    assert judge.sent_by("token", local(too_soon)) == TOO_SOON
    assert judge.sent_by("token", local(allowed)) is None


def test_weeks_go_on_over_new_year():
    judge = with_yes("weekly", local("2020-12-28T00:00+00:00"))
    assert judge.sent_by("token", local("2020-12-28T00:00+00:00")) is None
    assert judge.sent_by("token", local("2021-01-03T23:59+00:00")) == TOO_SOON
    assert judge.sent_by("token", local("2021-01-04T00:00+00:00")) is None


def test_the_request_s_own_zone_wins_over_the_page_s():
    judge = a_judge()
    judge.opted_in("ana", "token", "News", NOW, "daily", zone="Asia/Tokyo")
    assert judge.sent_by("token", NOW) is None
    assert judge.sent_by("token", local("2026-11-23T23:59+09:00")) == TOO_SOON
    assert judge.sent_by("token", local("2026-11-24T00:00+09:00")) is None


@pytest.mark.parametrize(
    ("profile", "hours"), [("rn-2023", 24), ("rn-2025", 48), ("retired-2026", 48)]
)
def test_later_a_pause_has_to_pass_between_two(profile, hours):
    judge = Judge(profile, "UTC", "DE")
    judge.opted_in("ana", "token", "News", NOW, "monthly")
    pause = timedelta(hours=hours)
    assert judge.sent_by("token", NOW) is None
    assert judge.sent_by("token", NOW + pause - MICROSECOND) == TOO_SOON
    assert judge.sent_by("token", NOW + pause) is None


def test_a_refused_message_does_not_count():
    judge = with_yes("daily", profile="rn-2023")
    assert judge.sent_by("token", NOW) is None
    assert judge.sent_by("token", NOW + DAY - SECOND) == TOO_SOON
    assert judge.sent_by("token", NOW + DAY) is None


@pytest.mark.parametrize(
    ("seconds", "length", "answer"),
    [
        (30, 250, None),
        (30, 251, BAD),
        (119, 250, None),
        (120, 250, TOO_SOON),
    ],
)
def test_short_messages_may_follow_the_first_for_less_than_two_minutes(seconds, length, answer):
    judge = with_yes("daily")
    assert judge.sent_by("token", NOW, 2_000) is None
    assert judge.sent_by("token", NOW + seconds * SECOND, length) == answer


@pytest.mark.parametrize("profile", ["rn-2022", "rn-2023", "rn-2025"])
def test_two_may_follow_and_do_not_count(profile):
    judge = with_yes("daily", profile=profile)
    answers = [judge.sent_by("token", NOW + number * SECOND, 9) for number in range(4)]
    assert answers == [None, None, None, TOO_SOON]
    assert judge.sent_by("token", NOW + 2 * DAY, 2_000) is None
    assert judge.sent_by("token", NOW + 2 * DAY + SECOND) == TOO_SOON


def test_what_follows_over_midnight_leaves_the_new_day_its_message():
    judge = with_yes("daily")
    late = NOW.replace(hour=23, minute=59)
    assert judge.sent_by("token", late) is None
    assert judge.sent_by("token", late + 90 * SECOND, 251) == BAD
    assert judge.sent_by("token", late + 90 * SECOND, 250) is None
    assert judge.sent_by("token", late + 150 * SECOND, 2_000) is None
    assert judge.sent_by("token", late + DAY) == TOO_SOON


@pytest.mark.parametrize(
    ("frequency", "ends"),
    [
        ("daily", "2023-02-28T18:00-05:00"),
        ("weekly", "2023-05-31T18:00-04:00"),
        ("monthly", "2023-08-31T18:00-04:00"),
    ],
)
def test_in_2022_it_ends_after_6_9_or_12_months_and_a_renewal_moves_that(frequency, ends):
    said_yes, end = local("2022-08-31T18:00-04:00"), local(ends)
    judge = with_yes(frequency, said_yes, zone="America/New_York")
    assert judge.sent_by("token", end - MICROSECOND) is None
    assert judge.sent_by("token", end) == BAD
    judge.renewed("token", end - DAY)
    assert judge.sent_by("token", end + 40 * DAY) is None


def test_a_renewal_may_bring_another_token_for_the_same_days():
    judge = with_yes("daily")
    assert judge.sent_by("token", NOW) is None
    judge.renewed("token", NOW, "new")
    assert judge.sent_by("token", NOW + DAY) == BAD
    assert judge.sent_by("new", NOW + SECOND * 200) == TOO_SOON
    assert judge.sent_by("new", NOW + DAY) is None


def test_a_second_yes_to_the_same_does_not_double_the_messages():
    judge = with_yes("daily")
    assert judge.sent_by("token", NOW) is None
    judge.opted_in("ana", "second", "News", NOW, "daily")
    assert judge.sent_by("token", NOW + DAY) == BAD
    assert judge.sent_by("second", NOW + 200 * SECOND) == TOO_SOON
    judge.opted_in("ana", "second", "News", NOW, "daily")
    assert judge.sent_by("second", NOW + 200 * SECOND) == TOO_SOON


@pytest.mark.parametrize(
    ("person", "title", "frequency"),
    [("ben", "News", "daily"), ("ana", "Sale", "daily"), ("ana", "News", "weekly")],
)
def test_another_person_title_or_frequency_has_a_token_of_its_own(person, title, frequency):
    judge = with_yes("daily")
    judge.opted_in(person, "second", title, NOW, frequency)
    assert judge.sent_by("token", NOW) is None
    assert judge.sent_by("second", NOW) is None


def test_who_stopped_gets_nothing_until_they_resume():
    judge = with_yes("daily")
    judge.stopped("token", NOW)
    assert judge.sent_by("token", NOW) == STOPPED
    judge.resumed("token", NOW)
    assert judge.sent_by("token", NOW) is None


# Requests


def test_a_request_needs_the_window_and_a_week_since_the_last_of_its_title():
    judge = a_judge()
    assert judge.requested("ana", "News", NOW) == judge.requested_once("ana", NOW) == WINDOW
    judge.acted("ana", NOW)
    assert judge.requested("ana", "News", NOW) is None
    assert judge.requested("ana", "News", NOW) == ASKED_LATELY
    assert judge.requested("ana", "Sale", NOW) is None
    assert judge.requested_once("ana", NOW) is None
    judge.acted("ana", NOW + 7 * DAY - MICROSECOND)
    assert judge.requested("ana", "News", NOW + 7 * DAY - MICROSECOND) == ASKED_LATELY
    assert judge.requested("ana", "News", NOW + 7 * DAY) is None


def test_no_title_is_updates_and_promotions():
    judge = a_judge()
    judge.acted("ana", NOW)
    assert judge.requested("ana", "", NOW) is None
    assert judge.requested("ana", "Updates and promotions", NOW) == ASKED_LATELY


# Countries


def test_in_2026_many_messages_go_in_some_countries_only():
    for country in ("US", "CH", ""):
        judge = Judge("retired-2026", "UTC", country)
        judge.acted("ana", NOW)
        judge.opted_in("ana", "token", "News", NOW, "daily")
        judge.opted_in("ana", "once", "Shoes", NOW, None)
        assert judge.sent_by("token", NOW) == judge.requested("ana", "News", NOW) == BAD
        assert judge.sent_by("once", NOW) is judge.requested_once("ana", NOW) is None
    for country in COUNTRIES_LEFT:
        judge = Judge("retired-2026", "UTC", country)
        judge.opted_in("ana", "token", "News", NOW, "daily")
        assert judge.sent_by("token", NOW) is None
    assert len(COUNTRIES_LEFT) == 27 + 4


@pytest.mark.parametrize("profile", PAUSES)
def test_one_message_for_one_yes_goes_by_all_rules(profile):
    assert with_yes(None, profile=profile).sent_by("token", NOW) is None
