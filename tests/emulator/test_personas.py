"""Other names and faces under which a Page writes, and its reactions."""

import pytest

from tests.emulator.calls import TOKEN, error_of

BEA = {"name": "Bea", "profile_picture_url": "https://x.test/bea.png"}


@pytest.fixture
def bea(engine, base_url) -> str:
    return engine.post(f"{base_url}/me/personas", params=TOKEN, json=BEA, timeout=10).json()["id"]


def test_a_persona_can_be_read_listed_and_taken_away(engine, base_url, bea):
    known = {"id": bea, **BEA}
    assert engine.get(f"{base_url}/{bea}", params=TOKEN, timeout=10).json() == known
    assert engine.get(f"{base_url}/me/personas", params=TOKEN, timeout=10).json()["data"] == [known]
    gone = engine.delete(f"{base_url}/v23.0/{bea}", params=TOKEN, timeout=10)
    assert gone.json() == {"success": True}
    assert engine.get(f"{base_url}/me/personas", params=TOKEN, timeout=10).json()["data"] == []


def test_a_message_comes_under_its_name(engine, base_url, bea, visitor):
    body = {"recipient": {"id": visitor.id}, "message": {"text": "Hello"}, "persona_id": bea}
    assert engine.post(f"{base_url}/me/messages", params=TOKEN, json=body, timeout=10).ok
    assert visitor.phone()[-1]["persona"]["name"] == "Bea"


def test_a_persona_that_is_none(engine, base_url, visitor):
    body = {"recipient": {"id": visitor.id}, "message": {"text": "Hello"}, "persona_id": "5"}
    answer = engine.post(f"{base_url}/me/messages", params=TOKEN, json=body, timeout=10)
    assert error_of(answer)["code"] == 100


@pytest.mark.parametrize("wrong", [{}, {"name": "Bea"}, BEA | {"profile_picture_url": "bea.png"}])
def test_a_persona_needs_a_name_and_a_picture(engine, base_url, wrong):
    answer = engine.post(f"{base_url}/me/personas", params=TOKEN, json=wrong, timeout=10)
    assert error_of(answer)["code"] == 100


def test_the_page_reacts_to_a_message_and_takes_it_back(engine, base_url, visitor):
    def sign(action: str, mid: str):
        body = {"recipient": {"id": visitor.id}, "sender_action": action}
        body["payload"] = {"message_id": mid, "reaction": "love"}
        return engine.post(f"{base_url}/me/messages", params=TOKEN, json=body, timeout=10)

    mid = visitor.phone()[0]["id"]
    assert sign("react", mid).json() == {"recipient_id": visitor.id}
    assert visitor.phone()[0]["page_reaction"] == "love"
    assert sign("UNREACT", mid).ok
    assert "page_reaction" not in visitor.phone()[0]
    assert error_of(sign("react", "m_nothing"))["code"] == 100
