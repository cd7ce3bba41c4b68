"""Lasting permissions: asking, saying yes, sending, stopping and resuming."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from otn_studio.emulator import actions
from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.contents import Message, OptInCard
from otn_studio.emulator.errors import GraphError, Problem
from otn_studio.emulator.sends import Send
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, RequestBudget, Rules
from tests.emulator.conftest import DAY, START, START_MS
from tests.emulator.recurring import CARD, HOUR, TITLE, Page

TAPPED = START.replace(microsecond=123_000)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def bakery(world, ana) -> Page:
    actions.write(world, ana, "Hi")
    return Page(world, ana)


def _rules(profile: str, **more: object) -> Rules:
    return Rules(PROFILES[profile], **more)


def _ms(*date: int) -> int:
    return milliseconds(datetime(*date, 12, tzinfo=UTC)) + 123


def test_a_request_shows_as_a_card(bakery, ana):
    card = replace(CARD, image_url="https://x.test/bird.png", call_to_action="SIGN_UP")
    receipt = bakery.ask(card)
    assert ana.phone.entries[-1].shown() == {
        "at": "2030-01-31T12:00:00.123456+00:00",
        "from": "page",
        "kind": "recurring_card",
        "title": TITLE,
        "payload": "topic-7",
        "button": "Sign up for messages",
        "frequency": "daily",
        "picture": "https://x.test/bird.png",
        "aspect_ratio": "HORIZONTAL",
        "by_permission": False,
        "id": receipt.message_id,
        "tapped": False,
    }
    assert bakery.world.ledger.shown()["sends"][-1]["kind"] == "recurring_card"
    assert receipt.echo["message"]["attachments"][0]["payload"] == {
        "template_type": "notification_messages",
        "title": TITLE,
        "payload": "topic-7",
        "notification_messages_frequency": "DAILY",
        "notification_messages_reoptin": "ENABLED",
        "notification_messages_cta_text": "SIGN_UP",
        "image_url": "https://x.test/bird.png",
        "image_aspect_ratio": "HORIZONTAL",
    }


def test_tapping_it_gives_a_token(bakery, ana, page):
    bakery.ask()
    (event,) = actions.notify_me(bakery.world, ana)
    token = event["optin"]["notification_messages_token"]
    assert event == {
        "sender": {"id": ana.id},
        "recipient": {"id": page.id},
        "timestamp": START_MS,
        "optin": {
            "type": "notification_messages",
            "payload": "topic-7",
            "notification_messages_token": token,
            "notification_messages_frequency": "DAILY",
            "token_expiry_timestamp": _ms(2030, 7, 31),
            "user_token_status": "NOT_REFRESHED",
            "notification_messages_timezone": "UTC",
            "title": TITLE,
        },
    }
    assert ana.phone.entries[-2].shown()["tapped"] is True
    assert ana.phone.entries[-1].fields == {
        "title": "Get updates",
        "on": "recurring_card",
        "card": TITLE,
    }


@pytest.mark.parametrize(
    ("frequency", "ends"),
    [
        (Frequency.DAILY, (2030, 7, 31)),
        (Frequency.WEEKLY, (2030, 10, 31)),
        (Frequency.MONTHLY, (2031, 1, 31)),
    ],
)
def test_how_long_it_lasts(bakery, frequency, ends):
    optin = bakery.get(replace(CARD, frequency=frequency))
    assert optin["token_expiry_timestamp"] == _ms(*ends)
    assert optin["notification_messages_frequency"] == frequency.upper()


def test_the_cards_zone_and_else_the_pages(bakery, world):
    world.rules = Rules(zone=NEW_YORK)
    named = bakery.get(replace(CARD, zone=ZoneInfo("Asia/Tokyo")))
    assert named["notification_messages_timezone"] == "Asia/Tokyo"
    unnamed = bakery.get(replace(CARD, title="Other"))
    assert unnamed["notification_messages_timezone"] == "America/New_York"
    assert unnamed["token_expiry_timestamp"] == _ms(2030, 7, 31) - HOUR // timedelta(milliseconds=1)


@pytest.mark.parametrize("profile", ["rn-2023", "rn-2025"])
def test_without_lifetimes_there_is_no_end(bakery, world, profile):
    world.rules = _rules(profile)
    optin = bakery.get(replace(CARD, frequency=None))
    assert "token_expiry_timestamp" not in optin
    assert "notification_messages_frequency" not in optin


def test_where_the_calendar_counts_a_request_names_its_frequency(bakery):
    assert bakery.refused_to_ask(replace(CARD, frequency=None)) == (100, None)


def test_saying_yes_opens_no_window(bakery, world, ana, say, clock):
    bakery.ask()
    clock.advance(3 * DAY)
    actions.notify_me(world, ana)
    with pytest.raises(GraphError):
        say(ana)


def test_one_token_for_a_person_a_title_and_a_frequency(bakery, world, ana, clock):
    first = bakery.get()
    weekly = bakery.token(replace(CARD, frequency=Frequency.WEEKLY, title="Weekly"))
    clock.advance(8 * DAY)
    actions.write(world, ana, "Hi")
    again = bakery.get(replace(CARD, payload="topic-8"))
    assert again["notification_messages_token"] == first["notification_messages_token"]
    assert again["token_expiry_timestamp"] == _ms(2030, 8, 8)
    assert (again["payload"], again["user_token_status"]) == ("topic-8", "NOT_REFRESHED")
    other = bakery.token(replace(CARD, title="Weekly"))
    assert len({first["notification_messages_token"], weekly, other}) == 3


def test_another_person_has_another_token(bakery, world):
    ben = world.add_person("Ben")
    actions.write(world, ben, "Hi")
    assert bakery.token() != Page(world, ben).token()


def test_after_its_end_the_next_yes_gives_a_new_token(bakery, world, ana, clock):
    first = bakery.token()
    clock.advance(timedelta(days=200))
    actions.write(world, ana, "Hi")
    second = bakery.token()
    assert first != second
    assert bakery.refused(first) == (100, None)
    bakery.send(second)


def test_both_kinds_of_card_are_counted_together(bakery, world, ana, ask):
    ask(ana, "one")
    bakery.ask()
    ask(ana, "three")
    assert actions.notify_me(world, ana, 1)[0]["optin"]["title"] == TITLE
    assert actions.notify_me(world, ana)[0]["optin"]["type"] == "one_time_notif_req"


def test_a_request_needs_the_window(bakery, clock):
    clock.advance(DAY)
    assert bakery.refused_to_ask() == (10, 2018278)


def test_the_same_title_once_in_seven_days(bakery, world, ana, clock):
    bakery.ask()
    assert bakery.refused_to_ask() == (613, 1893016)
    bakery.ask(replace(CARD, title="Fish Facts"))
    clock.move_to(START + 7 * DAY)
    actions.write(world, ana, "Hi")
    bakery.ask()


def test_the_budget_of_requests(bakery, world):
    world.rules = Rules(budgets=(RequestBudget(2, DAY),))
    bakery.ask()
    bakery.ask(replace(CARD, title="Fish Facts"))
    assert bakery.refused_to_ask(replace(CARD, title="Dog Facts")) == (9, 2018352)


def test_the_country(bakery, world):
    world.rules = _rules("retired-2026", country="US")
    assert bakery.refused_to_ask() == (100, None)
    world.rules = _rules("retired-2026", country="DE")
    token = bakery.token()
    bakery.send(token)
    world.rules = _rules("retired-2026", country="US")
    assert bakery.refused(token) == (100, None)


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
