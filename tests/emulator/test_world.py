"""What Messenger lets through to a person."""

from datetime import timedelta

import pytest

from otn_studio.emulator import actions
from otn_studio.emulator.asking import OptInCard
from otn_studio.emulator.contents import Message, Text
from otn_studio.emulator.errors import GraphError, Problem
from otn_studio.emulator.sends import Send
from tests.emulator.conftest import DAY, MICROSECOND, START, START_MS


def _refused(receive, *args) -> tuple[int, int | None]:
    with pytest.raises(GraphError) as refused:
        receive(*args)
    return refused.value.code, refused.value.subcode


@pytest.fixture
def token(world, ana, ask) -> str:
    """A permission of Ana, whose window is open."""
    actions.write(world, ana, "Hi")
    ask(ana)
    (event,) = actions.notify_me(world, ana)
    return event["optin"]["one_time_notif_token"]


def test_a_message_shows_on_the_phone_and_stands_in_the_ledger(world, ana):
    actions.write(world, ana, "Hi")
    send = Send(psid=ana.id, message=Message(Text("Hello"), metadata="send-1"))
    receipt = world.receive(send)
    assert receipt.recipient_id == ana.id
    assert ana.phone.entries[-1].shown() == {
        "at": "2030-01-31T12:00:00.123456+00:00",
        "from": "page",
        "kind": "text",
        "text": "Hello",
        "by_permission": False,
        "id": receipt.message_id,
    }
    assert world.ledger.shown()["sends"] == [
        {
            "id": receipt.message_id,
            "recipient": ana.id,
            "kind": "text",
            "metadata": "send-1",
            "token": None,
            "at": "2030-01-31T12:00:00.123456+00:00",
        }
    ]


def test_the_echo_swaps_the_two_and_carries_app_and_metadata(world, ana, page):
    actions.write(world, ana, "Hi")
    send = Send(psid=ana.id, message=Message(Text("Hello"), metadata="send-1"))
    receipt = world.receive(send)
    assert receipt.echo == {
        "sender": {"id": page.id},
        "recipient": {"id": ana.id},
        "timestamp": START_MS,
        "message": {
            "mid": receipt.message_id,
            "is_echo": True,
            "app_id": 1517776481860111,
            "text": "Hello",
            "metadata": "send-1",
        },
    }


def test_the_echo_of_a_card_without_metadata(world, ana, ask):
    actions.write(world, ana, "Hi")
    echo = ask(ana).echo["message"]
    assert "metadata" not in echo
    assert echo["attachments"] == [
        {
            "type": "template",
            "payload": {
                "template_type": "one_time_notif_req",
                "title": "Shall we tell you?",
                "payload": "topic-7",
            },
        }
    ]


def test_the_delivery_event(world, ana, say, page):
    actions.write(world, ana, "Hi")
    receipt = say(ana)
    assert receipt.delivery == {
        "sender": {"id": ana.id},
        "recipient": {"id": page.id},
        "delivery": {"mids": [receipt.message_id], "watermark": START_MS},
    }


def test_nobody_has_that_id(world):
    send = Send(psid="404", message=Message(Text("Hello")))
    assert _refused(world.receive, send) == (100, 2018001)


def test_the_window_is_shut_before_a_person_has_ever_written(say, ana):
    assert _refused(say, ana) == (10, 2018278)


def test_the_window_closes_exactly_24_hours_after_the_persons_instant(world, ana, say, clock):
    (event,) = actions.write(world, ana, "Hi")
    acted = START.replace(microsecond=123_000)
    assert event["timestamp"] == START_MS

    clock.move_to(acted + DAY - MICROSECOND)
    say(ana)
    clock.move_to(acted + DAY)
    assert _refused(say, ana) == (10, 2018278)
    assert len(world.ledger.sends) == 1


def test_the_pages_own_messages_do_not_renew_the_window(world, ana, say, clock):
    actions.write(world, ana, "Hi")
    clock.advance(timedelta(hours=23))
    say(ana)
    clock.advance(timedelta(hours=1))
    assert _refused(say, ana) == (10, 2018278)


def test_a_permission_reaches_a_person_whose_window_is_shut(world, ana, token, spend, clock):
    clock.advance(timedelta(days=90))
    receipt = spend(token)
    assert receipt.recipient_id == ana.id
    assert ana.phone.entries[-1].by_permission
    assert world.ledger.sends[-1].token == token


def test_a_permission_is_for_one_message_even_inside_the_window(token, spend, ana, say, world):
    spend(token)
    assert _refused(spend, token) == (100, None)
    say(ana)
    assert [accepted.token for accepted in world.ledger.sends] == [None, token, None]


def test_a_message_by_permission_does_not_open_the_window(ana, token, spend, say, clock):
    clock.advance(timedelta(days=2))
    spend(token)
    assert _refused(say, ana) == (10, 2018278)


def test_a_permission_lasts_one_year(token, spend, clock, world):
    clock.move_to(START.replace(year=2031, microsecond=123_000))
    assert _refused(spend, token) == (100, None)
    clock.move_to(START.replace(year=2031, microsecond=122_999))
    spend(token)
    assert world.ledger.sends[-1].token == token


def test_an_unknown_permission(spend):
    assert _refused(spend, "123") == (100, None)


def test_permissions_are_spent_one_by_one(world, ana, token, ask, spend):
    ask(ana, "And this?")
    (event,) = actions.notify_me(world, ana)
    second = event["optin"]["one_time_notif_token"]
    spend(token)
    spend(second)
    assert second != token
    assert _refused(spend, second) == (100, None)


def test_a_request_needs_the_window(ana, ask):
    assert _refused(ask, ana) == (10, 2018278)


def test_a_request_needs_the_window_even_by_permission_and_then_spends_none(
    world, token, spend, clock
):
    clock.advance(DAY)
    request = Send(token=token, message=Message(OptInCard("Again?", "topic-7")))
    assert _refused(world.receive, request) == (10, 2018278)
    spend(token)


def test_a_person_who_blocked_the_page_gets_nothing(world, ana, token, say, spend):
    actions.block(world, ana)
    shown = len(ana.phone.entries)
    assert _refused(say, ana) == (551, 1545041)
    assert _refused(spend, token) == (551, 1545041)
    assert len(ana.phone.entries) == shown


def test_typing_shows_until_it_is_taken_back_or_a_message_comes(world, ana, say, clock):
    actions.write(world, ana, "Hi")
    for sign, shows in [
        ("typing_on", True),
        ("mark_seen", True),
        ("typing_off", False),
        ("typing_on", True),
    ]:
        receipt = world.receive(Send(psid=ana.id, sender_action=sign))
        assert (receipt.message_id, receipt.echo) == (None, None)
        assert ana.phone.shows_typing(clock.now()) is shows
    say(ana)
    assert not ana.phone.shows_typing(clock.now())
    assert len(world.ledger.sends) == 1


def test_typing_goes_away_by_itself(world, ana, clock):
    actions.write(world, ana, "Hi")
    world.receive(Send(psid=ana.id, sender_action="typing_on"))
    clock.advance(timedelta(seconds=19))
    assert ana.phone.shows_typing(clock.now())
    clock.advance(timedelta(seconds=1))
    assert not ana.phone.shows_typing(clock.now())


def test_typing_needs_the_window(world, ana):
    send = Send(psid=ana.id, sender_action="typing_on")
    assert _refused(world.receive, send) == (10, 2018278)


def test_looking_for_nobody(world):
    with pytest.raises(Problem, match="no person with the id 404"):
        world.person("404")
