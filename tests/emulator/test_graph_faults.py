"""What follows a send: its echo and delivery, or the fault that was asked for."""

import json

import pytest
import requests

from tests.emulator.calls import TOKEN, error_of, received
from tests.emulator.receiver import VERIFY_TOKEN


def test_an_accepted_send_is_followed_by_echo_and_delivery(send, visitor, emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    mid = send(visitor.id).json()["message_id"]
    emulator.wait_until_idle()
    echo, delivery = (json.loads(body)["entry"][0]["messaging"][0] for body in receiver.bodies)
    assert (echo["message"]["is_echo"], echo["message"]["mid"]) == (True, mid)
    assert delivery["delivery"]["mids"] == [mid]


def test_echo_and_delivery_can_be_kept_back(send, visitor, emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.faults(echo=0, delivery=0)
    send(visitor.id)
    emulator.wait_until_idle()
    assert receiver.posts == []


def test_a_refused_send_is_followed_by_nothing(send, visitor, emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.advance("2 days")
    send(visitor.id)
    emulator.wait_until_idle()
    assert receiver.posts == []


@pytest.mark.parametrize(
    ("fault", "status", "code"), [("rate_limit", 429, 613), ("server_error", 500, 2)]
)
def test_faults_with_an_answer(send, visitor, emulator, fault, status, code):
    emulator.faults(**{fault: 1})
    response = send(visitor.id)
    assert (response.status_code, error_of(response)["code"]) == (status, code)
    assert received(visitor) == []
    assert emulator.ledger()["refused"] == {str(code): 1}
    emulator.faults(**{fault: 0})
    assert send(visitor.id).status_code == 200


@pytest.mark.parametrize(("fault", "delivered"), [("drop_before", []), ("drop_after", ["Hello"])])
def test_faults_without_an_answer(send, visitor, emulator, receiver, fault, delivered):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.faults(**{fault: 1})
    with pytest.raises(requests.ConnectionError):
        send(visitor.id)
    emulator.wait_until_idle()
    assert received(visitor) == delivered
    assert receiver.texts() == delivered, "the echo tells whether it was delivered"
    assert len(emulator.ledger()["sends"]) == len(delivered)


@pytest.mark.parametrize(("fault", "delivered"), [("drop_before", []), ("drop_after", ["Hello"])])
def test_a_dropped_call_can_hang_for_longer_than_its_caller_waits(
    engine, base_url, visitor, emulator, fault, delivered
):
    emulator.faults(**{fault: 1}, hang_seconds=600)
    body = {"recipient": {"id": visitor.id}, "message": {"text": "Hello"}}
    with pytest.raises(requests.ReadTimeout):
        engine.post(f"{base_url}/me/messages", params=TOKEN, json=body, timeout=0.2)
    assert received(visitor) == delivered


def test_a_refused_call_is_answered_even_where_the_answer_would_have_been_dropped(send, emulator):
    emulator.faults(drop_after=1)
    assert error_of(send("404"))["code"] == 100


def test_the_same_seed_gives_the_same_answers_over_http(send, visitor, emulator):
    def answers() -> list[int | None]:
        emulator.faults(rate_limit=0.2, server_error=0.2, drop_before=0.2, drop_after=0.2, seed=9)
        return [_status(send, visitor.id) for _ in range(30)]

    first = answers()
    assert answers() == first
    assert set(first) == {200, 429, 500, None}


def _status(send, psid: str) -> int | None:
    try:
        return send(psid).status_code
    except requests.ConnectionError:
        return None
