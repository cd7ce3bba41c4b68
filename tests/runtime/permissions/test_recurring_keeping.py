"""What becomes of a yes, of another one, of a stop and of going on."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.runtime.conftest import ONE_MACHINE
from tests.runtime.far_end import refused
from tests.runtime.permissions.recurring import (
    NEWS,
    announce,
    opts_in,
    reached,
    resumes,
    rows,
    say_yes,
    stops,
    told,
)

HOSTS = (ONE_MACHINE,)

STOP, RESUME = (
    {"notification_messages_status": f"{word} NOTIFICATIONS"} for word in ("STOP", "RESUME")
)


def test_messengers_own_end_and_zone_win_and_a_difference_is_noted(shop):
    ends = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
    say_yes(
        shop,
        token_expiry_timestamp=ends * 1000,
        notification_messages_timezone="America/New_York",
    )
    (row,) = rows(shop)
    assert row.expires_at == datetime(2027, 1, 1, tzinfo=UTC)
    assert (row.zone, row.frequency, row.title) == ("America/New_York", "weekly", "Bird facts?")
    (note,) = (note for note in shop.notes() if note.startswith("Messenger ends"))
    assert "2027-01-01 00:00" in note
    assert "2027-08-23 08:00" in note


def test_without_messengers_word_the_profile_says_when_it_ends(shop):
    say_yes(shop)
    assert rows(shop)[0].expires_at == datetime(2027, 8, 23, 9, tzinfo=UTC)
    shop.advance(days=273)
    assert reached(shop) == 0


def test_a_yes_without_a_frequency_has_the_topics(shop):
    say_yes(shop, notification_messages_frequency=None)
    assert rows(shop)[0].frequency == "weekly"


def test_a_start_on_yes_begins_once_and_another_yes_only_renews(shop):
    say_yes(shop)
    assert shop.notes().count("“Listening” started") == 1
    announce(shop)
    shop.advance(days=200)
    opts_in(shop, "r-2", user_token_status="REFRESHED")
    (row,) = rows(shop)
    assert row.token == "r-2"
    assert row.expires_at == datetime(2028, 3, 11, 9, tzinfo=UTC)
    assert row.last_used_at is not None
    assert shop.notes().count("“Listening” started") == 1
    assert "Said yes once more: the permission that was there lasts longer" in shop.notes()


@pytest.mark.parametrize("token", ["r-1", "r-2"])
def test_a_yes_after_the_end_is_a_fresh_one(shop, token):
    say_yes(shop)
    announce(shop)
    shop.advance(days=280)
    opts_in(shop, token)
    row = rows(shop)[-1]
    assert (row.token, row.last_used_at) == (token, None)
    assert row.opted_in_at == shop.clock.now()
    assert shop.notes().count("“Listening” started") == 2
    assert announce(shop) == 1


def test_the_renewal_of_a_stopped_one_lets_it_go_on(shop):
    say_yes(shop)
    stops(shop)
    shop.advance(days=1)
    opts_in(shop)
    assert rows(shop)[0].stopped_at is None
    assert announce(shop) == 1


def test_a_yes_to_a_card_of_nobody_we_know_is_kept_and_never_used(shop):
    told(shop, "foreign", payload="SOMEBODY_ELSES", title="Theirs")
    (row,) = rows(shop)
    assert (row.topic_id, row.title, row.frequency) == ("", "Theirs", "weekly")


def test_a_stop_and_a_going_on(shop):
    say_yes(shop)
    stops(shop)
    assert reached(shop) == 0
    shop.announced({"topic": NEWS, "flow": "quiet"})
    assert shop.notes()[-1] == "Not sent: the person has stopped this topic"
    resumes(shop)
    assert announce(shop) == 1
    assert shop.notes().count("“Listening” started") == 3


def test_a_stop_of_a_permission_that_is_not_here_is_noted(shop):
    stops(shop, "unheard")
    assert "of a permission that is not here" in shop.notes()[-1]


def test_messenger_knows_of_a_stop_that_we_do_not(shop):
    say_yes(shop)
    shop.far_end.will_answer(refused(10, 1893015))
    announce(shop)
    assert shop.sends()[-1] == ("failed", "stopped")
    assert rows(shop)[0].stopped_at is not None
    resumes(shop)
    assert reached(shop) == 1


def ago(shop, **time: float) -> dict:
    return {"at": shop.clock.now() - timedelta(**time)}


def test_a_stop_that_a_going_on_has_overtaken_stops_nothing(shop):
    say_yes(shop)
    shop.advance(hours=1)
    told(shop, "r-1", **RESUME, **ago(shop, seconds=5))
    told(shop, "r-1", **STOP, **ago(shop, minutes=10))
    assert rows(shop)[0].stopped_at is None
    assert reached(shop) == 1


def test_a_going_on_that_a_stop_has_overtaken_lets_nothing_go_on(shop):
    say_yes(shop)
    shop.advance(hours=1)
    told(shop, "r-1", **STOP, **ago(shop, seconds=5))
    told(shop, "r-1", **RESUME, **ago(shop, minutes=10))
    assert reached(shop) == 0


def test_a_yes_that_its_stop_has_overtaken_is_kept_and_stopped(shop):
    stops(shop)
    say_yes(shop, **ago(shop, minutes=10))
    assert rows(shop)[0].stopped_at == shop.clock.now()
    assert reached(shop) == 0


def test_a_yes_that_another_one_has_overtaken_does_not_move_the_end_back(shop):
    say_yes(shop)
    shop.advance(hours=1)
    opts_in(shop)
    ends = rows(shop)[0].expires_at
    opts_in(shop, **ago(shop, minutes=10))
    assert rows(shop)[0].expires_at == ends


def test_a_refusal_that_a_going_on_has_overtaken_stops_nothing(shop):
    say_yes(shop)

    def stop_and_go_on(page_id, body):
        shop.clock.advance(seconds=9)
        resumes_meanwhile = {"notification_messages_token": "r-1", "type": "notification_messages"}
        shop.arrives("optin", {"optin": resumes_meanwhile | RESUME}, settle=False)
        return refused(10, 1893015)

    shop.far_end.send = stop_and_go_on
    announce(shop)
    assert shop.sends()[-1] == ("failed", "stopped")
    assert reached(shop) == 1
