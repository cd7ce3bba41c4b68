import gc
import json
import logging
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from urllib3.exceptions import HTTPError

from otn_studio.messenger.connecting import ConnectingAdapter
from otn_studio.messenger.errors import Reaction
from otn_studio.messenger.graph import (
    DEFAULT_URL,
    LONGEST_ANSWER,
    Accepted,
    GraphClient,
    NoAnswer,
    NotReached,
    Refused,
)
from tests.messenger.far_end import ACCEPTED, FarEnd, answer, answer_with

TOKEN = "EAAB-secret-token"
TIMEOUT = 0.3
BODY = {"recipient": {"id": "42"}, "message": {"text": "schön 😀"}}


@pytest.fixture
def far_end():
    server = FarEnd()
    yield server
    server.stop()


@pytest.fixture
def client(far_end):
    client = GraphClient(f"http://{far_end.address}/v23.0", TOKEN, TIMEOUT)
    yield client
    client.close()


def send_to(url: str):
    client = GraphClient(url, TOKEN, TIMEOUT)
    try:
        return client.send("7", BODY)
    finally:
        client.close()


# What is sent


def test_a_call(far_end, client):
    assert client.send("1122", BODY) == Accepted("m_1", "42")
    [call] = far_end.calls
    assert call.line == "POST /v23.0/1122/messages HTTP/1.1"
    assert json.loads(call.body) == BODY
    assert call.headers["content-type"] == "application/json"
    assert call.headers["accept-encoding"] == "identity"
    assert call.headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("page_id", ["me/accounts?x=", "../7", "a b"])
def test_a_page_id_can_not_lead_elsewhere(far_end, client, page_id):
    client.send(page_id, BODY)
    path = far_end.calls[0].line.split(" ")[1]
    assert path.startswith("/v23.0/")
    assert path.endswith("/messages")
    assert path.count("/") == 3
    assert "?" not in path


def test_nothing_is_taken_from_the_environment(far_end, client, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert client.send("7", BODY) == Accepted("m_1", "42")
    assert far_end.calls[0].headers["authorization"] == f"Bearer {TOKEN}"


# What is answered


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"message_id": "m_1", "recipient_id": "42"}, Accepted("m_1", "42")),
        ({"message_id": "m_1"}, Accepted("m_1", "")),
        ({"message_id": "m_1", "recipient_id": 42, "new": []}, Accepted("m_1", "42")),
    ],
)
def test_accepted(far_end, client, content, expected):
    far_end.answers(answer(content))
    assert client.send("7", BODY) == expected


@pytest.mark.parametrize("content", [{"recipient_id": "42"}, {}])
def test_a_typing_sign_gets_no_number(far_end, client, content):
    far_end.answers(answer(content))
    sign = {"recipient": {"id": "42"}, "sender_action": "typing_on"}
    assert client.send("7", sign) == Accepted("", content.get("recipient_id", ""))


def test_a_typing_sign_is_refused_like_a_message(far_end, client):
    far_end.answers(answer({"error": {"code": 190, "message": "no"}}, 400))
    sign = {"recipient": {"id": "42"}, "sender_action": "typing_on"}
    assert client.send("7", sign).error.reaction is Reaction.PAGE_STOPPED


@pytest.mark.parametrize("status", [200, 400])
def test_refused(far_end, client, status):
    error = {"message": "(#10) Outside", "type": "OAuthException", "code": 10}
    far_end.answers(answer({"error": error | {"error_subcode": 2018278}}, status))
    refused = client.send("7", BODY)
    assert refused.error.reaction is Reaction.TOO_LATE
    assert (refused.error.code, refused.error.subcode) == (10, 2018278)
    assert refused.error.message == "(#10) Outside"


@pytest.mark.parametrize(
    ("status", "reaction"),
    [
        (429, Reaction.RATE_LIMITED),
        (500, Reaction.RETRY),
        (503, Reaction.RETRY),
        (404, Reaction.FAILED),
    ],
)
def test_refused_by_status_alone(far_end, client, status, reaction):
    far_end.answers(answer(b"<html>Sorry</html>", status, "Retry-After: 30"))
    refused = client.send("7", BODY)
    assert isinstance(refused, Refused)
    assert (refused.error.reaction, refused.error.retry_after_seconds) == (reaction, 30)


