"""The app's subscription: which events it gets, and how it loses all of them."""

import pytest

from tests.emulator.calls import TOKEN, error_of
from tests.emulator.receiver import VERIFY_TOKEN, Receiver


@pytest.fixture
def apps(engine, base_url, page):
    """Call ``subscribed_apps``."""

    def apps(method: str, **how: object):
        url = f"{base_url}/v19.0/{page.id}/subscribed_apps"
        return engine.request(method, url, **{"params": TOKEN} | how)

    return apps


def _fields(apps) -> list[str]:
    (app,) = apps("GET").json()["data"]
    return app["subscribed_fields"]


def test_it_is_subscribed_to_everything_until_it_says_to_what(apps, page):
    assert "messaging_optins" in _fields(apps)
    body = {"subscribed_fields": ["messaging_optins", "messages"]}
    assert apps("POST", json=body).json() == {"success": True}
    assert apps("GET").json() == {
        "data": [{"id": page.app_id, "subscribed_fields": ["messages", "messaging_optins"]}]
    }


@pytest.mark.parametrize(
    "how",
    [
        {"params": TOKEN | {"subscribed_fields": "messages,message_echoes"}},
        {"data": {"subscribed_fields": '["messages", "message_echoes"]'}},
        {"json": {"subscribed_fields": ["messages", "message_echoes"]}},
    ],
)
def test_ways_to_name_the_fields(apps, how):
    assert apps("POST", **how).json() == {"success": True}
    assert _fields(apps) == ["messages", "message_echoes"]


@pytest.mark.parametrize("fields", [None, "", "massages", [], [7], {"messages": 1}, "[messages"])
def test_fields_that_make_no_sense(apps, fields):
    before = _fields(apps)
    answer = apps("POST", json={"subscribed_fields": fields})
    assert error_of(answer)["code"] == 100
    assert _fields(apps) == before


def test_only_what_was_asked_for_comes(apps, emulator, visitor, send, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    apps("POST", json={"subscribed_fields": "messages,message_deliveries"})
    visitor.write("Cake?")
    visitor.get_started()
    visitor.open_link("poster")
    send(visitor.id)
    visitor.react()
    emulator.wait_until_idle()
    came = [body for body in receiver.bodies if b'"delivery"' not in body]
    assert len(receiver.bodies) == 2
    assert len(came) == 1
    assert b"Cake?" in came[0]


def test_unsubscribed_it_gets_nothing_until_it_subscribes_again(apps, emulator, visitor, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.unsubscribe()
    assert apps("GET").json() == {"data": []}
    visitor.write("a")
    assert emulator.waiting() == 0
    apps("POST", json={"subscribed_fields": "messages"})
    visitor.write("b")
    emulator.wait_until_idle()
    assert receiver.texts() == ["b"]


def test_what_waits_when_it_is_unsubscribed_is_lost(apps, emulator, visitor):
    emulator.faults(repeat=1)
    with Receiver() as gone:
        emulator.subscribe(gone.url, VERIFY_TOKEN)
    for text in "abc":
        visitor.write(text)
    emulator.unsubscribe()
    emulator.wait_until_idle(timeout=10)
    apps("POST", json={"subscribed_fields": "messages"})
    visitor.write("d")
    with Receiver(gone.port) as back:
        emulator.wait_until_idle()
        assert set(back.texts()) == {"d"}


def test_the_app_can_leave_and_a_webhook_brings_it_back(apps, emulator, visitor, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    assert apps("DELETE").json() == {"success": True}
    visitor.write("a")
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    visitor.write("b")
    emulator.wait_until_idle()
    assert receiver.texts() == ["b"]


def test_a_webhook_leaves_the_choice_of_fields_alone(apps, emulator, receiver):
    apps("POST", json={"subscribed_fields": "messages"})
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    assert _fields(apps) == ["messages"]
