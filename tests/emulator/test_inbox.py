"""Colleagues who answer by hand, and what people send beside words."""

import pytest

from otn_studio.emulator.client import EmulatorProblem
from otn_studio.emulator.handover import INBOX
from tests.emulator.calls import TOKEN, error_of, received


@pytest.fixture
def ask(engine, base_url):
    def ask(edge: str, **params: str) -> dict:
        return engine.get(f"{base_url}/me/{edge}", params=TOKEN | params, timeout=10).json()

    return ask


def test_a_colleague_takes_the_conversation_and_gives_it_back(ask, send, emulator, visitor, page):
    (event,) = visitor.take_over()
    assert event["take_thread_control"] == {"previous_owner_app_id": page.app_id}
    assert ask("thread_owner", recipient=visitor.id) == {
        "data": [{"thread_owner": {"app_id": INBOX}}]
    }
    assert error_of(send(visitor.id))["error_subcode"] == 2018300
    with pytest.raises(EmulatorProblem, match="leads the conversation"):
        visitor.take_over()
    visitor.give_back()
    assert send(visitor.id).ok
    assert ask("thread_owner", recipient=visitor.id)["data"] == [
        {"thread_owner": {"app_id": page.app_id}}
    ]


def test_what_a_colleague_writes_comes_back_as_another_apps_echo(visitor):
    (event,) = visitor.answer_by_hand("Bea here")
    assert (event["message"]["is_echo"], event["message"]["app_id"]) == (True, int(INBOX))
    assert received(visitor) == ["Bea here"]


def test_a_colleague_writes_to_nobody_who_never_wrote(emulator):
    with pytest.raises(EmulatorProblem, match="never written"):
        emulator.add_person("Bob").answer_by_hand("Hello")


def test_the_page_asks_to_have_it_and_sees_who_else_could(engine, base_url, ask, visitor):
    asked = {"recipient": {"id": visitor.id}}
    url = f"{base_url}/me/request_thread_control"
    assert engine.post(url, params=TOKEN, json=asked, timeout=10).json() == {"success": True}
    assert ask("secondary_receivers") == {"data": [{"id": INBOX, "name": "Page Inbox"}]}


def test_a_person_sends_a_picture(visitor):
    (event,) = visitor.attach("https://x.test/cat.png")
    assert event["message"]["attachments"] == [
        {"type": "image", "payload": {"url": "https://x.test/cat.png"}}
    ]
    assert visitor.phone()[-1]["kind"] == "picture"
    with pytest.raises(EmulatorProblem, match="image, video, audio, file"):
        visitor.attach("https://x.test/cat.png", "smell")


def test_who_blocked_the_page_can_let_it_write_again(send, visitor):
    with pytest.raises(EmulatorProblem, match="has not blocked"):
        visitor.unblock()
    visitor.block()
    assert error_of(send(visitor.id))["code"] == 551
    visitor.unblock()
    assert send(visitor.id).ok
