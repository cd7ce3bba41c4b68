"""The engine's address on the web, as people find it who mean no good: raw bytes to a real socket."""

import json
import socket
import threading
from contextlib import ExitStack, contextmanager, suppress

import pytest
from sqlalchemy import func, select

from otn_studio.cli.engine import DEFAULT_ADDRESS
from otn_studio.messenger.signature import sign
from otn_studio.messenger.webhook import LONGEST_BODY
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.page import Page
from otn_studio.runtime.receiving import connection as connection_module
from otn_studio.runtime.receiving.connection import LONGEST_HEAD
from otn_studio.runtime.receiving.serving import listen, web_server
from otn_studio.runtime.receiving.web import create_app
from otn_studio.storage.database import Database
from otn_studio.storage.tables import event
from tests.runtime.far_end import MONDAY, FarEnd, HandClock, wait_until_all_are_read

SECRET, VERIFY = "app-secret", "verify-me"
SOON = 0.3
PATIENCE = 20.0


class Door:
    """The address, and what got in."""

    def __init__(self, port: int, database: Database) -> None:
        self.port, self._database = port, database

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE)

    def ask(self, request: bytes) -> bytes:
        """All that is answered until the connection is closed."""
        with self.connect() as client:
            client.sendall(request)
            return rest(client)

    def stored(self) -> int:
        wait_until_all_are_read(self._database)
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(event))


def rest(client: socket.socket) -> bytes:
    """What comes until the other side closes; a connection that was cut is closed as well."""
    answer = b""
    with suppress(ConnectionError):
        while more := client.recv(65_536):
            answer += more
    return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@contextmanager
def served(url):
    database = Database.open(url)
    engine = Engine(database, Page("1"), FarEnd(), HandClock())
    engine.start()
    app = create_app(engine, "1", VERIFY, SECRET)
    with listen("127.0.0.1", 0) as listener:
        server = web_server(app)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield Door(listener.getsockname()[1], database)
        server.end()
        thread.join()
    engine.stop()
    database.close()


@pytest.fixture
def door(tmp_path):
    with served(f"sqlite:///{tmp_path / 'door.db'}") as door:
        yield door


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(connection_module, "PATIENCE", SOON)


def message(mid: str = "m1") -> bytes:
    at = int(MONDAY.timestamp() * 1000)
    sides = {"sender": {"id": "ann"}, "recipient": {"id": "1"}, "timestamp": at}
    item = {**sides, "message": {"mid": mid, "text": "hi"}}
    return json.dumps(
        {"object": "page", "entry": [{"id": "1", "time": at, "messaging": [item]}]}
    ).encode()


def signed(body: bytes) -> bytes:
    return f"X-Hub-Signature-256: {sign(SECRET, body)}".encode()


def post(*headers: bytes, body: bytes = b"", path: bytes = b"/webhook", length=None) -> bytes:
    """A request that asks for the connection to be closed."""
    head = [b"POST " + path + b" HTTP/1.1", b"Host: shop", b"Connection: close", *headers]
    if length is not False:
        head.append(b"Content-Length: %d" % (len(body) if length is None else length))
    return b"\r\n".join([*head, b"", body])


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


# Signatures


def test_what_is_signed_gets_in(door):
    body = message()
    assert status(door.ask(post(signed(body), body=body))) == 200
    body = message("m2")
    request = post(signed(body), b"Transfer-Encoding: chunked", body=chunked(body), length=False)
    assert status(door.ask(request)) == 200
    assert door.stored() == 2


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (b"X-Hub-Signature-256:",),
        (b"X-Hub-Signature-256: sha256=",),
        (b"X-Hub-Signature-256: sha256=" + b"0" * 64,),
        (b"X-Hub-Signature-256: " + b"\xff" * 71,),
        (signed(message("another")),),
        (signed(message()).replace(b"sha256=", b""),),
        (signed(message()).replace(b"sha256=", b"sha1="),),
        (signed(message()).replace(b"-256", b""),),
        (b"X-Hub-Signature-256: sha256=" + b"0" * 64, signed(message())),
        (signed(message()) + b", sha256=" + b"0" * 64,),
        (signed(message()) + b"\0",),
    ],
)
def test_what_is_not_signed_right_stays_out(door, headers):
    assert status(door.ask(post(*headers, body=message()))) in (400, 403)
    assert door.stored() == 0


