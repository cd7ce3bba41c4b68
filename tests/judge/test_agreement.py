"""Both judges, the product's and the second one, say the same about whatever happens."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.policy.sending import CODES
from tests.judge.by_policy import ByPolicy
from tests.judge.judge import PAUSES, Answer, Judge
from tests.policy.moments import ZONES, instants

Choose = Callable[[Sequence[Any]], Any]
PEOPLE = ("ana", "ben")
TITLES = ("News", "Sale", "", "Updates and promotions")
FREQUENCIES = ("daily", "weekly", "monthly")
LENGTHS = (0, 250, 251)
COUNTRIES = ("DE", "GB", "US", "")
MICROSECOND = timedelta(microseconds=1)
SHORT = [timedelta(seconds=seconds) for seconds in (0, 1, 30, 60, 3_600, 36_000, 82_800)]
LONG = [timedelta(days=days) for days in (5, 29, 150)]
WEIGHTS = {
    "acted": 3,
    "once": 1,
    "opted_in": 1,
    "renewed": 1,
    "stopped": 1,
    "resumed": 2,
    "sent_by": 5,
    "sent_in_conversation": 1,
    "requested": 3,
    "requested_once": 1,
}
ACTS = [act for act, weight in WEIGHTS.items() for _ in range(weight)]
REQUEST_ZONES = ("", "", "Asia/Tokyo", "America/Havana")


def history(
    choose: Choose, profile: str, zone: str, country: str, start: datetime, count: int
) -> Iterator[tuple[Any, Answer | None, Answer | None]]:
    """What happens, what the product's rules answer to it, and what the second judge does."""
    policy, judge = ByPolicy(profile, zone, country), Judge(profile, zone, country)
    now = start
    for number in range(count):
        now = later(choose, now, policy.turning_points())
        for name, *values in acts(choose, policy, f"token {number}", now):
            answers = [getattr(each, name)(*values) for each in (policy, judge)]
            yield ((name, *values), *answers)


def later(choose: Choose, now: datetime, turning_points: list[datetime]) -> datetime:
    """Some time later, mostly soon, or where an answer changes, or a microsecond before that."""
    turns = sorted(point - now for point in set(turning_points) if point > now)
    soon = [step for step in turns if step < timedelta(days=8)]
    step = choose([*4 * SHORT, *8 * soon[:3], *LONG[: choose((0, 0, 0, 3))], *turns[:1]])
    return now + (step - choose((timedelta(0), MICROSECOND)) if step in turns else step)


def acts(choose: Choose, policy: ByPolicy, token: str, now: datetime) -> list[tuple]:
    """What can happen at one instant: names and values."""
    person, title, name = choose(PEOPLE), choose(TITLES), choose(ACTS)
    match name:
        case "once":
            return [("opted_in", person, token, title, now, None)]
        case "opted_in":
            zone = choose(REQUEST_ZONES)
            return [("opted_in", person, token, title, now, choose(FREQUENCIES), zone)]
        case "sent_by":
            newest = list(policy.permissions)[-3:]
            used = choose([*2 * newest, *policy.permissions, "unknown"])
            return [("sent_by", used, now, choose(LENGTHS)) for _ in range(choose((1, 1, 4)))]
        case "requested":
            wrote = [("acted", person, now)] * choose((0, 1))
            return [*wrote, ("requested", person, title, now)]
        case "renewed" | "stopped" | "resumed":
            tokens = policy.lasting()[-3:]
            return [(name, choose(tokens), now)] if tokens else []
        case _:
            return [(name, person, now)]


@settings(max_examples=100)
@pytest.mark.parametrize("profile", PAUSES)
@given(data=st.data(), zone=st.sampled_from(ZONES), country=st.sampled_from(COUNTRIES))
def test_both_judges_answer_the_same(profile, data, zone, country):
    start = data.draw(instants(ZoneInfo(zone)))
    count = data.draw(st.integers(1, 40))

    def choose(options: Sequence[Any]) -> Any:
        return data.draw(st.sampled_from(options))

    for happened, by_policy, by_judge in history(choose, profile, zone, country, start, count):
        assert by_policy == by_judge, happened


@pytest.mark.parametrize("profile", PAUSES)
def test_both_answer_the_same_over_years_in_which_every_answer_is_given(profile):
    random = Random(profile)
    given = set()
    for _ in range(200):
        zone, country = random.choice(ZONES), random.choice(("DE", "DE", "US"))
        start = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(525_600))
        for happened, by_policy, by_judge in history(
            random.choice, profile, zone, country, start, 150
        ):
            assert by_policy == by_judge, (zone, happened)
            given.add(by_judge)
    unpublished = (9, 2018352)
    assert given == {None, *CODES.values()} - {unpublished}
