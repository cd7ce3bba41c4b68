"""Batches, and more calls in a second than are allowed."""

import json
from urllib.parse import urlencode

import pytest
import requests

from tests.emulator.calls import TOKEN, error_of, received


@pytest.fixture
def post(base_url):
    """Send a batch as one of the ways in which clients do."""

    def call(parts, path="/v23.0/", token=TOKEN, **more):
        fields = {**token, "batch": json.dumps(parts)} | more
        return requests.post(base_url + path, data=fields, timeout=10)

    return call


def part(psid, text="Hello", **more):
    fields = {"recipient": json.dumps({"id": psid}), "message": json.dumps({"text": text})}
    return {"method": "POST", "relative_url": "me/messages", "body": urlencode(fields)} | more


def bodies(response):
    return [one and (one["code"], json.loads(one["body"])) for one in response.json()]


@pytest.mark.parametrize("path", ["/", "/v23.0/", "/v23.0"])
def test_every_part_is_done_and_answered_in_its_place(post, visitor, path):
    answers = bodies(post([part(visitor.id, "1"), part("404"), part(visitor.id, "2 & 3")], path))
    assert [code for code, _ in answers] == [200, 400, 200]
    assert answers[1][1]["error"]["error_subcode"] == 2018001
    assert received(visitor) == ["1", "2 & 3"]


def test_a_batch_may_come_as_json_and_hold_other_calls(base_url, visitor, page):
    asked = {"method": "GET", "relative_url": f"v23.0/{visitor.id}?fields=first_name"}
    batch = {"batch": [asked, part(visitor.id)]} | TOKEN
    answers = bodies(requests.post(base_url + "/", json=batch, timeout=10))
    assert answers[0][1]["id"] == visitor.id
    assert received(visitor) == ["Hello"]


def test_a_part_that_is_not_done_in_time_is_null(post, visitor, emulator):
    emulator.faults(drop_after=1)
    assert post([part(visitor.id)] * 2).json() == [None, None]
    assert received(visitor) == ["Hello", "Hello"]
    emulator.faults(drop_after=0, drop_before=1)
    assert post([part(visitor.id)]).json() == [None]
    assert len(received(visitor)) == 2


def test_a_part_may_have_a_token_of_its_own(post, visitor):
    wrong = part(visitor.id, relative_url="me/messages?access_token=wrong")
    (code, body), (fine, _) = bodies(post([wrong, part(visitor.id)]))
    assert (code, body["error"]["code"], fine) == (400, 190, 200)


@pytest.mark.parametrize("parts", [[], [part("1")] * 51, "x", {"method": "GET"}])
def test_what_is_no_batch_is_refused_as_a_whole(post, parts):
    answer = post(parts)
    assert (answer.status_code, error_of(answer)["code"]) == (400, 100)


def test_a_batch_without_the_right_token_is_refused_as_a_whole(post, visitor):
    answer = post([part(visitor.id)], token={"access_token": "wrong"})
    assert error_of(answer)["code"] == 190
    assert received(visitor) == []


@pytest.mark.parametrize(
    "wrong", [{"method": "PUT"}, {"relative_url": None}, {"body": {"text": "x"}}]
)
def test_a_part_that_is_wrong_leaves_the_others_alone(post, visitor, wrong):
    (code, body), (fine, _) = bodies(post([part(visitor.id, **wrong), part(visitor.id)]))
    assert (code, body["error"]["code"], fine) == (400, 100, 200)


def test_each_part_counts_for_the_calls_a_second(post, visitor, emulator):
    emulator.faults(calls_a_second=3)
    codes = [code for code, _ in bodies(post([part(visitor.id)] * 5))]
    assert codes == [200, 200, 200, 429, 429]
    assert emulator.faults()["dealt"] == {"too_fast": 2}


PICTURE = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}


def test_files_come_along_with_the_parts_that_name_them(base_url, visitor):
    body = urlencode({"recipient": json.dumps({"id": visitor.id}), "message": json.dumps(PICTURE)})
    sent = {"method": "POST", "relative_url": "me/messages", "body": body}
    batch = [sent | {"attached_files": "one"}, sent | {"attached_files": "two"}, sent]
    batch += [sent | {"attached_files": "three"}]
    files = {name: (f"{name}.png", b"png", "image/png") for name in ("one", "two")}
    answer = requests.post(
        f"{base_url}/", params=TOKEN, data={"batch": json.dumps(batch)}, files=files, timeout=10
    )
    assert [code for code, _ in bodies(answer)] == [200, 200, 400, 400]
    shown = [entry["url"] for entry in visitor.phone() if entry["from"] == "page"]
    assert [url.rpartition("/")[2] for url in shown] == ["one.png", "two.png"]


def uploads(**more):
    message = {"attachment": {"type": "image", "payload": {"url": "https://x.test/a.png"}}}
    message["attachment"]["payload"]["is_reusable"] = True
    body = urlencode({"message": json.dumps(message)})
    return {"method": "POST", "relative_url": "me/message_attachments", "body": body, **more}


def sends(psid, number):
    message = {"attachment": {"type": "image", "payload": {"attachment_id": number}}}
    body = urlencode({"recipient": json.dumps({"id": psid}), "message": json.dumps(message)})
    return {"method": "POST", "relative_url": "me/messages", "body": body}


@pytest.mark.parametrize("path", ["$.attachment_id", "$['attachment_id']", "$.*"])
def test_a_part_uses_what_one_before_has_given(post, visitor, path):
    use = f"{{result=picture:{path}}}"
    told = bodies(post([uploads(name="picture"), sends(visitor.id, use)]))
    assert told[0] is None
    assert told[1][0] == 200
    assert visitor.phone()[-1]["url"] == "https://x.test/a.png"


def test_several_results_stand_with_commas_in_an_address(post, visitor, emulator):
    bob = emulator.add_person("Bob")
    named = part(visitor.id, name="ana", omit_response_on_success=False)
    people = {"method": "GET", "relative_url": f"?ids={bob.id},{{result=ana:$.recipient_id}}"}
    (code, _), (_, found) = bodies(post([named, people]))
    assert (code, set(found)) == (200, {bob.id, visitor.id})


def test_what_nobody_uses_is_answered_and_what_waits_waits(post, visitor):
    first = part(visitor.id, "1", name="first")
    assert [one and one[0] for one in bodies(post([first, part(visitor.id)]))] == [200, 200]
    waits = part(visitor.id, "2", depends_on="first")
    assert [one and one[0] for one in bodies(post([first, waits]))] == [None, 200]


@pytest.mark.parametrize("first", [part("404", name="first"), part("404"), uploads(name="other")])
def test_a_part_that_waits_for_nothing_is_not_done(post, visitor, first):
    waits = part(visitor.id, depends_on="first")
    (code, body) = bodies(post([first, waits]))[1]
    assert (code, body["error"]["code"]) == (400, 100)
    assert received(visitor) == []