def test_a_signature_is_for_these_very_bytes(door):
    body = message()
    other = json.dumps(json.loads(body), indent=1).encode()
    assert status(door.ask(post(signed(body), body=other))) == 403
    assert door.stored() == 0


def test_a_webhook_that_is_played_again_is_stored_once(door):
    body = message()
    for _ in range(3):
        assert status(door.ask(post(signed(body), body=body))) == 200
    assert door.stored() == 1


# Bodies


@pytest.mark.parametrize("length", [None, LONGEST_BODY * 1000])
def test_a_body_that_is_too_long_is_refused_whatever_it_says_of_its_length(door, soon, length):
    body = b"x" * (LONGEST_BODY + 1)
    with door.connect() as client:
        client.sendall(post(signed(body), body=body, length=length))
        answer = rest(client)
    assert status(answer) == 413
    assert door.stored() == 0


def test_a_body_without_a_length_is_refused_once_it_is_too_long(door, soon):
    head = post(signed(b""), b"Transfer-Encoding: chunked", length=False)
    piece = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    with door.connect() as client:
        client.sendall(head + piece * (LONGEST_BODY // 65_536) + b"10000\r\nx")
        assert status(rest(client)) == 413


def test_a_body_longer_than_it_says_stays_out(door):
    body = message()
    assert status(door.ask(post(signed(body), body=body, length=10))) == 403
    assert door.stored() == 0


def test_nobody_goes_on_sending_for_ever(door, soon):
    head = post(signed(b""), b"Transfer-Encoding: chunked", length=False)
    piece = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    with door.connect() as client:
        client.sendall(head)
        with pytest.raises(ConnectionError):
            send_for_ever(client, piece)


def send_for_ever(client: socket.socket, piece: bytes) -> None:
    while True:
        client.sendall(piece)


def send_what_is_taken(client: socket.socket, data: bytes) -> None:
    """The other side may close before; what it said until then can still be read."""
    with suppress(ConnectionError):
        client.sendall(data)


def test_a_body_shorter_than_it_says_is_not_waited_for_long(door, soon):
    body = message()
    assert door.ask(post(signed(body), body=body, length=len(body) + 1)) == b""
    assert door.stored() == 0


# Slow clients


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"\r\n",
        b"P",
        b"POST /webhook HTTP/1.1\r\nHost: shop\r\nX-Slow: ",
        post(signed(message()), body=b"{", length=500),
    ],
)
def test_a_request_that_does_not_come_is_cut_off(door, soon, begun):
    assert door.ask(begun) == b""


def test_a_byte_at_a_time_gets_nobody_more_time(door, soon):
    with door.connect() as client, suppress(ConnectionError):
        client.sendall(b"POST /webhook HTTP/1.1\r\nX-Slow: ")
        while not is_closed_within(client, SOON / 10):
            client.sendall(b"x")


def is_closed_within(client: socket.socket, seconds: float) -> bool:
    client.settimeout(seconds)
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False


def test_after_an_answer_the_next_request_is_not_waited_for_long_either(door, soon):
    with door.connect() as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: shop\r\n\r\n")
        answer = client.recv(65_536)
        client.sendall(b"GET /hea")
        more = rest(client)
    assert status(answer) == 200
    assert b"HTTP/1.1" not in more


def test_slow_ones_hold_up_nobody(door):
    body = message()
    with ExitStack() as slow:
        for _ in range(200):
            slow.enter_context(door.connect()).sendall(post(signed(body), body=b"{", length=900))
        assert status(door.ask(post(signed(body), body=body))) == 200
    assert door.stored() == 1


