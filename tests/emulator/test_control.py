"""The control API over real HTTP, and the client that speaks it."""

from datetime import UTC, datetime, timedelta

import pytest
import requests

from otn_studio.emulator.client import EmulatorProblem
from tests.emulator.conftest import START
from tests.emulator.receiver import VERIFY_TOKEN, Receiver


def _problem(response: requests.Response) -> str:
    assert response.status_code == 400
    assert set(response.json()) == {"problem"}
    return response.json()["problem"]


def test_the_clock(engine, base_url):
    url = f"{base_url}/emulator/clock"
    still = {"now": "2030-01-31T12:00:00.123456+00:00", "offset_seconds": 0.0}
    assert engine.get(url).json() == still
    moved = {"now": "2030-02-03T12:00:00.123456+00:00", "offset_seconds": 259200.0}
    assert engine.post(url, json={"advance": "3 days"}).json() == moved
    assert engine.get(url).json() == moved
    assert engine.post(url, json={"advance": 1.5}).json()["offset_seconds"] == 259201.5
    set_back = engine.post(url, json={"now": "2030-01-31T14:00:00.123456+02:00"})
    assert set_back.json() == still


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, 'either "advance" or "now"'),
        ({"advance": 1, "now": "2030-01-01T00:00:00Z"}, 'either "advance" or "now"'),
        ({"now": 5}, 'either "advance" or "now"'),
        ({"now": "soon"}, "'soon' is not an instant such as"),
        ({"now": "2040-01-01T00:00:00"}, "must say its time zone"),
        ({"advance": -1}, "forwards"),
        ({"advance": "three days"}, "is not a length of time"),
        ({"advance": True}, "must be a number of seconds or a text"),
        ({"advance": 1e300}, "must be a number of seconds or a text"),
        ({"advance": 1e12 - 1}, "beyond the year 9999"),
        ({"advance": "999999 weeks"}, "beyond the year 9999"),
    ],
)
def test_moves_of_the_clock_that_make_no_sense(engine, base_url, emulator, body, problem):
    assert problem in _problem(engine.post(f"{base_url}/emulator/clock", json=body))
    assert emulator.now() == START


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("/people", b"{", "not valid JSON"),
        ("/people", b"[]", "must be a JSON object"),
        ("/people", b"{}", '"name" must be a text'),
        ("/people", b'{"name": "  "}', '"name" must be a text'),
        ("/people/404/write", b'{"text": "Hi"}', "no person with the id 404"),
        ("/people/404/dance", b"{}", "but not dance"),
        ("/webhook", b'{"url": "http://x.test"}', '"verify_token" must be a text'),
        ("/faults", b'{"gremlins": 1}', "no fault named gremlins"),
        ("/nowhere", b"{}", "nothing at /emulator/nowhere"),
        ("/ledger", b"{}", "nothing at /emulator/ledger"),
    ],
)
def test_requests_that_make_no_sense(engine, base_url, path, body, problem):
    assert problem in _problem(engine.post(f"{base_url}/emulator{path}", data=body))


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("write", {}),
        ("write", {"text": 7}),
        ("tap", {}),
        ("tap", {"title": "Nowhere"}),
        ("open-link", {}),
        ("notify-me", {}),
        ("notify-me", {"index": "first"}),
        ("react", {}),
        ("react", {"reaction": 7}),
    ],
)
def test_acts_that_make_no_sense(engine, base_url, emulator, act, body):
    ana = emulator.add_person("Ana")
    assert _problem(engine.post(f"{base_url}/emulator/people/{ana.id}/{act}", json=body))
    assert ana.phone() == []


def test_faults_are_shown_and_changed_one_by_one(emulator):
    before = emulator.faults()
    assert before["rate_limit"] == 0
    assert before["echo"] == 1
    after = emulator.faults(rate_limit=0.5, seed=3)
    assert after == before | {"rate_limit": 0.5, "seed": 3}
    assert emulator.faults() == after


def test_people(emulator):
    ana, ben = emulator.add_person("Ana"), emulator.add_person("Ben")
    assert emulator.people() == [{"id": ana.id, "name": "Ana"}, {"id": ben.id, "name": "Ben"}]
    emulator.person(ben.id).write("Hi")
    assert [entry["text"] for entry in ben.phone()] == ["Hi"]
    assert ana.phone() == []


def test_a_person_can_do_everything(emulator, engine, base_url):
    ana = emulator.add_person("Ana")

    def send(message: dict) -> None:
        body = {"recipient": {"id": ana.id}, "message": message, "access_token": "right-token"}
        assert engine.post(f"{base_url}/me/messages", json=body).status_code == 200

    def template(**payload: object) -> dict:
        return {"attachment": {"type": "template", "payload": payload}}

    assert ana.open_link("poster")[0]["postback"]["referral"]["ref"] == "poster"
    assert ana.get_started()[0]["postback"]["payload"] == "GET_STARTED"
    assert ana.open_link("poster")[0]["referral"]["ref"] == "poster"
    button = {"type": "postback", "title": "Cakes", "payload": "cakes"}
    send(template(template_type="button", text="Menu", buttons=[button]))
    assert ana.tap("Cakes")[0]["postback"]["payload"] == "cakes"
    for title in ("one", "two"):
        send(template(template_type="one_time_notif_req", title=title, payload=title))
    assert ana.notify_me(0)[0]["optin"]["payload"] == "one"
    assert ana.notify_me()[0]["optin"]["payload"] == "two"
    assert ana.react()[0]["reaction"]["reaction"] == "love"
    assert ana.block() == []
    assert [entry["kind"] for entry in ana.phone()] == [
        "tap",
        "tap",
        "link",
        "buttons",
        "tap",
        "opt_in_card",
        "opt_in_card",
        "tap",
        "tap",
        "reaction",
        "block",
    ]
    with pytest.raises(EmulatorProblem, match="Ana has blocked the Page"):
        ana.write("Hi")


def test_what_a_person_does_reaches_the_engine_as_it_was_returned(emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    (event,) = emulator.add_person("Ana").get_started()
    emulator.wait_until_idle()
    assert str(event["timestamp"]).encode() in receiver.bodies[0]
    assert event["postback"]["mid"].encode() in receiver.bodies[0]


def test_the_client_moves_the_clock(emulator):
    assert emulator.advance(timedelta(hours=23)) == START + timedelta(hours=23)
    assert emulator.advance("1 hour") == START + timedelta(hours=24)
    assert emulator.move_to(datetime(2031, 1, 1, tzinfo=UTC)) == datetime(2031, 1, 1, tzinfo=UTC)
    assert emulator.now() == datetime(2031, 1, 1, tzinfo=UTC)


def test_waiting_for_an_engine_that_does_not_answer(emulator):
    with Receiver() as gone:
        emulator.subscribe(gone.url, VERIFY_TOKEN)
    emulator.add_person("Ana").write("Hi")
    with pytest.raises(TimeoutError, match="1 webhooks were not answered"):
        emulator.wait_until_idle(timeout=0.05)
