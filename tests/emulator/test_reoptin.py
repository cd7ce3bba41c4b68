"""Messenger asks whether a topic shall go on, the day before it ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.emulator import actions
from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.errors import Problem
from otn_studio.policy.profiles import PROFILES, Rules
from tests.emulator.recurring import CARD, TITLE, Page

ASKED = datetime(2030, 7, 30, 12, 0, 0, 123_000, tzinfo=UTC)
"""A day before the six months of a yes on 31 January have passed."""
DAY = timedelta(days=1)


@pytest.fixture
def jump(world, clock):
    """Put the clock somewhere, and let happen what was due."""

    def jump(instant: datetime) -> None:
        clock.move_to(instant)
        world.catch_up()

    return jump


def _asked(person) -> list[datetime]:
    return [entry.at for entry in person.phone.entries if entry.kind == "reoptin_card"]


def test_the_card_comes_a_day_before_the_end(bakery, world, ana, jump):
    token = bakery.token(replace(CARD, image_url="https://x.test/bird.png"))
    jump(ASKED - timedelta(microseconds=1))
    assert _asked(ana) == []
    jump(ASKED)
    shown = ana.phone.entries[-1].shown()
    assert shown == {
        "at": "2030-07-30T12:00:00.123000+00:00",
        "from": "page",
        "kind": "reoptin_card",
        "title": TITLE,
        "button": "Continue messages",
        "picture": "https://x.test/bird.png",
        "by_permission": False,
        "id": shown["id"],
        "tapped": False,
    }
    assert len(world.ledger.sends) == 1
    assert world.ledger.shown()["asked_again"] == [
        {
            "id": shown["id"],
            "recipient": ana.id,
            "kind": "reoptin_card",
            "metadata": None,
            "token": token,
            "at": "2030-07-30T12:00:00.123000+00:00",
        }
    ]


def test_a_jump_far_over_it_shows_it_where_it_belongs_and_once(bakery, ana, jump):
    bakery.token()
    jump(ASKED + 400 * DAY)
    jump(ASKED + 401 * DAY)
    assert _asked(ana) == [ASKED]


def test_several_come_in_the_order_of_their_instants(bakery, world, ana, jump):
    bakery.token(replace(CARD, title="One"))
    jump(datetime(2030, 2, 3, 12, tzinfo=UTC))
    ben = world.add_person("Ben")
    actions.write(world, ben, "Hi")
    Page(world, ben).token()
    jump(ASKED + 30 * DAY)
    assert [asked.recipient for asked in world.ledger.asked_again] == [ana.id, ben.id]


def test_tapping_it_moves_the_end_and_keeps_the_token(bakery, world, ana, jump):
    before = bakery.get()
    jump(ASKED + timedelta(hours=3))
    (event,) = actions.go_on(world, ana)
    ends = datetime(2031, 1, 30, 15, 0, 0, 123_000, tzinfo=UTC)
    assert event["optin"] == before | {
        "token_expiry_timestamp": milliseconds(ends),
        "user_token_status": "REFRESHED",
    }
    assert ana.phone.entries[-1].fields["on"] == "reoptin_card"
    jump(ends - timedelta(hours=1))
    bakery.send(before["notification_messages_token"])
    assert _asked(ana) == [ASKED, ends - DAY]


def test_it_can_give_a_new_token(bakery, world, ana, jump):
    world.habits = world.habits.changed({"token": "replaced"})
    old = bakery.token()
    jump(ASKED)
    (event,) = actions.go_on(world, ana)
    new = event["optin"]["notification_messages_token"]
    assert new != old
    assert bakery.refused(old) == (100, None)
    bakery.send(new)


def test_an_ordinary_yes_after_it_is_not_refreshed(bakery, world, ana, jump):
    token = bakery.token()
    jump(ASKED)
    actions.go_on(world, ana)
    actions.write(world, ana, "Hi")
    again = bakery.get()
    assert again["notification_messages_token"] == token
    assert again["user_token_status"] == "NOT_REFRESHED"


def test_it_opens_no_window_and_is_tapped_once(bakery, world, ana, jump):
    bakery.token()
    jump(ASKED)
    actions.go_on(world, ana)
    assert bakery.refused_to_ask(replace(CARD, title="Fish Facts")) == (10, 2018278)
    with pytest.raises(Problem, match="no re-opt-in card on the phone"):
        actions.go_on(world, ana)
    with pytest.raises(Problem, match="Re-opt-in card 0 was tapped already"):
        actions.go_on(world, ana, 0)
    with pytest.raises(Problem, match="are 1 re-opt-in cards on the phone, none is 1"):
        actions.go_on(world, ana, 1)


def test_after_the_end_it_is_too_late_to_tap(bakery, world, ana, jump):
    bakery.token()
    jump(ASKED + DAY)
    with pytest.raises(Problem, match="permission for 'Bird Facts' has ended"):
        actions.go_on(world, ana)


def test_it_is_no_opt_in_card(bakery, world, ana, jump):
    bakery.token()
    jump(ASKED)
    with pytest.raises(Problem, match="no opt-in card"):
        actions.notify_me(world, ana)


def test_only_where_it_was_enabled_and_there_is_an_end(bakery, world, ana, jump):
    bakery.token(replace(CARD, asks_again=False))
    world.rules = Rules(PROFILES["rn-2023"])
    bakery.token(replace(CARD, title="Fish Facts"))
    jump(ASKED + 800 * DAY)
    assert _asked(ana) == []


def test_not_after_a_block(bakery, world, ana, jump):
    bakery.token()
    actions.block(world, ana)
    jump(ASKED)
    assert _asked(ana) == []


def test_not_while_the_topic_is_stopped_but_once_it_is_resumed(bakery, world, ana, jump):
    bakery.token()
    actions.stop(world, ana, TITLE)
    resumed = ASKED + timedelta(hours=2)
    jump(resumed)
    assert _asked(ana) == []
    actions.resume(world, ana, TITLE)
    world.catch_up()
    assert _asked(ana) == [resumed]


def test_a_yes_in_between_moves_it(bakery, world, ana, jump):
    bakery.token()
    jump(datetime(2030, 3, 1, 12, tzinfo=UTC))
    actions.write(world, ana, "Hi")
    bakery.token()
    jump(ASKED)
    assert _asked(ana) == []
    jump(datetime(2030, 8, 31, 12, tzinfo=UTC))
    assert _asked(ana) == [datetime(2030, 8, 31, 12, tzinfo=UTC)]
