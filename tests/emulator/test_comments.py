"""Comments below posts, and what may answer them."""

import json
from datetime import timedelta

import pytest

from tests.emulator.calls import TOKEN, error_of, received
from tests.emulator.receiver import VERIFY_TOKEN

CARD = {
    "attachment": {
        "type": "template",
        "payload": {"template_type": "one_time_notif_req", "title": "News?", "payload": "x"},
    }
}


@pytest.fixture
def send(engine, base_url):
    """Call the Send API with just this."""

    def send(**call: object):
        return engine.post(f"{base_url}/me/messages", params=TOKEN, json=call, timeout=10)

    return send


def recipient(event: dict) -> dict:
    return {"comment_id": event["value"]["comment_id"]}


def test_a_comment_is_told_as_a_change_of_the_feed(emulator, receiver, page):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    ana = emulator.add_person("Ana Maria Silva")
    [event] = ana.comment("Which size?", post="77")
    emulator.wait_until_idle()
    [body] = map(json.loads, receiver.bodies)
    assert body["entry"][0]["changes"] == [event]
    assert event["field"] == "feed"
    assert event["value"]["from"] == {"id": ana.id, "name": "Ana Maria Silva"}
    assert (event["value"]["post_id"], event["value"]["message"]) == (
        f"{page.id}_77",
        "Which size?",
    )


def test_one_message_answers_a_comment_without_a_window(emulator, send):
    ana = emulator.add_person("Ana Maria Silva")
    [event] = ana.comment("Which size?")
    answer = send(recipient=recipient(event), message={"text": "42"})
    assert answer.json()["recipient_id"] == ana.id
    assert received(ana)[-1] == "42"
    again = send(recipient=recipient(event), message={"text": "43"})
    assert error_of(again)["code"] == 10900
    assert error_of(send(recipient={"id": ana.id}, message={"text": "44"}))["code"] == 10


@pytest.mark.parametrize(
    ("days", "message", "code"),
    [(7, {"text": "42"}, 10), (1, CARD, 100), (1, {}, 100)],
)
def test_what_does_not_answer_it_leaves_it_open(emulator, send, days, message, code):
    ana = emulator.add_person("Ana Maria Silva")
    [event] = ana.comment("Which size?")
    emulator.advance(timedelta(days=days))
    assert error_of(send(recipient=recipient(event), message=message))["code"] == code
    if days < 7:
        assert send(recipient=recipient(event), message={"text": "42"}).status_code == 200


def test_what_is_no_comment_can_not_be_answered(send):
    answer = send(recipient={"comment_id": "1_1"}, message={"text": "42"})
    assert error_of(answer)["code"] == 100
