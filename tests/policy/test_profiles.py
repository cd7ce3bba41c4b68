from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import DEFAULT, EU, PROFILES, Rules


def test_the_four_profiles_are_known_by_name_with_the_day_they_began():
    assert {name: profile.since for name, profile in PROFILES.items()} == {
        "rn-2022": date(2022, 5, 19),
        "rn-2023": date(2023, 8, 10),
        "rn-2025": date(2025, 9, 1),
        "retired-2026": date(2026, 2, 10),
    }


def test_each_profile_carries_the_name_it_is_known_by():
    assert all(name == profile.name for name, profile in PROFILES.items())


def test_the_default_is_the_oldest():
    assert PROFILES[DEFAULT] == min(PROFILES.values(), key=lambda profile: profile.since)
    assert Rules().profile == PROFILES[DEFAULT]


def test_without_a_word_a_page_keeps_the_time_of_utc():
    assert Rules().zone.key == "UTC"


def test_after_2022_a_pause_takes_the_place_of_the_calendar():
    assert {name: profile.pause for name, profile in PROFILES.items()} == {
        "rn-2022": None,
        "rn-2023": timedelta(hours=24),
        "rn-2025": timedelta(hours=48),
        "retired-2026": timedelta(hours=48),
    }


def test_only_in_2022_permissions_end():
    assert PROFILES["rn-2022"].lifetimes == {
        Frequency.DAILY: relativedelta(months=6),
        Frequency.WEEKLY: relativedelta(months=9),
        Frequency.MONTHLY: relativedelta(months=12),
    }
    assert not any(PROFILES[name].lifetimes for name in ("rn-2023", "rn-2025", "retired-2026"))


@pytest.mark.parametrize("country", ["AU", "JP", "KR", "GB", "DE", "FR", "IE", "HR"])
def test_in_these_countries_recurring_notifications_go_on(country):
    assert all(Rules(profile, country=country).allow_recurring for profile in PROFILES.values())


@pytest.mark.parametrize("country", ["US", "BR", "CH", "NO", "TR", "PH", ""])
def test_elsewhere_they_ended_in_2026(country):
    allowed = {
        name: Rules(profile, country=country).allow_recurring for name, profile in PROFILES.items()
    }
    assert allowed == {"rn-2022": True, "rn-2023": True, "rn-2025": True, "retired-2026": False}


def test_the_european_union_has_27_countries():
    assert len(EU) == 27
    assert "GB" not in EU
