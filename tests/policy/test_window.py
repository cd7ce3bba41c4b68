from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.policy import window
from otn_studio.policy.window import Action, Reason

AT = datetime(2028, 2, 29, 23, 30, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("later", "is_open"),
    [
        (timedelta(0), True),
        (timedelta(hours=24) - A_MICROSECOND, True),
        (timedelta(hours=24), False),
        (timedelta(hours=24) + A_MICROSECOND, False),
    ],
)
def test_the_window_is_closed_from_exactly_24_hours_on(later, is_open):
    assert window.is_open(AT, AT + later) is is_open


def test_a_person_who_never_acted_has_no_window():
    assert not window.is_open(None, AT)


@pytest.mark.parametrize(
    ("reason", "length"),
    [
        (Reason.RESPONSE, timedelta(hours=24)),
        (Reason.UPDATE, timedelta(hours=24)),
        (Reason.HUMAN_AGENT, timedelta(days=7)),
    ],
)
def test_what_a_person_typed_may_follow_for_seven_days(reason, length):
    assert window.is_open(AT, AT + length - A_MICROSECOND, reason)
    assert not window.is_open(AT, AT + length, reason)
    assert not window.is_open(None, AT, reason)


@given(moments, st.sampled_from(Reason))
def test_the_end_is_the_first_closed_instant_for_every_reason(at, reason):
    assert window.is_open(at, window.ends_at(at, reason) - A_MICROSECOND, reason)
    assert not window.is_open(at, window.ends_at(at, reason), reason)


OPENS = {
    Action.MESSAGE: True,
    Action.BUTTON: True,
    Action.QUICK_REPLY: True,
    Action.REACTION: True,
    Action.LINK: True,
    Action.OPT_IN: False,
    Action.DELIVERY: False,
    Action.READ: False,
    Action.ECHO: False,
}


@pytest.mark.parametrize("action", Action)
def test_only_what_the_person_does_in_the_conversation_opens_the_window(action):
    assert window.opens_window(action) is OPENS[action]
