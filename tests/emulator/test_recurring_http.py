"""Recurring notifications over real HTTP, and the client's part of them."""

import pytest

from otn_studio.emulator.client import EmulatorProblem
from tests.emulator.calls import TOKEN, error_of
from tests.emulator.receiver import VERIFY_TOKEN

CARD = {
    "template_type": "notification_messages",
    "title": "Bird Facts",
    "payload": "topic-7",
    "notification_messages_frequency": "daily",
    "notification_messages_reoptin": "ENABLED",
}


@pytest.fixture
def call(engine, base_url):
    """Call the Send API."""

    def call(recipient: dict, message: dict):
        body = {"recipient": recipient, "message": message}
        return engine.post(f"{base_url}/me/messages", params=TOKEN, json=body, timeout=10)

    return call


@pytest.fixture
def ask(call, visitor):
    """Ask the visitor for a lasting permission."""

    def ask(**changes: object):
        card = {"attachment": {"type": "template", "payload": CARD | changes}}
        return call({"id": visitor.id}, card)

    return ask


@pytest.fixture
def use(call):
    """Send by a lasting permission."""

    def use(token: str, text: str = "Birds sing"):
        return call({"notification_messages_token": token}, {"text": text})

    return use


@pytest.fixture
def token(ask, visitor) -> str:
    assert ask().status_code == 200
    (event,) = visitor.notify_me()
    return event["optin"]["notification_messages_token"]


def _code(response) -> tuple[int, int | None]:
    assert response.status_code == 400
    error = error_of(response)
    return error["code"], error.get("error_subcode")


def test_a_year_of_a_topic(ask, use, visitor, emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    ask()
    (yes,) = visitor.notify_me()
    token = yes["optin"]["notification_messages_token"]
    emulator.advance("2 days")
    answer = use(token)
    assert answer.json()["recipient_id"] == visitor.id
    assert visitor.phone()[-1]["by_permission"] is True
    assert visitor.lasting() == [{"title": "Bird Facts", "stopped": False}]
    (stop,) = visitor.stop("Bird Facts")
    assert visitor.lasting() == [{"title": "Bird Facts", "stopped": True}]
    assert _code(use(token)) == (10, 1893015)
    (resume,) = visitor.resume("Bird Facts")
    emulator.advance("200 days")
    assert visitor.lasting() == []
    assert [entry["kind"] for entry in visitor.phone()][-1] == "reoptin_card"
    assert _code(use(token)) == (100, None)
    with pytest.raises(EmulatorProblem, match="has ended"):
        visitor.go_on()
    emulator.wait_until_idle()
    optins = [body for body in receiver.bodies if b'"optin"' in body]
    assert [b"STOP NOTIFICATIONS" in body for body in optins] == [False, True, False]
    assert resume["optin"]["notification_messages_status"] == "RESUME NOTIFICATIONS"
    assert stop["optin"] | resume["optin"] == yes["optin"] | {
        "notification_messages_status": "RESUME NOTIFICATIONS"
    }


def test_going_on(token, use, visitor, emulator):
    emulator.advance("180 days 12 hours")
    (event,) = visitor.go_on()
    assert event["optin"]["notification_messages_token"] == token
    assert event["optin"]["user_token_status"] == "REFRESHED"
    emulator.advance("60 days")
    assert use(token).status_code == 200
    assert [asked["token"] for asked in emulator.ledger()["asked_again"]] == [token]


def test_the_refusals(token, ask, use, emulator):
    assert _code(ask()) == (613, 1893016)
    emulator.rules(budgets=[{"count": 1, "seconds": "1 day"}])
    assert _code(ask(title="Fish Facts")) == (9, 2018352)
    for text, answer in [("Hi", 200), ("x" * 251, 400), ("x" * 250, 200), ("Yo", 200)]:
        assert use(token, text).status_code == answer
    assert _code(use(token)) == (4, 2018354)
    emulator.rules(profile="retired-2026", country="us")
    assert _code(use(token)) == (100, None)
    assert _code(ask(title="Fish Facts")) == (100, None)
    emulator.rules(profile="rn-2022", budgets=[])
    emulator.advance("1 day")
    assert _code(ask(title="Fish Facts")) == (10, 2018278)
    assert _code(use("404")) == (100, None)
    assert emulator.ledger()["refused"] == {"100": 4, "10": 1, "4": 1, "9": 1, "613": 1}


def test_the_rules_are_shown_and_changed_one_by_one(emulator):
    begun = {"profile": "rn-2022", "time_zone": "UTC", "country": "", "budgets": []}
    assert emulator.rules() == begun
    assert emulator.rules(profile="rn-2025", country="de") == begun | {
        "profile": "rn-2025",
        "country": "DE",
    }
    changed = emulator.rules(
        time_zone="Asia/Tokyo", country="", budgets=[{"count": 5, "seconds": 3600}]
    )
    assert changed == {
        "profile": "rn-2025",
        "time_zone": "Asia/Tokyo",
        "country": "",
        "budgets": [{"count": 5, "seconds": 3600.0}],
    }
    assert emulator.rules() == changed


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"profile": "rn-1999"}, "profile must be one of rn-2022, rn-2023"),
        ({"profile": ["rn-2022"]}, "profile must be one of"),
        ({"time_zone": "Mars/Base"}, "no time zone 'Mars/Base'"),
        ({"time_zone": 7}, "no time zone 7"),
        ({"country": "Germany"}, "code of two letters"),
        ({"country": 7}, "code of two letters"),
        ({"budgets": 7}, "must be a list"),
        ({"budgets": [7]}, 'has a "count" and a length'),
        ({"budgets": [{"count": -1, "seconds": 1}]}, 'has a "count" and a length'),
        ({"budgets": [{"count": 1, "seconds": 0}]}, "must be more than 0"),
        ({"budgets": [{"count": 1, "seconds": "soon"}]}, "not a length of time"),
        ({"weather": "fine"}, "no rule named weather"),
    ],
)
def test_rules_that_make_no_sense(emulator, change, problem):
    before = emulator.rules()
    with pytest.raises(EmulatorProblem, match=problem):
        emulator.rules(**change)
    assert emulator.rules() == before


