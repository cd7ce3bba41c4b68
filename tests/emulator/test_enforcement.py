"""Messenger forbids a Page to send; and who comes with a language and a clock of their own."""

import json

import pytest

from otn_studio.emulator.client import EmulatorProblem
from tests.emulator.calls import TOKEN, error_of
from tests.emulator.receiver import VERIFY_TOKEN


def test_a_blocked_page_is_told_and_sends_nothing_until_it_may_again(
    emulator, receiver, send, visitor, page
):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    (event,) = emulator.enforce("block")
    assert event["recipient"] == {"id": page.id}
    assert event["policy_enforcement"]["action"] == "block"
    error = error_of(send(visitor.id))
    assert (error["code"], error["error_subcode"]) == (10, 1893063)
    emulator.enforce("unblock")
    assert send(visitor.id).ok
    emulator.wait_until_idle()
    assert json.loads(receiver.bodies[0])["entry"][0]["messaging"] == [event]


def test_its_name_is_written_in_two_ways(emulator):
    emulator.habits(policy="policy-enforcement")
    (event,) = emulator.enforce("block")
    assert "policy-enforcement" in event


@pytest.mark.parametrize("wrong", [{}, {"action": "scold"}, {"action": "block", "reason": 7}])
def test_it_is_forbidden_or_allowed(emulator, wrong):
    with pytest.raises(EmulatorProblem, match="block or unblock"):
        emulator.post("/enforcement", wrong)


def test_who_comes_with_a_language_and_a_clock_of_their_own(emulator, engine, base_url):
    ben = emulator.add_person("Ben", locale="de_DE", timezone=5.5)
    asked = TOKEN | {"fields": "locale,timezone"}
    known = engine.get(f"{base_url}/{ben.id}", params=asked, timeout=10).json()
    assert known == {"locale": "de_DE", "timezone": 5.5, "id": ben.id}


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [({"locale": "German"}, "en_US"), ({"locale": 7}, "en_US"), ({"timezone": 15}, "hours")],
)
def test_what_is_no_language_and_no_clock(emulator, wrong, problem):
    with pytest.raises(EmulatorProblem, match=problem):
        emulator.add_person("Ben", **wrong)
