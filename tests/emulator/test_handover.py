"""Conversations that are passed to the Page's inbox, and come back."""

import json

import pytest

from otn_studio.emulator.client import EmulatorProblem
from tests.emulator.calls import TOKEN, error_of
from tests.emulator.receiver import VERIFY_TOKEN

INBOX = "263902037430900"


@pytest.fixture
def call(engine, base_url):
    def call(edge: str, **body: object):
        return engine.post(f"{base_url}/me/{edge}", params=TOKEN, json=body, timeout=10)

    return call


@pytest.fixture
def ana(emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    return emulator.add_person("Ana Maria Silva")


def told(emulator, receiver) -> list[dict]:
    """What the app was told of, by then."""
    emulator.wait_until_idle()
    bodies = [json.loads(body) for body in receiver.bodies]
    return [event for body in bodies for event in body["entry"][0].get("messaging", ())]


def test_while_another_app_leads_ours_neither_sends_nor_hears(emulator, receiver, ana, call):
    ana.write("help")
    recipient = {"id": ana.id}
    passed = call("pass_thread_control", recipient=recipient, target_app_id=INBOX)
    assert passed.json() == {"success": True}
    before = len(told(emulator, receiver))
    ana.write("is anybody there?")
    assert len(told(emulator, receiver)) == before
    refused = call("messages", recipient=recipient, message={"text": "Hi"})
    assert error_of(refused)["error_subcode"] == 2018300
    [event] = ana.give_back()
    assert event["pass_thread_control"]["previous_owner_app_id"] == INBOX
    assert call("messages", recipient=recipient, message={"text": "Hi"}).ok
    assert event in told(emulator, receiver)


def test_our_app_takes_a_conversation_at_any_time(ana, call):
    ana.write("help")
    recipient = {"id": ana.id}
    call("pass_thread_control", recipient=recipient, target_app_id=INBOX)
    assert call("take_thread_control", recipient=recipient).json() == {"success": True}
    assert call("messages", recipient=recipient, message={"text": "Hi"}).ok
    assert ana.give_back() == []


def test_nobody_is_passed_on_who_is_not_there_or_was_passed_on(ana, call):
    nobody = call("pass_thread_control", recipient={"id": "1"}, target_app_id=INBOX)
    assert error_of(nobody)["code"] == 100
    for expected in (200, 400):
        passed = call("pass_thread_control", recipient={"id": ana.id}, target_app_id=INBOX)
        assert passed.status_code == expected


def shown(emulator, person) -> dict:
    (found,) = emulator.get(f"/view?person={person.id}")["people"]
    return found


def test_our_app_asks_for_a_conversation_and_it_is_seen(emulator, ana, call):
    recipient = {"id": ana.id}
    ana.write("help")
    assert call("request_thread_control", recipient=recipient).json() == {"success": True}
    assert not shown(emulator, ana)["asked_for"], "it leads already"
    ana.take_over()
    call("request_thread_control", recipient=recipient, metadata="all done?")
    assert shown(emulator, ana)["asked_for"]
    ana.give_back()
    assert not shown(emulator, ana)["asked_for"]


def test_a_colleague_asks_for_a_conversation(emulator, receiver, ana, call):
    ana.write("help")
    [event] = ana.ask_for()
    assert event["request_thread_control"] == {"requested_owner_app_id": INBOX}
    assert event in told(emulator, receiver)
    assert call("messages", recipient={"id": ana.id}, message={"text": "Hi"}).ok
    ana.take_over()
    with pytest.raises(EmulatorProblem, match="leads the conversation"):
        ana.ask_for()