def test_a_refusal_stands_even_where_its_words_are_lost(far_end, client):
    far_end.answers(b"HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\n{", keep=False)
    assert client.send("7", BODY).error.reaction is Reaction.RETRY


# Nobody knows


CUT_OFF = b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"message_id": "m_1"}'
CHUNK_CUT_OFF = (
    b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n{"message_id": "m_1"}\r\n'
)
NO_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
TWO_LENGTHS = b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n{}"
TOO_LONG = answer({"message_id": "m_1", "padding": "x" * LONGEST_ANSWER})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-",
        b"Good morning\r\n\r\n",
        CUT_OFF,
        CHUNK_CUT_OFF,
        NO_CHUNK,
        TWO_LENGTHS,
        TOO_LONG,
        answer(b""),
        answer(b"<html>"),
        answer([]),
        answer({}),
        answer({"message_id": None}),
        answer({"error": "?"}),
        answer(ACCEPTED, 200, "Content-Encoding: gzip"),
    ],
    ids=lambda data: data[:40],
)
def test_no_answer_that_can_be_believed(far_end, client, data):
    far_end.answers(data, keep=False)
    assert isinstance(client.send("7", BODY), NoAnswer)
    assert len(far_end.calls) == 1, "a message must never be sent again by itself"


@pytest.mark.parametrize("data", [b"", b"HTTP/1.1 200 OK\r\n", CUT_OFF, CHUNK_CUT_OFF])
def test_a_server_that_hangs(far_end, client, data):
    far_end.hangs(data)
    started = time.monotonic()
    assert isinstance(client.send("7", BODY), NoAnswer)
    assert TIMEOUT / 2 < time.monotonic() - started < 4 * TIMEOUT
    assert len(far_end.calls) == 1


def test_the_reason_tells_silence_from_a_broken_connection(far_end, client):
    far_end.hangs()
    assert client.send("7", BODY) == NoAnswer("Messenger did not answer in time.")
    far_end.answers(b"", keep=False)
    broken = NoAnswer("The connection broke before Messenger answered.")
    assert client.send("7", BODY) == broken


def test_what_requests_lets_through_from_below_is_no_answer_either(client, monkeypatch):
    def fail(*_, **__):
        raise HTTPError

    monkeypatch.setattr(ConnectingAdapter, "send", fail)
    assert isinstance(client.send("7", BODY), NoAnswer)


