"""Several Pages in one process: each by itself, behind one address."""

import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
import requests
from starlette.applications import Starlette

from otn_studio.runtime import health
from otn_studio.runtime.api import keys
from otn_studio.runtime.api.routes import Api
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.page import Page
from otn_studio.runtime.receiving.serving import listen, web_server
from otn_studio.runtime.several import SeveralApis, SeveralEngines
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import engines
from otn_studio.storage.pages import Stop
from otn_studio.storage.permissions import topics
from tests.cli.waiting import wait_until
from tests.runtime.far_end import FarEnd, HandClock

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BAKERY, CINEMA = "4711", "4712"


@pytest.fixture
def database(tmp_path):
    with closing(Database.open(f"sqlite:///{tmp_path / 'several.db'}")) as database:
        with database.writing() as connection:
            for page_id in (BAKERY, CINEMA):
                pages.ensure(connection, page_id)
                topics.add(connection, page_id, f"topic-{page_id}", f"Of {page_id}", NOW)
        yield database


@contextmanager
def serving(app: Starlette):
    with listen("127.0.0.1", 0) as listener, closing(requests.Session()) as session:
        server = web_server(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        wait_until(lambda: server.started)
        session.trust_env = False
        try:
            yield session, f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.end()
            thread.join()


@pytest.mark.parametrize("page_id", [BAKERY, CINEMA])
def test_the_key_says_for_which_page_a_call_is(database, page_id):
    apis = {id: Api(database, id, lambda: NOW) for id in (BAKERY, CINEMA)}
    key = keys.make(database, page_id, "Stock system", NOW).key

    def announce(topic: str, key: str, once: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
        path = f"{url}/api/topics/topic-{topic}/announcements"
        return session.post(path, json={"text": "New!"}, headers=headers, timeout=10)

    with serving(Starlette(routes=SeveralApis(database, apis).routes())) as (session, url):
        other = CINEMA if page_id == BAKERY else BAKERY
        assert announce(page_id, key, "1").status_code == 202
        assert announce(other, key, "2").status_code == 404
        assert announce(page_id, key[:-1] + "~", "3").status_code == 401
        assert announce(page_id, "nobody's", "4").status_code == 401
        assert session.get(f"{url}/api/openapi.json", timeout=10).ok


def test_they_stop_and_start_together_and_are_told_together(database):
    clock = HandClock(NOW)
    made = {id: Engine(database, Page(id), FarEnd(), clock) for id in (BAKERY, CINEMA)}
    several = SeveralEngines(made, clock)
    several.start("http://127.0.0.1:1")
    try:
        with database.writing() as connection:
            pages.set_stop(connection, CINEMA, Stop(pages.TOKEN, "It has expired."))
        found = several.health()
        with database.reading() as connection:
            served = [engines.signed_on(connection, id) for id in made]
    finally:
        several.stop()
    assert {row.listens_on for row in served} == {"http://127.0.0.1:1"}
    assert found["working"]
    assert found["stopped_kind"] == pages.TOKEN, "one that is stopped is not hidden by the others"
    assert found["pages"][BAKERY]["stopped_kind"] is None
    assert not several.health()["working"]


def test_figures_are_added_up(database):
    one = {"working": True, **health.of(database, BAKERY, NOW)}
    other = {**one, "sends_waiting": 3, "sends_of_last_day": {"sent": 1, "failed": 2, "unknown": 0}}
    found = health.together({BAKERY: one, CINEMA: other})
    assert found["sends_waiting"] == 3
    assert found["sends_of_last_day"] == {"sent": 1, "failed": 2, "unknown": 0}
    assert found["pages"].keys() == {BAKERY, CINEMA}
