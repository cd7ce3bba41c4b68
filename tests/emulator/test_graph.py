"""The Graph API over real HTTP."""

import json

import pytest

from tests.emulator.calls import TOKEN, error_of, received
from tests.emulator.receiver import VERIFY_TOKEN


@pytest.mark.parametrize(
    "path",
    ["/v19.0/me/messages", "/v2.6/{page}/messages", "/me/messages", "/{page}/messages"],
)
def test_paths(engine, base_url, visitor, page, path):
    body = {"recipient": {"id": visitor.id}, "message": {"text": "Hello"}}
    response = engine.post(base_url + path.format(page=page.id), params=TOKEN, json=body)
    assert response.status_code == 200
    assert response.json() == {"recipient_id": visitor.id, "message_id": visitor.phone()[-1]["id"]}


@pytest.mark.parametrize(
    "way", ["json", "form", "query", "mixed form", "mixed json", "token in body"]
)
def test_ways_of_giving_parameters(engine, base_url, visitor, way):
    recipient, message = {"id": visitor.id}, {"text": "\u00fc \N{SHORTCAKE} + &"}
    strings = {"recipient": json.dumps(recipient), "message": json.dumps(message)}
    overruled = {"recipient": strings["recipient"], "message": "what the body says counts"}
    how = {
        "json": {"json": {"recipient": recipient, "message": message} | TOKEN},
        "form": {"data": strings | TOKEN},
        "query": {"params": strings | TOKEN},
        "mixed form": {"params": overruled, "data": {"message": strings["message"]} | TOKEN},
        "mixed json": {"params": overruled, "json": {"message": message} | TOKEN},
        "token in body": {"params": strings, "json": TOKEN},
    }[way]
    response = engine.post(f"{base_url}/me/messages", **how)
    assert response.status_code == 200, response.text
    assert received(visitor) == [message["text"]]


def test_a_file_in_a_form_is_sent_by_its_number(engine, base_url, visitor):
    message = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}
    form = {"message": json.dumps(message)} | TOKEN
    files = {"filedata": ("shoe.png", b"\x89PNG", "image/png")}
    kept = engine.post(f"{base_url}/me/message_attachments", data=form, files=files)
    assert kept.status_code == 200, kept.text
    payload = {"attachment_id": kept.json()["attachment_id"]}
    sent = {"attachment": {"type": "image", "payload": payload}}
    body = {"recipient": {"id": visitor.id}, "message": sent}
    assert engine.post(f"{base_url}/me/messages", params=TOKEN, json=body).status_code == 200
    assert visitor.phone()[-1]["url"].endswith("/shoe.png")


def test_a_form_that_is_broken(engine, base_url):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    url = f"{base_url}/me/message_attachments"
    response = engine.post(url, params=TOKEN, data=b"--y nothing", headers=headers)
    assert error_of(response)["code"] == 100


@pytest.mark.parametrize(
    "how",
    [
        {"params": TOKEN},
        {"headers": {"Authorization": "Bearer right-token"}},
        {"headers": {"Authorization": "bearer right-token"}},
        {"headers": {"Authorization": "Bearer right-token"}, "params": {"access_token": "x"}},
    ],
)
def test_places_of_the_access_token(engine, base_url, visitor, how):
    body = {"recipient": {"id": visitor.id}, "message": {"text": "Hello"}}
    assert engine.post(f"{base_url}/me/messages", json=body, **how).status_code == 200


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"params": {"access_token": "wrong"}},
        {"headers": {"Authorization": "Bearer wrong"}, "params": TOKEN},
        {"headers": {"Authorization": "Basic right-token"}},
    ],
)
def test_a_wrong_or_missing_access_token(engine, base_url, visitor, emulator, how):
    body = {"recipient": {"id": visitor.id}, "message": {"text": "Hello"}}
    response = engine.post(f"{base_url}/v19.0/me/messages", json=body, **how)
    assert response.status_code == 400
    assert error_of(response)["code"] == 190
    assert received(visitor) == []
    assert emulator.ledger()["refused"] == {"190": 1}


