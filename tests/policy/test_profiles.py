from datetime import date

from otn_studio.policy.profiles import DEFAULT, PROFILES


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
