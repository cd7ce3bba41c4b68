import asyncio
import json
import logging
import threading
from urllib.parse import urlencode

import pytest
import requests
import uvicorn
from starlette.applications import Starlette

from otn_studio.messenger.inbox import unpack
from otn_studio.messenger.signature import sign
from otn_studio.messenger.webhook import LONGEST_BODY, Door, webhook_routes
from tests.messenger.webhooks import NOW, SAMPLES, batch, entry

TOKEN, SECRET = "verify-me", "app-secret"
BODY = batch(entry(SAMPLES["message"], SAMPLES["read"]))
PAGE = unpack(BODY, NOW)[0].page_id
GOOD = {"hub.mode": "subscribe", "hub.verify_token": TOKEN, "hub.challenge": "1158201444"}


class Inbox:
    """Takes what is received, and remembers everything in the order in which it happened."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.taken = []
        self.log = []
        self.problem = problem

    async def take(self, opened, body) -> None:
        await asyncio.sleep(0.01)
        if self.problem:
            raise self.problem
        self.taken.append((opened, body))
        self.log.append("stored")


def application(inbox, verify_token=TOKEN, app_secret=SECRET):
    return behind([Door(PAGE, verify_token, app_secret)], inbox)


def behind(doors, inbox):
    return Starlette(routes=webhook_routes(doors, inbox.take))


def call(app, method="POST", *, query=None, headers=None, chunks=(b"",), log=None):
    """One call straight into the application, its body in the chunks given; ``...`` hangs up."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": "/webhook",
        "raw_path": b"/webhook",
        "root_path": "",
        "scheme": "http",
        "query_string": urlencode(query or {}).encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    waiting = list(chunks)
    sent = []

    async def receive():
        chunk = waiting.pop(0)
        if chunk is ...:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunk, "more_body": bool(waiting)}

    async def send(message):
        sent.append(message)
        if log is not None:
            log.append("answered")

    asyncio.run(app(scope, receive, send))
    content = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], content, len(chunks) - len(waiting)


def post(inbox, body=BODY, signature=None, **others):
    headers = {"x-hub-signature-256": sign(SECRET, body) if signature is None else signature}
    return call(application(inbox), headers=headers, chunks=[body], **others)[:2]


# Verification


def test_verification_answers_with_the_bare_challenge():
    assert call(application(Inbox()), "GET", query=GOOD)[:2] == (200, b"1158201444")


@pytest.mark.parametrize(
    "change",
    [
        {"hub.verify_token": "verify-mE"},
        {"hub.verify_token": ""},
        {"hub.verify_token": "ü"},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": ""},
    ],
)
def test_verification_refuses(change):
    assert call(application(Inbox()), "GET", query=GOOD | change)[:2] == (403, b"")


@pytest.mark.parametrize("missing", GOOD)
def test_verification_needs_everything(missing):
    query = {name: value for name, value in GOOD.items() if name != missing}
    assert call(application(Inbox()), "GET", query=query)[0] == 403


def test_an_empty_verify_token_lets_nobody_in():
    app = application(Inbox(), verify_token="")
    assert call(app, "GET", query=GOOD | {"hub.verify_token": ""})[0] == 403


# Events


def test_what_comes_is_stored_as_it_came_and_then_answered():
    inbox = Inbox()
    assert post(inbox, log=inbox.log) == (200, b"EVENT_RECEIVED")
    assert inbox.taken == [({PAGE}, BODY)]
    assert inbox.log[:2] == ["stored", "answered"]


def test_a_body_in_pieces():
    inbox = Inbox()
    headers = {"x-hub-signature-256": sign(SECRET, BODY)}
    chunks = [BODY[:7], b"", BODY[7:100], BODY[100:]]
    assert call(application(inbox), headers=headers, chunks=chunks)[0] == 200
    assert inbox.taken == [({PAGE}, BODY)]


def test_the_signature_is_checked_over_the_bytes_as_they_came():
    body = (
        rb'{"object":"page","entry":[{"id":"%s","messaging":[{"message":{"text":"sch\u00f6n"}}]}]}'
    )
    body = body % PAGE.encode()
    inbox = Inbox()
    assert post(inbox, body)[0] == 200
    assert inbox.taken == [({PAGE}, body)]
    rewritten = json.dumps(json.loads(body)).encode()
    assert post(inbox, body, sign(SECRET, rewritten))[0] == 403


@pytest.mark.parametrize(
    "signature", ["", "sha256=", "ü", sign("another", BODY), sign(SECRET, BODY + b" ")]
)
def test_a_forged_webhook_is_not_stored(signature):
    inbox = Inbox()
    assert post(inbox, signature=signature) == (403, b"")
    assert inbox.taken == []


