"""Webhooks over real HTTP, to a receiver that can fail."""

import json
import threading
from collections import deque

import pytest

from otn_studio.emulator.client import EmulatorProblem
from otn_studio.emulator.webhooks import sign
from tests.emulator.conftest import START_MS
from tests.emulator.receiver import VERIFY_TOKEN, Receiver


def test_an_event_arrives_compact_and_escaped_in_its_envelope(emulator, receiver, page):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    ana = emulator.add_person("Ana")
    events = ana.write("Torte \N{SHORTCAKE} \u00fc")
    emulator.wait_until_idle()
    ((headers, body),) = receiver.posts
    assert json.loads(body) == {
        "object": "page",
        "entry": [{"id": page.id, "time": START_MS, "messaging": events}],
    }
    assert b'"text":"Torte \\ud83c\\udf70 \\u00fc"' in body
    assert b": " not in body
    assert headers["Content-Type"] == "application/json"


def test_the_signature_is_over_the_raw_body(emulator, receiver, page):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.add_person("Ana").write("\u00fc")
    emulator.wait_until_idle()
    ((headers, body),) = receiver.posts
    assert headers["X-Hub-Signature-256"] == sign(page.app_secret, body)
    assert headers["X-Hub-Signature"] == sign(page.app_secret, body, "sha1")


def test_a_signature_from_a_published_example():
    """RFC 4231, test case 2."""
    digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert sign("Jefe", b"what do ya want for nothing?") == f"sha256={digest}"


def test_a_failing_receiver_gets_everything_in_the_end_and_in_order(emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    receiver.answers.extend([500, 404, 302, 204, 200, 503])
    ana = emulator.add_person("Ana")
    for text in "abc":
        ana.write(text)
    emulator.wait_until_idle()
    assert receiver.texts() == ["a", "a", "a", "a", "a", "b", "b", "c"]
    assert len(set(receiver.bodies)) == 3


def test_an_engine_that_was_away_gets_everything_once_it_is_back(emulator):
    ana = emulator.add_person("Ana")
    with Receiver() as before:
        emulator.subscribe(before.url, VERIFY_TOKEN)
        ana.write("a")
        emulator.wait_until_idle()
    ana.write("b")
    ana.write("c")
    assert emulator.waiting() == 2
    with Receiver(before.port) as after:
        emulator.wait_until_idle()
        assert (before.texts(), after.texts()) == (["a"], ["b", "c"])


def test_a_new_subscription_takes_over_what_is_waiting(emulator, receiver):
    ana = emulator.add_person("Ana")
    with Receiver() as gone:
        emulator.subscribe(gone.url, VERIFY_TOKEN)
    ana.write("a")
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.wait_until_idle()
    assert receiver.texts() == ["a"]


def test_before_a_subscription_events_go_nowhere(emulator, receiver):
    ana = emulator.add_person("Ana")
    ana.write("a")
    assert emulator.waiting() == 0
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    ana.write("b")
    emulator.wait_until_idle()
    assert receiver.texts() == ["b"]


class Held(deque):
    """Answers that wait until they are let go."""

    def __init__(self) -> None:
        super().__init__([200])
        self.let_go = threading.Event()

    def popleft(self) -> int:
        assert self.let_go.wait(10)
        return super().popleft()


def test_events_of_several_people_come_in_one_body(emulator, receiver, page):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    emulator.faults(batch=1)
    receiver.answers = Held()
    emulator.add_person("Ana").write("first")
    receiver.wait_for(1)
    others = [emulator.add_person(name) for name in ("Bob", "Cleo")]
    for number in range(2):
        for other in others:
            other.write(f"{other.id} {number}")
    receiver.answers.let_go.set()
    emulator.wait_until_idle()
    entries = [json.loads(body)["entry"] for body in receiver.bodies]
    assert [len(entry) for entry in entries] == [1, 2, 2]
    said = [[one["messaging"][0]["message"]["text"] for one in entry] for entry in entries]
    assert said[1:] == [[f"{other.id} {number}" for other in others] for number in range(2)]
    assert {one["id"] for entry in entries for one in entry} == {page.id}
    headers, body = receiver.posts[1]
    assert headers["X-Hub-Signature-256"] == sign(page.app_secret, body)
    assert emulator.faults()["dealt"] == {"batch": 3}


def test_repeats_are_the_same_bytes(emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    dealt = emulator.faults(repeat=1, seed=7)["dealt"]
    ana = emulator.add_person("Ana")
    for text in "abcde":
        ana.write(text)
    emulator.wait_until_idle()
    counts = [receiver.bodies.count(body) for body in dict.fromkeys(receiver.bodies)]
    assert len(counts) == 5
    assert set(counts) == {2, 3}
    assert receiver.texts() != sorted(receiver.texts()), "some repeat came after a later event"
    assert dealt == {}
    assert emulator.faults()["dealt"] == {"repeat": 5}


@pytest.mark.parametrize(
    ("token", "prefix", "problem"),
    [
        ("wrong", "", "with 403 instead of 200; is the verify token right"),
        (VERIFY_TOKEN, "challenge=", "did not answer the verification with the challenge"),
    ],
)
def test_a_verification_that_fails(emulator, receiver, token, prefix, problem):
    receiver.challenge_prefix = prefix
    with pytest.raises(EmulatorProblem, match=problem):
        emulator.subscribe(receiver.url, token)
    emulator.add_person("Ana").write("a")
    emulator.wait_until_idle()
    assert receiver.posts == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/webhook", "nonsense", "http://a..b/"])
def test_a_webhook_that_is_not_there(emulator, url):
    with pytest.raises(EmulatorProblem, match="can't be reached"):
        emulator.subscribe(url, VERIFY_TOKEN)


def test_ids_may_be_numbers_and_times_seconds(emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    ana = emulator.add_person("Ana")
    emulator.habits(ids="numbers", times="seconds")
    (event,) = ana.write("Hi")
    ana.comment("How much?")
    emulator.wait_until_idle()
    said, comment = (json.loads(body)["entry"][0] for body in receiver.bodies)
    (sent,) = said["messaging"]
    assert sent["sender"] == {"id": int(ana.id)}
    assert sent["timestamp"] == event["timestamp"] // 1000
    assert comment["changes"][0]["value"]["from"]["id"] == ana.id