@pytest.mark.parametrize("token", [7, None, ["right-token"], "\ud800"])
def test_an_access_token_that_is_no_text(engine, base_url, token):
    response = engine.post(f"{base_url}/me/messages", json={"access_token": token})
    assert error_of(response)["code"] == 190


def test_the_error_body(send, visitor, emulator):
    emulator.advance("24 hours")
    response = send(visitor.id)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/json"
    assert error_of(response) == {
        "message": "(#10) This message is sent outside of allowed window.",
        "code": 10,
        "error_subcode": 2018278,
    }


def test_an_error_without_a_subcode_has_none(send, visitor):
    assert error_of(send(visitor.id, "x" * 2001)) == {
        "message": "(#100) Length of param message[text] must be less than or equal to 2000",
        "code": 100,
    }


def test_refused_calls_are_counted_by_code(send, visitor, emulator):
    send("404")
    send(visitor.id, "")
    visitor.block()
    send(visitor.id)
    assert emulator.ledger()["sends"] == []
    assert emulator.ledger()["refused"] == {"100": 2, "551": 1}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"hello", "text/plain"),
    ],
)
def test_a_body_that_makes_no_sense(engine, base_url, body, kind):
    response = engine.post(
        f"{base_url}/me/messages", params=TOKEN, data=body, headers={"Content-Type": kind}
    )
    assert response.status_code == 400
    assert error_of(response)["code"] == 100


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v19.0/12/messages"),
        ("POST", "/v19.0/me/massages"),
        ("GET", "/v19.0/me/messages"),
        ("GET", "/v19.0"),
        ("POST", "/v19/me/messages"),
        ("GET", "/"),
        ("DELETE", "/me"),
        ("PUT", "/me/messages"),
        ("PATCH", "/me"),
        ("GET", "/somebody"),
    ],
)
def test_a_path_that_leads_nowhere(engine, base_url, method, path):
    response = engine.request(method, base_url + path, params=TOKEN)
    assert response.status_code == 400
    error = response.json()["error"]
    kinds = error["type"], error["code"], error["error_subcode"]
    assert kinds == ("GraphMethodException", 100, 33)
    assert error["message"].startswith(f"Unsupported {method.lower()} request.")


@pytest.mark.parametrize("how", ["params", "data"])
def test_parameters_in_brackets_are_objects_and_lists(engine, base_url, visitor, how):
    said = {"recipient[id]": visitor.id, "message[text]": "Well?"}
    reply = {"content_type": "text", "title": "Yes", "payload": "Y"}
    said |= {f"message[quick_replies][0][{name}]": value for name, value in reply.items()}
    answer = engine.post(f"{base_url}/me/messages", **{how: TOKEN | said})
    assert answer.ok, answer.text
    assert visitor.phone()[-1]["quick_replies"] == ["Yes"]


def test_brackets_may_stand_beside_files(engine, base_url, visitor):
    said = {"recipient[id]": visitor.id, "message[attachment][type]": "image"}
    said |= {"message[attachment][payload][is_reusable]": "true"}
    file = {"filedata": ("bread.png", b"png", "image/png")}
    answer = engine.post(f"{base_url}/me/messages", params=TOKEN, data=said, files=file).json()
    again = {"type": "image", "payload": {"attachment_id": int(answer["attachment_id"])}}
    body = {"recipient": {"id": int(visitor.id)}, "message": {"attachment": again}}
    assert engine.post(f"{base_url}/me/messages", params=TOKEN, json=body).ok


@pytest.mark.parametrize("name", ["recipient[id", "[id]", "a[b]c", "a" + "[b]" * 999])
def test_brackets_that_say_nothing_are_ignored(engine, base_url, visitor, name):
    body = {"recipient": {"id": visitor.id}, "message": {"text": "Hi"}}
    answer = engine.post(f"{base_url}/me/messages", params=TOKEN | {name: "x"}, json=body)
    assert answer.ok


