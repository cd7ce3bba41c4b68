"""After a silence the engine subscribes again, and its permissions are compared with Messenger's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from otn_studio.runtime.broadcasting.announcing import people
from otn_studio.runtime.receiving.reconciling import FIELDS
from tests.runtime.far_end import MONDAY, PAGE
from tests.runtime.permissions.recurring import NEWS, opts_in, rows, say_yes, stops, told


def listed(token: str = "r-1", person: str = "ann", **more: Any) -> dict[str, Any]:
    """An entry of Messenger's list."""
    return {
        "notification_messages_token": token,
        "recipient_id": person,
        "topic_title": "Bird facts?",
        "notification_messages_frequency": "WEEKLY",
        "creation_timestamp": seconds(MONDAY - timedelta(days=7)),
    } | more


def seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def be_silent(shop, **time: float) -> None:
    """Let an hour pass without a webhook, and wait until Messenger's list was looked at."""
    shop.wait_until(lambda: _has_looked(shop))  # the look of the start may still be to come
    looked = len(shop.far_end.subscribed)
    shop.advance(**(time or {"hours": 1}))
    shop.wait_until(lambda: len(shop.far_end.subscribed) > looked and _has_looked(shop))
    for _ in range(2):  # the second is taken when the turn of the first is over
        shop.arrives("read", {"read": {}})


def _has_looked(shop) -> bool:
    reconciler = shop.reconciler
    due = reconciler._due_at
    return due is not None and due > shop.clock.now() and reconciler._found.empty()


def reached(shop) -> int:
    return people(shop.database, PAGE, NEWS, shop.clock.now())


def test_a_page_that_never_heard_of_messenger_subscribes_at_once(shop):
    shop.wait_until(lambda: shop.far_end.subscribed == [FIELDS])


def test_it_subscribes_again_after_an_hour_without_a_webhook(shop):
    say_yes(shop)
    shop.far_end.tokens = [listed()]
    looked = len(shop.far_end.subscribed)
    shop.advance(minutes=40)
    shop.write("hello")
    shop.advance(minutes=40)
    assert len(shop.far_end.subscribed) - looked <= 1  # that of the failed look at the start
    be_silent(shop, minutes=20)
    assert reached(shop) == 1


@pytest.mark.parametrize(
    ("away", "at_once", "looks"), [(50, False, 0), (50, True, 1), (61, False, 1)]
)
def test_a_start_counts_the_time_before_it(shop, away, at_once, looks):
    shop.far_end.tokens = []
    be_silent(shop)
    shop.write("hello")
    shop.engine.stop()
    before = len(shop.far_end.subscribed)
    shop.clock.advance(minutes=away)
    shop.start(reconcile=at_once)
    shop.wait_until(lambda: len(shop.far_end.subscribed) - before == looks)


def test_what_messenger_has_and_we_have_not_is_kept(shop):
    say_yes(shop)
    shop.far_end.tokens = [listed(), listed("r-2", "bob"), listed("r-3", "zoe", topic_title="?")]
    be_silent(shop)
    kept = {row.token: row for row in rows(shop)}
    assert {token: row.topic_id for token, row in kept.items()} == {
        "r-1": NEWS,
        "r-2": NEWS,
        "r-3": "",
    }
    assert reached(shop) == 2
    assert "Messenger lists a permission that was not here: it is kept now" in shop.notes()
    assert any(note.endswith("for no topic of ours: “?”") for note in shop.notes())


def test_the_request_that_the_person_got_says_which_topic_it_was(shop):
    say_yes(shop)
    shop.write("birds", "bob")
    told(shop, "r-9", "eve", payload="otn1|quiet|1|ask|card.opted_in|t1", title="Bird facts?")
    shop.far_end.tokens = [listed(), listed("r-2", "bob"), listed("r-9", "eve")]
    be_silent(shop)
    assert {row.token: row.topic_id for row in rows(shop)}["r-2"] == NEWS


def test_the_webhook_that_comes_after_all_begins_what_it_would_have_begun(shop):
    say_yes(shop)
    shop.write("birds", "bob")
    shop.far_end.tokens = [listed(), listed("r-2", "bob")]
    be_silent(shop)
    before = shop.notes().count("“Listening” started")
    opts_in(shop, "r-2", "bob")
    opts_in(shop, "r-2", "bob")
    assert shop.notes().count("“Listening” started") == before + 1
    assert len(rows(shop)) == 2


def test_what_messenger_does_not_list_has_ended_but_a_stopped_one_may_come_back(shop):
    say_yes(shop)
    say_yes(shop, "r-2", "bob")
    stops(shop, "r-2", "bob")
    shop.far_end.tokens = []
    be_silent(shop)
    gone, stopped = rows(shop)
    assert gone.expires_at == shop.clock.now()
    assert stopped.expires_at > shop.clock.now()
    assert "Messenger does not list a permission any more: it has ended" in shop.notes()


def test_another_end_zone_and_next_time_are_taken_over(shop):
    say_yes(shop)
    ends, eligible = (datetime(2027, month, 1, tzinfo=UTC) for month in (5, 1))
    shop.far_end.tokens = [
        listed(
            token_expiry_timestamp=seconds(ends) * 1000,
            next_eligible_time=seconds(eligible),
            notification_messages_timezone="America/New_York",
        )
    ]
    be_silent(shop)
    (row,) = rows(shop)
    assert (row.expires_at, row.zone) == (ends, "America/New_York")
    assert row.next_allowed_at == eligible
    about, *corrected = "Messenger’s list corrects a permission: ", *shop.notes()[-3:]
    assert corrected == [
        about + "it ends at 2027-05-01 00:00",
        about + "its time zone is America/New_York",
        about + "not to be used before 2027-01-01 00:00",
    ]
    be_silent(shop)
    assert [note for note in shop.notes() if note.startswith("Messenger’s list")] == corrected


def test_what_happened_a_moment_ago_is_left_alone(shop):
    shop.far_end.tokens = []
    be_silent(shop)
    shop.far_end.tokens = [listed("r-7", "zoe", creation_timestamp=seconds(shop.clock.now()))]
    say_yes(shop)
    shop.engine.stop()
    shop.start(reconcile=True)
    before = len(shop.far_end.subscribed)
    shop.wait_until(lambda: len(shop.far_end.subscribed) > before - 1 and _has_looked(shop))
    assert [row.token for row in rows(shop)] == ["r-1"]
    assert reached(shop) == 1


def test_a_look_that_fails_is_made_up_for_in_spite_of_webhooks(shop):
    shop.wait_until(lambda: shop.reconciler._owed)
    say_yes(shop)
    shop.far_end.tokens = [listed(), listed("r-2", "bob")]
    shop.write("hello")
    be_silent(shop, minutes=6)
    assert len(rows(shop)) == 2


def test_many_differences_are_put_right_in_several_goes(shop):
    say_yes(shop)
    many = [listed(f"p-{number}", f"person-{number}") for number in range(1_200)]
    shop.far_end.tokens = [listed(), *many]
    be_silent(shop)
    shop.wait_until(lambda: reached(shop) == 1_201)
