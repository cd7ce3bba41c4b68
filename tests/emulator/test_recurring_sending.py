"""Lasting permissions: sending with them, stopping and resuming."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from otn_studio.emulator import actions
from otn_studio.emulator.asking import OptInCard
from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.contents import Message
from otn_studio.emulator.errors import GraphError, Problem
from otn_studio.emulator.sends import Send
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, Rules
from tests.emulator.conftest import DAY, START
from tests.emulator.recurring import CARD, HOUR, TITLE

TAPPED = START.replace(microsecond=123_000)
NEW_YORK = ZoneInfo("America/New_York")


def _rules(profile: str, **more: object) -> Rules:
    return Rules(PROFILES[profile], **more)


def _ms(*date: int) -> int:
    return milliseconds(datetime(*date, 12, tzinfo=UTC)) + 123


def test_a_message_by_a_lasting_permission(bakery, world, ana, clock):
    token = bakery.token()
    clock.advance(30 * DAY)
    receipt = bakery.send(token)
    assert receipt.recipient_id == ana.id
    assert ana.phone.entries[-1].shown()["by_permission"] is True
    assert world.ledger.sends[-1].token == token


def test_once_a_calendar_day(bakery, clock):
    token = bakery.token()
    clock.move_to(datetime(2030, 2, 3, 23, 59, tzinfo=UTC))
    bakery.send(token)
    clock.move_to(datetime(2030, 2, 3, 23, 59, 59, tzinfo=UTC))
    bakery.send(token)
    bakery.send(token)
    assert bakery.refused(token) == (4, 2018354)
    clock.move_to(datetime(2030, 2, 4, tzinfo=UTC))
    bakery.send(token)


@pytest.mark.parametrize(("profile", "hours"), [("rn-2023", 24), ("rn-2025", 48)])
def test_once_in_so_many_hours(bakery, world, clock, profile, hours):
    world.rules = _rules(profile)
    token = bakery.token()
    bakery.send(token)
    clock.move_to(START + hours * HOUR - timedelta(microseconds=1))
    assert bakery.refused(token) == (4, 2018354)
    clock.move_to(START + hours * HOUR)
    bakery.send(token)


def test_two_short_messages_may_follow_the_first(bakery, clock):
    token = bakery.token()
    bakery.send(token, "x" * 2000)
    clock.advance(timedelta(seconds=100))
    assert bakery.refused(token, "x" * 251) == (100, None)
    bakery.send(token, "x" * 250)
    bakery.send(token)
    assert bakery.refused(token) == (4, 2018354)


def test_they_may_follow_for_two_minutes(bakery, clock):
    token = bakery.token()
    bakery.send(token)
    clock.advance(timedelta(seconds=121))
    assert bakery.refused(token) == (4, 2018354)


def test_a_token_that_is_unknown_or_of_the_other_kind(bakery, world, ana, ask, spend):
    assert bakery.refused("123") == (100, None)
    ask(ana)
    (event,) = actions.notify_me(world, ana)
    assert bakery.refused(event["optin"]["one_time_notif_token"]) == (100, None)
    with pytest.raises(GraphError):
        spend(bakery.token())


def test_an_ended_token(bakery, clock):
    token = bakery.token()
    clock.move_to(datetime(2030, 7, 31, 12, 0, 0, 122_999, tzinfo=UTC))
    bakery.send(token)
    clock.move_to(datetime(2030, 7, 31, 12, 0, 0, 123_000, tzinfo=UTC))
    assert bakery.refused(token) == (100, None)


def test_a_request_by_a_lasting_permission_needs_the_window_and_uses_nothing(bakery, world, clock):
    token = bakery.token()
    clock.advance(2 * DAY)
    for card in (replace(CARD, title="Fish Facts"), OptInCard("Tell me", "topic-9")):
        with pytest.raises(GraphError) as refused:
            world.receive(Send(recurring_token=token, message=Message(card)))
        assert refused.value.subcode == 2018278
    bakery.send(token)


def test_a_person_who_blocked_the_page(bakery, world, ana):
    token = bakery.token()
    actions.block(world, ana)
    assert bakery.refused(token) == (551, 1545041)


def test_stopping_and_resuming(bakery, world, ana, page, clock):
    optin = bakery.get()
    token = optin["notification_messages_token"]
    (event,) = actions.stop(world, ana, TITLE)
    stopped = optin | {"notification_messages_status": "STOP NOTIFICATIONS"}
    assert event["optin"] == stopped
    assert ana.phone.entries[-1].shown()["kind"] == "stop"
    assert bakery.refused(token) == (10, 1893015)
    (event,) = actions.resume(world, ana, TITLE)
    assert event["optin"] == optin | {"notification_messages_status": "RESUME NOTIFICATIONS"}
    assert ana.phone.entries[-1].fields == {"title": TITLE}
    bakery.send(token)


def test_a_topic_of_two_frequencies_stops_whole(bakery, world, ana, clock):
    daily = bakery.token()
    clock.advance(7 * DAY)
    actions.write(world, ana, "Hi")
    weekly = bakery.token(replace(CARD, frequency=Frequency.WEEKLY))
    events = actions.stop(world, ana, TITLE)
    assert {event["optin"]["notification_messages_token"] for event in events} == {daily, weekly}


def test_stopping_opens_no_window(bakery, world, ana, say, clock):
    bakery.token()
    clock.advance(DAY)
    actions.stop(world, ana, TITLE)
    with pytest.raises(GraphError):
        say(ana)


def test_what_can_not_be_stopped_or_resumed(bakery, world, ana, clock):
    with pytest.raises(Problem, match="no messages titled 'Bird Facts' to stop"):
        actions.stop(world, ana, TITLE)
    bakery.token()
    with pytest.raises(Problem, match="to resume"):
        actions.resume(world, ana, TITLE)
    actions.stop(world, ana, TITLE)
    with pytest.raises(Problem, match="to stop"):
        actions.stop(world, ana, TITLE)
    clock.advance(timedelta(days=200))
    with pytest.raises(Problem, match="to resume"):
        actions.resume(world, ana, TITLE)


def test_a_yes_after_a_stop_lifts_it(bakery, world, ana, clock):
    token = bakery.token()
    actions.stop(world, ana, TITLE)
    clock.advance(7 * DAY)
    actions.write(world, ana, "Hi")
    assert bakery.token() == token
    bakery.send(token)


@pytest.mark.parametrize(
    ("habits", "field", "written"),
    [
        ({"status": "underscored"}, "notification_messages_status", "STOP_NOTIFICATIONS"),
        ({"frequency": "lower"}, "notification_messages_frequency", "daily"),
        ({"frequency": "absent"}, "notification_messages_frequency", None),
        ({"expiry": "seconds"}, "token_expiry_timestamp", _ms(2030, 7, 31) // 1000),
    ],
)
def test_other_spellings(bakery, world, ana, habits, field, written):
    world.habits = world.habits.changed(habits)
    optin = bakery.get()
    (event,) = actions.stop(world, ana, TITLE)
    assert event["optin"].get(field) == written
    if field in optin:
        assert optin[field] == written