def test_there_are_only_so_many_at_once(door, monkeypatch):
    monkeypatch.setattr(connection_module, "MOST", 10)
    with ExitStack() as idle:
        for _ in range(10):
            client = idle.enter_context(door.connect())
            client.sendall(b"GET /health HTTP/1.1\r\nHost: shop\r\n\r\n")
            assert status(client.recv(65_536)) == 200
        assert door.ask(b"GET /health HTTP/1.1\r\nHost: shop\r\n\r\n") == b""


# Paths, methods and headers


@pytest.mark.parametrize(
    "path",
    [
        b"//webhook",
        b"/webhook/",
        b"/Webhook",
        b"/webhook/../health",
        b"/health/../webhook",
        b"/./webhook",
        b"/%2e%2e/webhook",
        b"/%2e%2e/%2e%2e/etc/passwd",
        b"/webhook%00",
        b"/webhook%2f",
        b"/webhook;x",
        b"http://other/else",
        b"*",
        b"/" + b"a" * 20_000,
        b"/w\xc3\xa9bhook",
        b"/%ff%fe",
    ],
)
def test_only_the_webhooks_own_path_is_the_webhooks(door, path):
    body = message()
    assert status(door.ask(post(signed(body), body=body, path=path))) in (307, 400, 404)
    assert door.stored() == 0


@pytest.mark.parametrize("method", [b"PUT", b"DELETE", b"PATCH", b"TRACE", b"OPTIONS"])
def test_other_methods_are_refused(door, method):
    body = message()
    request = post(signed(body), body=body).replace(b"POST", method, 1)
    assert status(door.ask(request)) == 405
    assert door.stored() == 0


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\r\nX-Long: " + b"x" * (LONGEST_HEAD + 1) + b"\r\n\r\n",
        b"GET /" + b"x" * (LONGEST_HEAD + 1) + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X-Many: x\r\n" * 8_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nX-Endless: " + b"x" * 2_000_000,
        b"GET / HTTP/1.1\r\nHost: shop\r\n folded: header\r\n\x00\r\n\r\n",
        post(b"Transfer-Encoding: chunked", body=b"0\r\n\r\n", length=4),
        post(b"Content-Length: 5", body=b"{}"),
        post(b"Content-Length: -1", length=False),
        post(b"Content-Length: 2, 2", body=b"{}", length=False),
        post(b"Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n", length=False),
        post(b"Transfer-Encoding: chunked", body=b"ffffffffffffffffff\r\n", length=False),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
)
def test_what_is_no_proper_request_is_refused_and_cut_off(door, soon, request_bytes):
    with door.connect() as client:
        send_what_is_taken(client, request_bytes)
        answer = rest(client)
    assert answer == b"" or status(answer) in (400, 403, 404)
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert status(door.ask(b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n")) == 200
    assert door.stored() == 0


def test_a_second_request_hidden_in_a_body_is_not_taken_for_one(door):
    body, hidden = message(), message("hidden")
    inside = post(signed(hidden), body=hidden)
    request = post(signed(body), b"Transfer-Encoding: chunked", body=chunked(body) + inside)
    answer = door.ask(request)
    assert status(answer) == 400
    assert door.stored() == 0


def test_nothing_that_came_gets_into_a_header_of_ours(door):
    query = b"hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=a%0d%0aSet-Cookie:%20x"
    answer = door.ask(b"GET /webhook?" + query + b" HTTP/1.1\r\nConnection: close\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert status(answer) == 200
    assert b"Set-Cookie" not in head
    assert body == b"a\r\nSet-Cookie: x"
    assert b"text/plain" in head


def test_the_answers_tell_nothing_of_the_program(door):
    answer = door.ask(b"GET /nothing HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert status(answer) == 404
    assert b"uvicorn" not in answer.lower()
    assert b"python" not in answer.lower()


def test_it_listens_on_this_computer_only_unless_told_otherwise():
    assert DEFAULT_ADDRESS.startswith("127.0.0.1:")
