from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.policy.profiles import RequestBudget, Rules
from otn_studio.policy.requests import (
    DEFAULT_TITLE,
    Asked,
    exceeds_budget,
    is_within,
    was_asked_lately,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_WEEK = timedelta(days=7)
A_MICROSECOND = timedelta(microseconds=1)
histories = st.lists(
    st.builds(
        Asked,
        st.sampled_from(("News", "Sale", "", DEFAULT_TITLE)),
        st.timedeltas(timedelta(0), 3 * A_WEEK).map(lambda ago: NOW - ago),
    )
)


def asked(*ago: timedelta, title: str = "News") -> list[Asked]:
    return [Asked(title, NOW - each) for each in ago]


@pytest.mark.parametrize(
    ("ago", "lately"),
    [
        (timedelta(0), True),
        (A_WEEK - A_MICROSECOND, True),
        (A_WEEK, False),
        (A_WEEK + A_MICROSECOND, False),
    ],
)
def test_the_same_title_may_be_asked_again_from_exactly_seven_days_on(ago, lately):
    assert was_asked_lately("News", asked(ago), NOW) is lately


def test_another_title_may_be_asked_at_once():
    assert not was_asked_lately("Sale", asked(timedelta(0)), NOW)
    assert not was_asked_lately("news", asked(timedelta(0)), NOW)


@pytest.mark.parametrize(("first", "second"), [("", DEFAULT_TITLE), (DEFAULT_TITLE, ""), ("", "")])
def test_no_title_is_the_title_that_messenger_shows_then(first, second):
    assert was_asked_lately(second, asked(timedelta(0), title=first), NOW)


@given(histories)
def test_one_request_of_the_title_in_the_week_is_enough_wherever_it_stands(history):
    one_by_one = [was_asked_lately("News", [each], NOW) for each in history]
    assert was_asked_lately("News", history, NOW) == any(one_by_one)


@pytest.mark.parametrize(
    ("ago", "is_kept"),
    [
        ([], True),
        ([0, 1], True),
        ([0, 1, 2], False),
        ([0, 1, 24], True),
        ([23.999, 1, 2], False),
        ([48, 47, 46, 45, 1], True),
    ],
)
def test_a_budget_counts_the_requests_of_its_length_of_any_title(ago, is_kept):
    history = [Asked(str(hours), NOW - timedelta(hours=hours)) for hours in ago]
    assert is_within(RequestBudget(3, timedelta(hours=24)), history, NOW) is is_kept


def test_without_budgets_there_is_no_limit():
    assert not exceeds_budget(Rules(), asked(*[timedelta(0)] * 1000), NOW)


@given(histories, st.integers(0, 4), st.integers(0, 4))
def test_every_budget_has_to_be_kept(history, a_day, a_week):
    budgets = (RequestBudget(a_day, timedelta(days=1)), RequestBudget(a_week, A_WEEK))
    kept = [is_within(budget, history, NOW) for budget in budgets]
    assert exceeds_budget(Rules(budgets=budgets), history, NOW) is not all(kept)