def test_an_unsigned_webhook_is_not_stored():
    inbox = Inbox()
    assert call(application(inbox), chunks=[BODY])[0] == 403
    assert inbox.taken == []


def test_an_empty_app_secret_lets_nobody_in():
    inbox = Inbox()
    app = application(inbox, app_secret="")
    headers = {"x-hub-signature-256": sign("", BODY)}
    assert call(app, headers=headers, chunks=[BODY])[0] == 403
    assert inbox.taken == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"object": "instagram"}'])
def test_what_is_signed_but_not_for_us_is_answered_so_that_it_is_not_repeated(body):
    inbox = Inbox()
    assert post(inbox, body) == (200, b"EVENT_RECEIVED")
    assert inbox.taken == [({PAGE}, body)]


def test_what_can_not_be_stored_is_asked_for_again(caplog):
    with caplog.at_level(logging.ERROR):
        assert post(Inbox(OSError("disk full"))) == (500, b"")
    assert "disk full" in caplog.text


@pytest.mark.parametrize("length", [None, "10", "0", str(LONGEST_BODY)])
def test_too_long_a_body_is_read_no_further(length):
    inbox = Inbox()
    piece = b" " * (LONGEST_BODY // 4)
    headers = {"x-hub-signature-256": sign(SECRET, piece * 100)}
    if length:
        headers["content-length"] = length
    status, _, read = call(application(inbox), headers=headers, chunks=[piece] * 100)
    assert (status, read) == (413, 5)
    assert inbox.taken == []


def test_the_longest_body_is_taken():
    inbox = Inbox()
    body = BODY + b" " * (LONGEST_BODY - len(BODY))
    assert post(inbox, body)[0] == 200
    assert inbox.taken == [({PAGE}, body)]
    assert post(inbox, body + b" ")[0] == 413


def test_a_caller_who_hangs_up_stores_nothing():
    inbox = Inbox()
    headers = {"x-hub-signature-256": sign(SECRET, BODY)}
    assert call(application(inbox), headers=headers, chunks=[BODY, ...])[0] == 400
    assert inbox.taken == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(method):
    assert call(application(Inbox()), method)[0] == 405


# Over real HTTP


@pytest.fixture
def address():
    config = uvicorn.Config(application(Inbox()), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    [listening] = server.servers[0].sockets
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/webhook"
    server.should_exit = True
    thread.join()


def test_over_real_http(address):
    with requests.Session() as session:
        session.trust_env = False
        verified = session.get(address, params=GOOD)
        assert (verified.status_code, verified.content) == (200, b"1158201444")
        signed = {"X-Hub-Signature-256": sign(SECRET, BODY)}
        assert session.post(address, BODY, headers=signed).content == b"EVENT_RECEIVED"
        in_pieces = session.post(address, iter([BODY[:50], BODY[50:]]), headers=signed)
        assert in_pieces.status_code == 200
        assert session.post(address, BODY + b" ", headers=signed).status_code == 403


# Several Pages behind one address


OTHER = "another-secret"


@pytest.mark.parametrize("word", [TOKEN, "another-word"])
def test_every_door_has_its_own_word(word):
    doors = [Door(PAGE, TOKEN, SECRET), Door("2", "another-word", OTHER)]
    query = GOOD | {"hub.verify_token": word}
    assert call(behind(doors, Inbox()), "GET", query=query)[0] == 200


@pytest.mark.parametrize(("secret", "pages"), [(SECRET, [PAGE]), (OTHER, ["2"]), ("a third", None)])
def test_an_app_opens_the_doors_of_its_own_pages_only(secret, pages):
    inbox = Inbox()
    told = json.loads(BODY)
    of_other = json.loads(json.dumps(told["entry"][0]).replace(PAGE, "2"))
    body = json.dumps(told | {"entry": [*told["entry"], of_other | {"id": "2"}]}).encode()
    app = behind([Door(PAGE, TOKEN, SECRET), Door("2", TOKEN, OTHER)], inbox)
    signed = {"x-hub-signature-256": sign(secret, body)}
    status = call(app, headers=signed, chunks=[body])[0]
    assert status == (403 if pages is None else 200)
    assert inbox.taken == ([(set(pages), body)] if pages else [])


def test_pages_of_one_app_share_its_secret():
    inbox = Inbox()
    told = json.loads(BODY)
    of_other = json.loads(json.dumps(told["entry"][0]).replace(PAGE, "2"))
    body = json.dumps(told | {"entry": [*told["entry"], of_other | {"id": "2"}]}).encode()
    app = behind([Door(PAGE, TOKEN, SECRET), Door("2", TOKEN, SECRET)], inbox)
    assert call(app, headers={"x-hub-signature-256": sign(SECRET, body)}, chunks=[body])[0] == 200
    assert inbox.taken == [({PAGE, "2"}, body)]