def test_a_server_that_dribbles(far_end, client):
    """Every byte comes in time, but the whole never does."""

    def dribble(out):
        answer_with(out, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            if far_end.over.wait(TIMEOUT / 6):
                break
            answer_with(out, b" ")
        return False

    far_end.behave = dribble
    started = time.monotonic()
    assert isinstance(client.send("7", BODY), NoAnswer)
    assert time.monotonic() - started < 5 * TIMEOUT


def test_a_kept_connection_that_breaks(far_end, client):
    assert client.send("7", BODY) == Accepted("m_1", "42")
    far_end.answers(b"", keep=False)
    assert isinstance(client.send("7", BODY), NoAnswer)
    assert far_end.connections == 1
    far_end.answers(ACCEPTED)
    assert client.send("7", BODY) == Accepted("m_1", "42")
    assert len(far_end.calls) == 3


def test_a_kept_connection_that_was_closed_in_good_time(far_end, client):
    far_end.answers(ACCEPTED, keep=False)
    assert client.send("7", BODY) == Accepted("m_1", "42")
    assert far_end.saw_the_end_of(1)
    assert client.send("7", BODY) == Accepted("m_1", "42")
    assert far_end.connections == 2


# Certainly not sent


def test_a_refused_connection():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answered = send_to(f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert answered == NotReached("Messenger could not be reached.")


def test_an_unknown_name(monkeypatch):
    def fail(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert send_to("http://graph.example") == NotReached("Messenger’s address was not found.")


def test_no_secure_connection(far_end):
    def greet(request, client_address):
        with request:
            request.sendall(b"220 not TLS\r\n")
            request.recv(9_999)

    far_end.process_request_thread = greet
    answered = send_to(f"https://{far_end.address}")
    assert answered == NotReached("There is no secure connection to Messenger.")


def test_a_connection_that_does_not_come_about_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answered = send_to(f"https://127.0.0.1:{silent.getsockname()[1]}")
    assert answered == NotReached("Messenger could not be reached in time.")


# The access token


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(far_end, client, status):
    elsewhere = FarEnd()
    try:
        location = f"Location: http://{elsewhere.address}/steal"
        far_end.answers(answer({"message_id": "m_1"}, status, location))
        assert client.send("7", BODY).error.reaction is Reaction.FAILED
        assert elsewhere.connections == 0
    finally:
        elsewhere.stop()


def test_where_a_redirect_leads_is_not_even_looked_at(far_end, client):
    far_end.answers(answer({}, 302, "Location: http://[nowhere"))
    assert client.send("7", BODY).error.reaction is Reaction.FAILED


@pytest.mark.parametrize("head", ["200 OK", "302 X\r\nLocation: /", "500 X"])
def test_an_answer_without_end(far_end, client, head):
    def answer_on_and_on(out):
        answer_with(out, f"HTTP/1.1 {head}\r\n\r\n".encode())
        while not far_end.over.is_set():
            answer_with(out, b" " * 100_000)
        return False

    far_end.behave = answer_on_and_on
    assert isinstance(client.send("7", BODY), NoAnswer if head == "200 OK" else Refused)
    assert far_end.saw_the_end_of(1)


def test_the_token_is_nowhere_but_in_its_header(far_end, client, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "urllib3")
    error = {"code": 190, "message": f"Malformed access token {TOKEN}"}
    answered = []
    for data in (answer({"error": error}, 400), ACCEPTED, b"", CUT_OFF, answer(b"<", 302)):
        far_end.answers(data, keep=False)
        answered.append(send_to(f"http://{far_end.address}"))
    answered.append(send_to("http://127.0.0.1:9"))
    answered.append(send_to(f"https://{far_end.address}"))
    assert answered[0].error.message == "Malformed access token …"
    assert len(far_end.calls) == 5
    assert "urllib3" in caplog.text
    assert TOKEN not in caplog.text + repr(answered) + repr(client)
    assert not any(TOKEN in call.line or TOKEN.encode() in call.body for call in far_end.calls)


def test_a_long_message_is_cut_but_never_within_the_token(far_end, client):
    far_end.answers(answer({"error": {"message": "x" * 490 + TOKEN + "y" * 90}}, 400))
    assert client.send("7", BODY).error.message == "x" * 490 + "…" + "y" * 9


@pytest.mark.parametrize("token", ["", "secret\nX: y", "secret token", "secrét", "secret\ud800"])
def test_an_impossible_token_is_refused_without_being_shown(token):
    with pytest.raises(ValueError, match="The access token is empty") as refused:
        GraphClient(DEFAULT_URL, token, TIMEOUT)
    assert "secr" not in str(refused.value)


@pytest.mark.parametrize("url", ["", "graph.facebook.com", "ftp://x", "http://", "https://:80/"])
def test_an_impossible_address_is_refused(url):
    with pytest.raises(ValueError, match=r"\w"):
        GraphClient(url, TOKEN, TIMEOUT)


# Threads


def test_a_thread_keeps_its_connection(far_end, client):
    for _ in range(3):
        client.send("7", BODY)
    assert (far_end.connections, len(far_end.calls)) == (1, 3)


def test_threads_have_connections_of_their_own(far_end, client):
    together = threading.Barrier(4)

    def send_some(_):
        together.wait()
        return [client.send("7", BODY) for _ in range(5)]

    with ThreadPoolExecutor(4) as threads:
        answered = [one for some in threads.map(send_some, range(4)) for one in some]
        assert answered == [Accepted("m_1", "42")] * 20
        assert far_end.connections == 4


def test_close_ends_the_connections_of_all_threads(far_end, client):
    sent, over = threading.Event(), threading.Event()

    def work():
        client.send("7", BODY)
        sent.set()
        over.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert sent.wait(5)
    assert far_end.ended == 0
    client.close()
    assert far_end.saw_the_end_of(1)
    over.set()
    thread.join()


def test_connections_go_with_their_threads(far_end, client):
    with ThreadPoolExecutor(1) as thread:
        thread.submit(client.send, "7", BODY).result()
        assert far_end.ended == 0
    gc.collect()
    assert far_end.saw_the_end_of(1)
