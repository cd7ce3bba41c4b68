"""Many messages in one call, each with an answer of its own."""

import json
from urllib.parse import parse_qs

import pytest

from otn_studio.messenger.errors import Reaction
from otn_studio.messenger.graph import Accepted, GraphClient, NoAnswer, NotReached, Refused
from tests.messenger.far_end import FarEnd, answer

TOKEN = "EAAB-secret-token"
BODIES = [
    {
        "recipient": {"id": "42"},
        "message": {"text": "schön & gut 😀"},
        "messaging_type": "RESPONSE",
    },
    {"recipient": {"one_time_notif_token": "t"}, "message": {"text": "=;&"}},
    {"recipient": {"id": "44"}, "message": {"text": "3"}},
]


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


def part(code, body, **headers):
    written = [{"name": name, "value": value} for name, value in headers.items()]
    return {"code": code, "headers": written, "body": json.dumps(body)}


def taken(number):
    return part(200, {"recipient_id": str(number), "message_id": f"m_{number}"})


def test_a_batch_is_one_call_with_every_message_as_a_form(far_end, client):
    far_end.answers(answer([taken(1), taken(2), taken(3)]))
    answers = client.send_batch("1122", BODIES)
    assert answers == [Accepted(f"m_{n}", str(n)) for n in (1, 2, 3)]
    (call,) = far_end.calls
    assert call.line == "POST /v23.0/ HTTP/1.1"
    assert call.headers["authorization"] == f"Bearer {TOKEN}"
    parts = json.loads(call.body)["batch"]
    assert {(one["method"], one["relative_url"]) for one in parts} == {("POST", "1122/messages")}
    for one, body in zip(parts, BODIES, strict=True):
        form = {name: value for name, (value,) in parse_qs(one["body"]).items()}
        read = {"recipient": json.loads(form["recipient"]), "message": json.loads(form["message"])}
        kind = form.get("messaging_type")
        assert read | ({"messaging_type": kind} if kind else {}) == body
    assert TOKEN not in call.body.decode()


def test_every_part_is_read_by_its_own_code(far_end, client):
    error = {"error": {"message": f"(#613) Slower, {TOKEN}", "code": 613}}
    later = {
        "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
        "Retry-After": "Wed, 21 Oct 2026 07:29:00 GMT",
    }
    far_end.answers(answer([taken(1), part(400, error, **later), part(500, "<html>")]))
    accepted, limited, broken = client.send_batch("7", BODIES)
    assert accepted == Accepted("m_1", "1")
    assert limited.error.reaction is Reaction.RATE_LIMITED
    assert limited.error.retry_after_seconds == 60
    assert TOKEN not in limited.error.message
    assert broken.error.reaction is Reaction.RETRY


@pytest.mark.parametrize(
    "parts",
    [[], [None] * 3, [None], ["x", 3, []], [{}, {"code": 200, "body": 7}, {"body": "{"}]],
)
def test_of_a_part_without_an_answer_nobody_knows(far_end, client, parts):
    far_end.answers(answer(parts))
    answers = client.send_batch("7", BODIES)
    assert [type(one) for one in answers] == [NoAnswer] * 3


def test_more_answers_than_messages_are_no_answers_to_anything(far_end, client):
    far_end.answers(answer([taken(n) for n in range(5)]))
    assert client.send_batch("7", BODIES) == [Accepted(f"m_{n}", str(n)) for n in range(3)]


def test_a_batch_that_is_refused_is_refused_as_a_whole(far_end, client):
    far_end.answers(answer({"error": {"message": "Bad token", "code": 190}}, 400))
    answers = client.send_batch("7", BODIES)
    assert [one.error.reaction for one in answers] == [Reaction.PAGE_STOPPED] * 3


def test_a_batch_without_an_answer_in_time_is_unknown_as_a_whole(far_end, client):
    far_end.hangs()
    assert [type(one) for one in client.send_batch("7", BODIES)] == [NoAnswer] * 3


def test_a_batch_whose_answer_is_cut_off_is_unknown_as_a_whole(far_end, client):
    far_end.answers(answer([taken(1), taken(2), taken(3)])[:-20], keep=False)
    assert [type(one) for one in client.send_batch("7", BODIES)] == [NoAnswer] * 3


def test_a_batch_that_never_went_out_was_refused_by_nobody():
    client = GraphClient("http://127.0.0.1:9/v23.0", TOKEN, 0.3)
    assert [type(one) for one in client.send_batch("7", BODIES)] == [NotReached] * 3
    client.close()


def test_a_refusal_in_a_batch_says_nothing_about_its_neighbours(far_end, client):
    late = part(400, {"error": {"message": "Outside", "code": 10, "error_subcode": 2018278}})
    far_end.answers(answer([late, taken(2), taken(3)]))
    first, *others = client.send_batch("7", BODIES)
    assert isinstance(first, Refused)
    assert others == [Accepted("m_2", "2"), Accepted("m_3", "3")]