def test_what_is_posted_can_be_meant_as_something_else(engine, base_url, emulator):
    url = f"{base_url}/me/messenger_profile"
    engine.post(url, params=TOKEN, json={"get_started": {"payload": "GO"}})
    asked = engine.post(url, params=TOKEN | {"method": "GET"}).json()
    assert asked == {"data": [{"get_started": {"payload": "GO"}}]}
    gone = engine.post(url, data=TOKEN | {"method": "delete", "fields": '["get_started"]'})
    assert gone.json() == {"result": "success"}
    assert engine.get(url, params=TOKEN | {"method": "delete"}).json() == {"data": []}


def test_a_message_by_permission(engine, base_url, visitor, emulator):
    card = {"template_type": "one_time_notif_req", "title": "Tell me", "payload": "topic-7"}
    body = {
        "recipient": {"id": visitor.id},
        "message": {"attachment": {"type": "template", "payload": card}},
    }
    assert engine.post(f"{base_url}/me/messages", params=TOKEN, json=body).status_code == 200
    emulator.advance("90 days")
    (event,) = visitor.notify_me()
    token = event["optin"]["one_time_notif_token"]
    body = {"recipient": {"one_time_notif_token": token}, "message": {"text": "Now"}}
    answers = [engine.post(f"{base_url}/me/messages", params=TOKEN, json=body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 400]
    assert answers[0].json()["recipient_id"] == visitor.id
    assert error_of(answers[1])["code"] == 100
    last = visitor.phone()[-1]
    assert (last["text"], last["by_permission"]) == ("Now", True)
    assert emulator.ledger()["sends"][-1]["token"] == token


def test_a_typing_sign_is_answered_without_a_message_id(engine, base_url, visitor):
    body = {"recipient": {"id": visitor.id}, "sender_action": "typing_on"}
    response = engine.post(f"{base_url}/me/messages", params=TOKEN, json=body)
    assert response.json() == {"recipient_id": visitor.id}
    assert visitor.sees_typing()


def test_who_the_page_is(engine, base_url, page):
    for name in ("me", page.id):
        response = engine.get(f"{base_url}/v19.0/{name}", params=TOKEN)
        assert response.json() == {"id": page.id, "name": "Bakery"}


def test_who_a_person_is(engine, base_url, visitor):
    fields = {"fields": "first_name,last_name,profile_pic"}
    response = engine.get(f"{base_url}/v19.0/{visitor.id}", params=TOKEN | fields)
    assert response.json() == {
        "first_name": "Ana",
        "last_name": "Maria Silva",
        "profile_pic": f"{base_url}/emulator/people/{visitor.id}/picture.svg",
        "id": visitor.id,
    }
    response = engine.get(f"{base_url}/{visitor.id}", params=TOKEN | {"fields": "name"})
    assert response.json() == {"name": "Ana Maria Silva", "id": visitor.id}
    asked = {"fields": "locale,timezone,gender"}
    response = engine.get(f"{base_url}/{visitor.id}", params=TOKEN | asked)
    assert response.json() == {"locale": "en_US", "timezone": 0, "id": visitor.id}


def test_fields_within_fields_and_how_they_are_wanted(engine, base_url, page):
    asked = {"fields": "picture.width(200).height(200){url,is_silhouette},name"}
    found = engine.get(f"{base_url}/me", params=TOKEN | asked).json()
    assert set(found) == {"picture", "name", "id"}
    assert found["picture"]["data"]["url"].endswith("/picture.svg")


def test_a_person_who_is_not_there(engine, base_url, emulator):
    response = engine.get(f"{base_url}/404", params=TOKEN)
    assert (response.status_code, error_of(response)["error_subcode"]) == (400, 2018001)
    assert emulator.ledger()["refused"] == {}, "only sends are counted"


def test_half_a_character_does_no_harm(send, visitor, emulator, receiver):
    emulator.subscribe(receiver.url, VERIFY_TOKEN)
    assert send(visitor.id, "\ud83c").status_code == 200
    emulator.wait_until_idle()
    assert receiver.texts() == ["\ud83c"]
    assert received(visitor) == ["\ud83c"]


def test_an_answer_may_leave_out_whom_it_is_for(emulator, visitor, send):
    emulator.habits(recipient="untold")
    assert set(send(visitor.id).json()) == {"message_id"}
