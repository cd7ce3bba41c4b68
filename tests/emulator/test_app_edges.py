"""What an access token is worth, and where the app's webhooks go."""

import pytest
import requests

from otn_studio.emulator.access import SCOPES
from otn_studio.emulator.app_edges import proof
from tests.emulator.calls import TOKEN, error_of
from tests.emulator.receiver import VERIFY_TOKEN, Receiver

APP = {"access_token": "1517776481860111|app-secret"}


@pytest.fixture
def get(engine, base_url):
    return lambda path, **params: engine.get(f"{base_url}/v23.0/{path}", params=params)


@pytest.fixture
def subscribe(engine, base_url, page):
    """Tell the app where its webhooks go."""

    def subscribe(url: str, **how: str) -> requests.Response:
        asked = {"object": "page", "callback_url": url, "verify_token": VERIFY_TOKEN}
        fields = {"fields": "messages,messaging_postbacks"}
        address = f"{base_url}/v23.0/{page.app_id}/subscriptions"
        return engine.post(address, data=APP | asked | fields | how)

    return subscribe


def test_a_token_tells_what_it_is_worth(get, page, emulator):
    said = get("debug_token", input_token="right-token", **TOKEN).json()["data"]
    assert (said["app_id"], said["profile_id"], said["type"]) == (page.app_id, page.id, "PAGE")
    assert said["is_valid"]
    assert said["expires_at"] == 0
    assert "pages_messaging" in said["scopes"]
    said = get("debug_token", input_token=APP["access_token"], **APP).json()["data"]
    assert (said["app_id"], said["type"], said["is_valid"]) == (page.app_id, "APP", True)
    said = get("debug_token", input_token="other", **APP).json()["data"]
    assert not said["is_valid"]
    assert said["error"]["code"] == 190


def test_a_token_ends(get, engine, base_url, clock):
    now = int(clock.now().timestamp())
    engine.post(f"{base_url}/emulator/access", json={"expires_at": now, "scopes": []})
    assert error_of(get("me", **TOKEN))["code"] == 190
    said = get("debug_token", input_token="right-token", **APP).json()["data"]
    assert (said["is_valid"], said["scopes"], said["expires_at"]) == (False, [], now)


@pytest.mark.parametrize(
    ("missing", "edge", "body", "code"),
    [
        ("pages_messaging", "messages", {"message": {"text": "Hi"}}, 230),
        ("pages_messaging", "message_attachments", {}, 230),
        ("pages_manage_metadata", "subscribed_apps", {"subscribed_fields": "messages"}, 200),
    ],
)
def test_what_was_not_granted_is_refused(engine, base_url, visitor, missing, edge, body, code):
    def post():
        whole = {"recipient": {"id": visitor.id}, **body}
        return engine.post(f"{base_url}/me/{edge}", params=TOKEN, json=whole, timeout=10)

    scopes = [scope for scope in SCOPES if scope != missing]
    engine.post(f"{base_url}/emulator/access", json={"scopes": scopes}, timeout=10)
    refused = post()
    assert refused.status_code == 403
    told = f"(#{code}) Requires {missing} permission to manage the object"
    assert error_of(refused) == {"code": code, "message": told}
    engine.post(f"{base_url}/emulator/access", json={"scopes": list(SCOPES)}, timeout=10)
    assert "Requires" not in post().text


@pytest.mark.parametrize("wanted", [{"scopes": "all"}, {"expires_at": "soon"}, {"other": 1}])
def test_access_that_makes_no_sense(engine, base_url, wanted):
    assert engine.post(f"{base_url}/emulator/access", json=wanted).status_code == 400


def test_a_proof_is_checked_where_it_is_given(get):
    right = proof("right-token", "app-secret")
    assert get("me", appsecret_proof=right, **TOKEN).json()["name"] == "Bakery"
    error = error_of(get("me", appsecret_proof=proof("right-token", "other"), **TOKEN))
    assert error["code"] == 100
    assert "appsecret_proof" in error["message"]


def test_the_app_says_where_its_webhooks_go(get, subscribe, page, emulator, receiver):
    path = f"{page.app_id}/subscriptions"
    assert get(path, **APP).json() == {"data": []}
    assert subscribe(receiver.url).json() == {"success": True}
    (one,) = get(path, **APP).json()["data"]
    assert (one["object"], one["callback_url"], one["active"]) == ("page", receiver.url, True)
    assert [field["name"] for field in one["fields"]] == ["messages", "messaging_postbacks"]
    visitor = emulator.add_person("Ana")
    visitor.write("Hi")
    emulator.wait_until_idle()
    assert receiver.texts() == ["Hi"]


def test_an_address_that_does_not_answer_is_refused(subscribe, receiver, get, page):
    error = error_of(subscribe(receiver.url, verify_token="other"))
    assert error["code"] == 2200
    with Receiver() as gone:
        pass
    assert error_of(subscribe(gone.url))["code"] == 2200
    assert get(f"{page.app_id}/subscriptions", **APP).json() == {"data": []}


def test_only_the_app_itself_says_so(get, subscribe, page, receiver):
    assert error_of(get(f"{page.app_id}/subscriptions", **TOKEN))["code"] == 15
    assert error_of(subscribe(receiver.url, **TOKEN))["code"] == 15
