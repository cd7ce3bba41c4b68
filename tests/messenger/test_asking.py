"""The calls beside sending: to subscribe, and to list lasting permissions."""

import json
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qs, urlsplit

import pytest

from otn_studio.messenger.graph import CallFailed, GraphClient
from otn_studio.messenger.tokens import ListedToken, listed_token
from tests.messenger.far_end import FarEnd, answer, answer_with

TOKEN = "EAAB-secret-token"


@pytest.fixture
def far_end():
    server = FarEnd()
    yield server
    server.stop()


@pytest.fixture
def client(far_end):
    client = GraphClient(f"http://{far_end.address}/v23.0", TOKEN, 0.3)
    yield client
    client.close()


def asked(call) -> tuple[str, dict[str, list[str]]]:
    method, target, _ = call.line.split(" ")
    address = urlsplit(target)
    return f"{method} {address.path}", parse_qs(address.query)


def test_subscribing(far_end, client):
    far_end.answers(answer({"success": True}))
    client.subscribe("7", ("messages", "messaging_optins"))
    (call,) = far_end.calls
    assert asked(call) == (
        "POST /v23.0/7/subscribed_apps",
        {"subscribed_fields": ["messages,messaging_optins"]},
    )
    assert call.headers["authorization"] == f"Bearer {TOKEN}"


def test_giving_messenger_a_file_to_keep(far_end, client):
    far_end.answers(answer({"attachment_id": 1857777774821032}))
    assert (
        client.upload("7", "image", "schöner Schuh.png", b"\x89PNG\r\n\x00") == "1857777774821032"
    )
    (call,) = far_end.calls
    assert asked(call) == ("POST /v23.0/7/message_attachments", {})
    kind = f"Content-Type: {call.headers['content-type']}\r\n\r\n".encode()
    message, file = message_from_bytes(kind + call.body, policy=HTTP).iter_parts()
    told = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}
    assert json.loads(message.get_content()) == told
    assert message.get_param("name", header="content-disposition") == "message"
    assert (file.get_content_type(), file.get_filename()) == ("image/png", "schöner Schuh.png")
    assert file.get_content() == b"\x89PNG\r\n\x00"


@pytest.mark.parametrize("content", [{}, {"attachment_id": ""}])
def test_a_file_that_gets_no_number_was_not_taken(far_end, client, content):
    far_end.answers(answer(content))
    with pytest.raises(CallFailed, match="could not be read"):
        client.upload("7", "image", "shoe.png", b"x")


def test_a_file_that_messenger_refuses(far_end, client):
    far_end.answers(answer({"error": {"code": 100, "message": "No picture"}}, 400))
    with pytest.raises(CallFailed, match="No picture") as failed:
        client.upload("7", "image", "shoe.png", b"x")
    assert failed.value.error.code == 100


def test_a_list_is_read_page_by_page(far_end, client):
    pages = [
        {"data": [{"n": 1}, "?"], "paging": {"cursors": {"after": "c1"}, "next": "http://x"}},
        {"data": [{"n": 2}], "paging": {"cursors": {"after": "c2"}}},
    ]
    far_end.behave = lambda out: answer_with(out, answer(pages[len(far_end.calls) - 1]))
    assert list(client.notification_tokens("7")) == [[{"n": 1}], [{"n": 2}]]
    first, second = (asked(call)[1] for call in far_end.calls)
    assert (first, second) == ({"limit": ["100"]}, {"limit": ["100"], "after": ["c1"]})


@pytest.mark.parametrize("body", [{}, {"data": None}, {"data": [], "paging": 7}])
def test_an_empty_list_in_whatever_form(far_end, client, body):
    far_end.answers(answer(body))
    assert list(client.notification_tokens("7")) == [[]]


def test_a_cursor_that_leads_nowhere_is_not_followed_for_ever(far_end, client):
    far_end.answers(answer({"data": [], "paging": {"cursors": {"after": "c"}, "next": "x"}}))
    assert list(client.notification_tokens("7")) == [[], []]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (answer({"error": {"message": f"No {TOKEN}", "code": 190}}, 400), "No …"),
        (answer(b"<html>"), "could not be read"),
        (b"", "connection broke"),
    ],
)
def test_a_call_that_fails_says_why_and_never_the_token(far_end, client, data, sentence):
    far_end.answers(data, keep=False)
    with pytest.raises(CallFailed, match=sentence) as problem:
        list(client.notification_tokens("7"))
    assert TOKEN not in str(problem.value)


def test_nobody_at_the_other_end():
    client = GraphClient("http://127.0.0.1:9", TOKEN, 0.3)
    with pytest.raises(CallFailed, match="could not be reached"):
        client.subscribe("7", ("messages",))
    client.close()


def test_an_entry_of_the_list():
    entry = {
        "notification_messages_token": "tok",
        "recipient_id": 42,
        "topic_title": "Bird Facts",
        "notification_messages_frequency": "WEEKLY",
        "notification_messages_timezone": "UTC",
        "creation_timestamp": 1767225600000,
        "token_expiry_timestamp": 1767225600,
        "next_eligible_time": 1767225600,
    }
    then = datetime(2026, 1, 1, tzinfo=UTC)
    assert listed_token(entry) == ListedToken(
        "tok", "42", "Bird Facts", "weekly", "UTC", then, then, then
    )


@pytest.mark.parametrize(
    "entry", [{}, {"recipient_id": "42"}, {"notification_messages_token": "tok"}]
)
def test_an_entry_that_does_not_say_whose_it_is(entry):
    assert listed_token(entry) is None


def test_who_somebody_is(far_end, client):
    far_end.answers(answer({"first_name": "Ann", "id": "77"}))
    assert client.person("77") == {"first_name": "Ann", "id": "77"}
    (call,) = far_end.calls
    assert asked(call) == (
        "GET /v23.0/77",
        {"fields": ["first_name,last_name,locale,timezone"]},
    )


def test_somebody_who_tells_nothing_of_themselves(far_end, client):
    error = {"error": {"message": "No profile available", "code": 100, "error_subcode": 2018218}}
    far_end.answers(answer(error, 400))
    with pytest.raises(CallFailed, match="No profile available"):
        client.person("77")


def test_a_conversation_is_passed_to_another_app_and_taken_back(far_end, client):
    far_end.answers(answer({"success": True}), answer({"success": True}))
    client.pass_thread("7", "ann", "263902037430900")
    client.take_thread("7", "ann")
    passed, taken = far_end.calls
    assert asked(passed)[0] == "POST /v23.0/7/pass_thread_control"
    said = {"recipient": {"id": "ann"}, "target_app_id": "263902037430900"}
    assert json.loads(passed.body) == said
    assert asked(taken)[0] == "POST /v23.0/7/take_thread_control"
    assert json.loads(taken.body) == {"recipient": {"id": "ann"}}
