"""What the Page shows before anybody writes, and what comes of tapping it."""

import json
from datetime import timedelta

import pytest

from otn_studio.emulator.client import EmulatorProblem
from tests.emulator.calls import TOKEN, error_of

START = {"payload": "GO"}
MENU = {
    "locale": "default",
    "composer_input_disabled": False,
    "call_to_actions": [
        {"type": "postback", "title": "Talk to us", "payload": "talk"},
        {"type": "web_url", "title": "Shop", "url": "https://example.com"},
    ],
}
QUESTIONS = {
    "locale": "default",
    "call_to_actions": [{"question": "When are you open?", "payload": "open"}],
}
ALL = {"get_started": START, "persistent_menu": [MENU], "ice_breakers": [QUESTIONS]}


@pytest.fixture
def profile(engine, base_url, page):
    """Call ``messenger_profile``."""

    def profile(method: str, **how: object):
        url = f"{base_url}/v19.0/me/messenger_profile"
        return engine.request(method, url, **{"params": TOKEN} | how)

    return profile


@pytest.fixture
def settings(engine, base_url, visitor):
    """Call ``custom_user_settings`` about the visitor."""

    def settings(method: str, **how: object):
        params = TOKEN | {"psid": visitor.id} | how.pop("params", {})
        url = f"{base_url}/v19.0/me/custom_user_settings"
        return engine.request(method, url, params=params, timeout=10, **how)

    return settings


def test_a_menu_of_ones_own_is_shown_in_place_of_the_pages(profile, settings, emulator, visitor):
    own = {**MENU, "call_to_actions": [{"type": "postback", "title": "My orders", "payload": "o"}]}
    refused = settings("POST", json={"persistent_menu": [own]})
    assert "needs a Get Started" in error_of(refused)["message"]
    profile("POST", json=ALL)
    assert settings("GET").json() == {"data": [{"page_level_persistent_menu": [MENU]}]}
    made = settings("POST", json={"persistent_menu": [own]})
    assert made.json() == {"result": "success"}
    shown = {"user_level_persistent_menu": [own], "page_level_persistent_menu": [MENU]}
    assert settings("GET").json() == {"data": [shown]}
    other = emulator.add_person("Bob")

    def menu(person):
        return emulator.get(f"/view?person={person.id}")["phone"]["menu"]

    assert (menu(visitor), menu(other)) == (["My orders"], ["Talk to us"])
    assert visitor.choose("My orders")[0]["postback"]["payload"] == "o"
    gone = settings("DELETE", params={"params": '["persistent_menu"]'})
    assert gone.json() == {"result": "success"}
    assert menu(visitor) == ["Talk to us"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"params": {"psid": "7"}, "json": {"persistent_menu": [MENU]}}, "No matching user"),
        ({"json": {"persistent_menu": []}}, "persistent_menu"),
        ({"json": {}}, "must be an array"),
    ],
)
def test_a_menu_of_ones_own_that_can_not_be(profile, settings, how, said):
    profile("POST", json=ALL)
    assert said in error_of(settings("POST", **how))["message"]


def set_to(profile) -> dict:
    data = profile("GET").json()["data"]
    return data[0] if data else {}


def test_what_is_set_stays_until_it_is_deleted(profile):
    assert set_to(profile) == {}
    assert profile("POST", json=ALL).json() == {"result": "success"}
    assert set_to(profile) == ALL
    asked = profile("GET", params=TOKEN | {"fields": "get_started,whitelisted_domains"}).json()
    assert asked == {"data": [{"get_started": START}]}
    profile("DELETE", json={"fields": ["persistent_menu", "ice_breakers"]})
    assert set_to(profile) == {"get_started": START}


def test_a_form_has_lists_and_objects_as_json(profile):
    form = {name: json.dumps(value) for name, value in ALL.items()}
    assert profile("POST", data=form).status_code == 200
    assert set_to(profile) == ALL
    assert profile("DELETE", data={"fields": '["ice_breakers"]'}).status_code == 200
    assert "ice_breakers" not in set_to(profile)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"persistent_menu": [MENU]},
        {"get_started": {}},
        {"get_started": START, "persistent_menu": MENU},
        {"get_started": START, "persistent_menu": [MENU, MENU]},
        {"get_started": START, "persistent_menu": [MENU | {"locale": "de_DE"}]},
        {"get_started": START, "persistent_menu": [MENU | {"call_to_actions": [{"title": "x"}]}]},
        {
            "get_started": START,
            "persistent_menu": [MENU | {"call_to_actions": MENU["call_to_actions"][:1] * 21}],
        },
        {"ice_breakers": [QUESTIONS | {"call_to_actions": QUESTIONS["call_to_actions"] * 5}]},
        {"ice_breakers": [QUESTIONS | {"call_to_actions": [{"question": "x" * 81}]}]},
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(profile, wrong):
    assert error_of(profile("POST", json=wrong))["code"] == 100
    assert set_to(profile) == {}


@pytest.mark.parametrize("fields", [None, "greeting", ["menu"], ["get_started"]])
def test_what_can_not_be_deleted(profile, fields):
    profile("POST", json=ALL)
    assert error_of(profile("DELETE", json={"fields": fields}))["code"] == 100
    assert set_to(profile) == ALL


def test_ten_calls_in_ten_minutes(profile, emulator):
    for _ in range(10):
        assert profile("GET").status_code == 200
    assert error_of(profile("GET"))["code"] == 613
    emulator.advance(timedelta(minutes=10))
    assert profile("GET").status_code == 200


def test_a_tap_tells_the_page_and_opens_the_window(profile, emulator):
    visitor = emulator.add_person("Ana Maria Silva")
    profile("POST", json=ALL)
    assert visitor.choices() == ["Talk to us", "When are you open?"]
    [event] = visitor.choose("When are you open?")
    assert (event["postback"]["title"], event["postback"]["payload"]) == (
        "When are you open?",
        "open",
    )
    [event] = visitor.choose("Talk to us")
    assert event["postback"]["payload"] == "talk"
    assert visitor.choices() == ["Talk to us"]
    with pytest.raises(EmulatorProblem, match="offers nothing that says"):
        visitor.choose("When are you open?")  # there is a conversation now
