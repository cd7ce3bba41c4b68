"""Lasting permissions: asking for them, and saying yes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from otn_studio.emulator import actions
from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.errors import GraphError
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, RequestBudget, Rules
from tests.emulator.conftest import DAY, START, START_MS
from tests.emulator.recurring import CARD, HOUR, TITLE, Page

TAPPED = START.replace(microsecond=123_000)
NEW_YORK = ZoneInfo("America/New_York")


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


def test_the_permissions_of_a_person_by_their_titles(bakery, world, ana, clock):
    ben = world.add_person("Ben")
    actions.write(world, ben, "Hi")
    Page(world, ben).get(replace(CARD, title="Ben's own"))
    bakery.get()
    clock.advance(HOUR)
    bakery.get(replace(CARD, title="Weekly", frequency=Frequency.WEEKLY))
    actions.stop(world, ana, TITLE)
    assert list(world.subscriptions.lasting(ana.id, clock.now()).items()) == [
        (TITLE, True),
        ("Weekly", False),
    ]


def test_a_title_is_stopped_when_all_of_its_frequencies_are(bakery, world, ana, clock):
    bakery.get()
    actions.stop(world, ana, TITLE)
    clock.advance(8 * DAY)
    actions.write(world, ana, "Hi")
    bakery.get(replace(CARD, frequency=Frequency.WEEKLY))
    assert world.subscriptions.lasting(ana.id, clock.now()) == {TITLE: False}
    actions.stop(world, ana, TITLE)
    assert world.subscriptions.lasting(ana.id, clock.now()) == {TITLE: True}


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
