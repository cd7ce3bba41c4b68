"""Webhooks that are not answered, as Messenger repeats them: by the emulated clock."""

import json

import pytest

from otn_studio.emulator.client import EmulatorProblem
from tests.emulator.receiver import VERIFY_TOKEN


@pytest.fixture
def failing(emulator, receiver):
    """An engine that answers nothing well for now."""
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.post("/webhook", {"retries": "messenger"})
    receiver.answers.extend([500] * 100)
    return receiver


def arrived(receiver, count: int) -> None:
    receiver.wait_for(count)
    assert len(receiver.posts) == count


def test_it_comes_again_at_once_and_then_less_often(emulator, failing):
    emulator.add_person("Ana").write("a")
    arrived(failing, 2)
    emulator.advance("59 seconds")
    arrived(failing, 2)
    emulator.advance("2 seconds")
    arrived(failing, 3)
    emulator.advance("5 minutes")
    arrived(failing, 4)
    failing.answers.clear()
    emulator.advance("10 minutes")
    emulator.wait_until_idle()
    assert failing.texts() == ["a"] * 5


def test_later_events_go_ahead(emulator, failing):
    ana = emulator.add_person("Ana")
    ana.write("a")
    arrived(failing, 2)
    failing.answers.clear()
    ana.write("b")
    arrived(failing, 3)
    emulator.advance("61 seconds")
    emulator.wait_until_idle()
    assert failing.texts() == ["a", "a", "b", "a"]


def test_after_an_hour_of_failures_the_app_is_subscribed_no_more(emulator, failing):
    ana = emulator.add_person("Ana")
    ana.write("a")
    arrived(failing, 2)
    emulator.advance("61 minutes")
    emulator.wait_until_idle()
    assert emulator.get("/webhook")["fields"] == []
    failing.answers.clear()
    ana.write("b")
    emulator.wait_until_idle()
    assert "b" not in failing.texts()
    emulator.subscribe(failing.url, VERIFY_TOKEN)
    ana.write("c")
    emulator.wait_until_idle()
    assert failing.texts()[-1] == "c"


def test_retries_are_of_one_of_two_kinds(emulator):
    assert emulator.get("/webhook")["retries"] == "quick"
    with pytest.raises(EmulatorProblem, match="quick, messenger"):
        emulator.post("/webhook", {"retries": "never"})


def test_late_webhooks_come_out_of_order(emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.faults(late=0.5, seed=1)
    ana = emulator.add_person("Ana")
    for number in range(10):
        ana.write(str(number))
    emulator.wait_until_idle()
    assert sorted(receiver.texts()) == list("0123456789")
    assert receiver.texts() != list("0123456789")
    assert emulator.faults()["dealt"]["late"] > 0


def test_a_person_who_looks_is_told_to_the_page_once(emulator, receiver, send):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    ana = emulator.add_person("Ana")
    ana.write("Hi")
    assert ana.read() == []
    send(ana.id)
    (event,) = ana.read()
    assert event["read"]["watermark"] == event["timestamp"]
    assert ana.read() == []
    emulator.wait_until_idle()
    assert json.loads(receiver.bodies[-1])["entry"][0]["messaging"] == [event]


def test_a_person_can_look_at_everything_at_once(emulator, receiver, send):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.faults(read=1, echo=0, delivery=0)
    ana = emulator.add_person("Ana")
    ana.write("Hi")
    send(ana.id)
    emulator.wait_until_idle()
    assert "read" in json.loads(receiver.bodies[-1])["entry"][0]["messaging"][0]
