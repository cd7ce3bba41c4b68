"""The engine's web application over real HTTP."""

import json
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
import uvicorn
from sqlalchemy import func, select

from otn_studio.flow.project import Project
from otn_studio.messenger.signature import sign
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.page import Page
from otn_studio.runtime.publishing import publish
from otn_studio.runtime.receiving.serving import listen
from otn_studio.runtime.receiving.web import create_app
from otn_studio.storage.database import Database
from otn_studio.storage.tables import event, permission, send
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.far_end import MONDAY, FarEnd, HandClock, wait_until_all_are_read

SECRET, VERIFY = "app-secret", "verify-me"
YEARS = timedelta(days=100 * 365)
"""Long enough for samples that are years old."""
SAMPLES = Path(__file__).parents[4] / "shared" / "webhooks" / "restfb"
KINDS = {
    "12345654332": {
        "message": 9,  # of 25, since most samples share one id
        "echo": 1,
        "postback": 3,
        "optin": 2,
        "referral": 1,
        "delivery": 1,
        "read": 1,
        "policy": 2,
        "standby": 1,
        "other": 5,
    },
    "1234567890321": {"message": 1, "reaction": 2, "change": 15, "handover": 2, "other": 3},
    "349489628480201": {"message": 10},
    "692521420913831": {"message": 1},
    "682498302938465": {"message": 1},
    "page id": {"message": 1},
}
"""What is in the samples, by the Page that they are of; every one is told twice."""


class Served:
    """An engine behind its address."""

    def __init__(self, url: str, engine: Engine, database: Database) -> None:
        self.url, self.engine, self.database = url, engine, database
        self._session = requests.Session()
        self._session.trust_env = False

    def post(self, body: bytes, signature: str | None = None) -> requests.Response:
        headers = {"X-Hub-Signature-256": sign(SECRET, body) if signature is None else signature}
        return self._session.post(f"{self.url}/webhook", data=body, headers=headers, timeout=10)

    def get(self, path: str) -> requests.Response:
        return self._session.get(self.url + path, timeout=10)

    def count(self, table) -> int:
        """How many there are once all webhooks are read."""
        wait_until_all_are_read(self.database)
        with self.database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(table))

    def close(self) -> None:
        self._session.close()


@contextmanager
def serving(
    database: Database,
    page_id: str = "1",
    keep_events: timedelta = YEARS,
    now: datetime = MONDAY,
):
    page = Page(page_id, keep_events=keep_events)
    engine = Engine(database, page, FarEnd(), HandClock(now))
    engine.start()
    app = create_app(engine, page_id, VERIFY, SECRET)
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        served = Served(f"http://127.0.0.1:{listener.getsockname()[1]}", engine, database)
        try:
            yield served
        finally:
            served.close()
            server.should_exit = True
            thread.join()
            engine.stop()


@pytest.fixture
def database(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path / 'web.db'}")
    yield database
    database.close()


@pytest.fixture
def served(database):
    with serving(database) as served:
        yield served


def message(text: str, mid: str = "m1", person: str = "ann", page: str = "1") -> bytes:
    item = {
        "sender": {"id": person},
        "recipient": {"id": page},
        "timestamp": 1795424400000,
        "message": {"mid": mid, "text": text},
    }
    entry = {"id": page, "time": 1795424400000, "messaging": [item]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def test_an_answer_means_that_it_is_stored(served):
    assert served.post(message("hi")).status_code == 200
    assert served.count(event) == 1


def test_a_wrong_signature_gets_403_and_stores_nothing(served):
    for signature in ("", "sha256=00", sign("another secret", message("hi"))):
        assert served.post(message("hi"), signature).status_code == 403
    assert served.count(event) == 0


def test_the_same_webhook_twice_is_stored_once(served):
    for _ in range(3):
        assert served.post(message("hi")).status_code == 200
    assert served.count(event) == 1


def test_an_old_webhook_that_is_played_again_is_not_taken_for_a_new_one(database):
    """Its first coming is deleted by then, so that nothing tells the repeat."""
    sent = datetime.fromtimestamp(1795424400, UTC)
    for age, count in ((timedelta(days=401), 0), (timedelta(days=399), 1)):
        with serving(database, keep_events=timedelta(days=400), now=sent + age) as served:
            assert served.post(message("hi")).status_code == 200
            assert served.count(event) == count


def test_events_of_another_page_are_not_kept(served):
    assert served.post(message("hi", page="2")).status_code == 200
    assert served.count(event) == 0


@pytest.mark.parametrize("body", [b"", b"{", b'{"object": "instagram"}', b"\xff"])
def test_what_names_no_page_of_ours_is_not_kept_and_not_asked_for_again(served, body):
    served.engine._writer.stop()  # who would wait for it, would wait for ever
    assert served.post(body).status_code == 200


def test_the_address_is_verified_as_messenger_does(served):
    asked = "/webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
    assert served.get(asked + VERIFY).text == "1158201444"
    assert served.get(asked + "wrong").status_code == 403


def test_health_tells_how_it_goes(served):
    state = served.get("/health").json()
    assert state["working"] is True
    assert state["page"] == "1"
    assert state["stopped_why"] is None


def test_health_fails_once_the_engine_does_not_work_any_more(served):
    served.engine._writer.stop()
    assert served.get("/health").status_code == 503


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the sample webhooks are not at {SAMPLES}")
@pytest.mark.parametrize("page_id", KINDS)
def test_real_webhooks_go_in_without_an_error_and_are_taken_for_what_they_are(database, page_id):
    answers_all = flow({"s": keyword("hello, world!"), "m": says("Hello")}, "s.next > m")
    publish(database, page_id, Project.of(answers_all), MONDAY)
    with serving(database, page_id) as served:
        for path in sorted(SAMPLES.glob("*.json")):
            body = path.read_bytes()
            assert served.post(body).status_code == 200, path.name
            assert served.post(body).status_code == 200, path.name
        _wait_until_read(served)
        with database.reading() as connection:
            problems = connection.execute(
                select(event.c.kind, event.c.problem).where(event.c.problem.is_not(None))
            ).all()
            kinds = Counter(connection.scalars(select(event.c.kind)))
        assert problems == []
        assert {kind: n for kind, n in kinds.items() if kind != "note"} == KINDS[page_id]
        assert served.count(permission) == 0, "no sample is a one-time permission"
        assert served.count(send) == 0, "all of them are years old"


def test_there_are_76_samples_and_every_one_is_of_a_page_above():
    if not SAMPLES.is_dir():
        pytest.skip(f"the sample webhooks are not at {SAMPLES}")
    files = sorted(SAMPLES.glob("*.json"))
    assert len(files) == 76
    entries = [entry for file in files for entry in json.loads(file.read_text())["entry"]]
    assert {str(entry["id"]) for entry in entries} == set(KINDS)


def _wait_until_read(served: Served) -> None:
    for _ in range(1000):
        health = served.get("/health").json()
        if health["webhooks_waiting"] + health["lanes_waiting"] == 0:
            return
    raise AssertionError("the lanes were not read")