def test_the_habits_are_shown_and_changed_one_by_one(emulator, visitor, ask):
    begun = {
        "status": "spaced",
        "frequency": "upper",
        "expiry": "milliseconds",
        "token": "kept",
        "policy": "policy_enforcement",
        "ids": "texts",
        "times": "milliseconds",
        "recipient": "told",
    }
    assert emulator.habits() == begun
    changed = emulator.habits(status="underscored", frequency="lower", expiry="seconds")
    assert changed == begun | {
        "status": "underscored",
        "frequency": "lower",
        "expiry": "seconds",
    }
    ask()
    (yes,) = visitor.notify_me()
    assert yes["optin"]["notification_messages_frequency"] == "daily"
    assert yes["optin"]["token_expiry_timestamp"] < 10**11
    (stop,) = visitor.stop("Bird Facts")
    assert stop["optin"]["notification_messages_status"] == "STOP_NOTIFICATIONS"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"status": "shouted"}, "status must be one of spaced, underscored"),
        ({"expiry": 7}, "expiry must be one of milliseconds, seconds"),
        ({"weather": "fine"}, "no habit named weather"),
    ],
)
def test_habits_that_make_no_sense(emulator, change, problem):
    before = emulator.habits()
    with pytest.raises(EmulatorProblem, match=problem):
        emulator.habits(**change)
    assert emulator.habits() == before


@pytest.mark.parametrize("act", ["stop", "resume"])
def test_acts_on_a_topic_that_is_not_there(visitor, act):
    with pytest.raises(EmulatorProblem, match=f"no messages titled 'Birds' to {act}"):
        getattr(visitor, act)("Birds")
