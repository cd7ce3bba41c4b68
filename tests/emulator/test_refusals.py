"""Every error of Messenger on demand, and faults that follow a script."""

import pytest

from otn_studio.emulator.client import EmulatorProblem
from otn_studio.emulator.refusals import NAMES
from tests.emulator.calls import error_of, received


@pytest.mark.parametrize("name", NAMES)
def test_each_error_of_the_table_can_be_met(send, visitor, emulator, name):
    emulator.faults(refuse=1, refusals=[name])
    response = send(visitor.id)
    error = error_of(response)
    code, _, subcode = name.partition("/")
    assert (error["code"], error.get("error_subcode")) == (int(code), int(subcode or 0) or None)
    assert response.status_code >= 400
    assert received(visitor) == []


def test_an_error_can_come_in_an_answer_that_says_200(send, visitor, emulator):
    emulator.faults(refuse=1, refusals=["551"], in_ok=1)
    response = send(visitor.id)
    assert (response.status_code, error_of(response)["code"]) == (200, 551)


def test_without_a_choice_any_of_them_comes(send, visitor, emulator):
    emulator.faults(refuse=1, seed=3)
    assert len({error_of(send(visitor.id))["code"] for _ in range(40)}) > 5


def test_a_script_is_followed_call_by_call(send, visitor, emulator):
    emulator.faults(
        script=[{"calls": 2}, {"calls": 1, "refuse": 1, "refusals": ["190"]}, {"calls": 1}]
    )
    assert [send(visitor.id).status_code for _ in range(6)] == [200, 200, 400, 200, 200, 200]


def test_a_script_with_odds_is_the_same_for_the_same_seed(send, visitor, emulator):
    def answers() -> list[int]:
        emulator.faults(seed=4, script=[{"calls": 15, "server_error": 0.5}])
        return [send(visitor.id).status_code for _ in range(20)]

    first = answers()
    assert answers() == first
    assert 500 in first
    assert first[15:] == [200] * 5


def test_a_change_of_the_plan_ends_the_script(send, visitor, emulator):
    emulator.faults(script=[{"calls": 100, "server_error": 1}])
    assert send(visitor.id).status_code == 500
    emulator.faults(server_error=0)
    assert send(visitor.id).status_code == 200


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ({"refusals": ["42"]}, "no refusal named 42"),
        ({"refusals": "190"}, "a list of names"),
        ({"script": {}}, "must be a list"),
        ({"script": [{"calls": 0}]}, 'a number of "calls"'),
        ({"script": [{"calls": 1, "seed": 2}]}, 'a number of "calls"'),
        ({"script": [{"calls": 1, "sunshine": 1}]}, "no fault named sunshine"),
    ],
)
def test_what_is_no_plan(emulator, plan, problem):
    with pytest.raises(EmulatorProblem, match=problem):
        emulator.faults(**plan)


def test_audio_and_video_have_a_limit_of_their_own(engine, base_url, visitor, emulator, send):
    emulator.faults(media_calls_a_second=2)
    attachment = {"type": "audio", "payload": {"url": "https://x.test/a.mp3"}}
    body = {"recipient": {"id": visitor.id}, "message": {"attachment": attachment}}
    heads = {"Authorization": "Bearer right-token"}
    url = f"{base_url}/me/messages"
    answers = [engine.post(url, json=body, headers=heads, timeout=10) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert send(visitor.id).status_code == 200


def test_so_many_a_day_for_each_person_who_has_written(send, visitor, emulator):
    emulator.faults(calls_a_day=2)
    assert [send(visitor.id).status_code for _ in range(3)] == [200, 200, 429]
    emulator.add_person("Bea").write("Hi")
    assert [send(visitor.id).status_code for _ in range(3)] == [200, 200, 429]
    emulator.advance("23 hours")
    assert send(visitor.id).status_code == 429
    emulator.advance("1 hour")
    visitor.write("Hi again")
    assert send(visitor.id).status_code == 200
