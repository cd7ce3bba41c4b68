"""A Page is connected over TLS, behind a reverse proxy: to Messenger and back, all of it."""

import json
import threading
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import keyring
import pytest
import requests
from sqlalchemy import select

from otn_studio.cli import connected, served
from otn_studio.cli.page_keys import PageKeys
from otn_studio.cli.services.connecting.pages import PageConnections
from otn_studio.cli.settings import PREFIX, settings
from otn_studio.emulator.app import create_app
from otn_studio.emulator.client import EmulatorClient
from otn_studio.emulator.server import running
from otn_studio.messenger.signature import sign
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.receiving.serving import listen, web_server
from otn_studio.storage import connections
from otn_studio.storage.connections import Connection
from otn_studio.storage.database import Database
from otn_studio.storage.tables import contact, event
from otn_studio.studio.connecting.store import PRACTICE, NotPassed, Step
from tests import tls
from tests.cli.connecting import BAKERY, CINEMA, WORD
from tests.cli.test_secret import Ring
from tests.cli.waiting import wait_until
from tests.proxies import REAL, is_installed, proxy
from tests.runtime.far_end import wait_until_all_are_read

NEEDS = ("page_token", "app_secret", "verify_token")


class EngineHere:
    """The engine of the connected Pages in this process, behind a door that stays where it is."""

    def __init__(self, database: Database, listener) -> None:
        self._database = database
        self._listener = listener
        self._running = ExitStack()
        self.address = f"127.0.0.1:{listener.getsockname()[1]}"

    def serve(self, page_id: str) -> None:
        self.renew()

    def renew(self, change: Callable[[], None] = lambda: None) -> None:
        self.stop()
        change()
        pages = connected.to_serve(self._database, settings())
        if connected.can_serve(pages[0]):
            self._running.enter_context(self._served(pages))

    def stop(self) -> None:
        self._running.close()

    @contextmanager
    def _served(self, chosen):
        clock = SystemClock()
        with ExitStack() as until:
            pages = [served.opened(one, self._database, NEEDS, clock, until) for one in chosen]
            engine, app = served.engines(self._database, pages, clock)
            engine.start()
            until.callback(engine.stop)
            server = web_server(app)
            door = self._listener.dup()
            thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
            thread.start()
            try:
                wait_until(lambda: server.started)
                yield
            finally:
                server.end()
                thread.join()


class Stage:
    """Messenger behind one proxy, the engine behind another."""

    def __init__(
        self, kind: str, folder, monkeypatch, database: Database, until: ExitStack
    ) -> None:
        certificate = tls.certificate(folder)
        tls.trust(folder, monkeypatch)
        plain = until.enter_context(running(create_app(BAKERY)))
        graph = until.enter_context(proxy(kind, folder, certificate, int(plain.rpartition(":")[2])))
        monkeypatch.setenv(PREFIX + "GRAPH_URL", f"{graph}/v23.0")
        self.messenger = EmulatorClient(plain)
        until.callback(self.messenger.close)
        listener = until.enter_context(listen("127.0.0.1", 0))
        self.engine = EngineHere(database, listener)
        until.callback(self.engine.stop)
        port = listener.getsockname()[1]
        self.address = until.enter_context(proxy(kind, folder, certificate, port))
        self.database = database
        self.browser = until.enter_context(requests.Session())
        self.browser.trust_env = False
        chosen: list[str] = []
        self.pages = PageConnections(
            database, settings(), SystemClock(), self.engine, PRACTICE, chosen.append
        )

    def test(self, step: Step, page_id: str = BAKERY.id, **given: str):
        return self.pages.test(step, page_id, given)

    def connect(self) -> None:
        """All but the first message."""
        self.test(Step.TOKEN, "", token=BAKERY.access_token)
        self.test(Step.SECRET, secret=BAKERY.app_secret)
        self.test(Step.PERMISSIONS)
        self.test(Step.ADDRESS, address=self.address)
        self.test(Step.VERIFICATION, how="enter")
        self.test(Step.SUBSCRIPTION)
        self.test(Step.RULES, zone="Europe/Berlin", country="DE", profile="retired-2026")

    def post(self, body: bytes, secret: str, **headers: str) -> int:
        headers = {"X-Hub-Signature-256": sign(secret, body), **headers}
        url = f"{self.address}/webhook"
        return self.browser.post(url, body, headers=headers, timeout=10).status_code

    def get(self, path: str) -> requests.Response:
        return self.browser.get(self.address + path, timeout=10, allow_redirects=False)

    def texts(self, page_id: str) -> list[str]:
        wait_until_all_are_read(self.database)
        with self.database.reading() as connection:
            rows = connection.scalars(select(event.c.body).where(event.c.page_id == page_id)).all()
        return [row["message"]["text"] for row in rows if row.get("message", {}).get("text")]


@pytest.fixture(params=["ours", *REAL])
def stage(request, tmp_path, monkeypatch, database):
    if request.param != "ours" and not is_installed(request.param):
        pytest.skip(f"{request.param} is not installed")
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    with ExitStack() as until:
        until.callback(keyring.set_keyring, before)
        opened = Database.open(database)
        until.callback(opened.close)
        yield Stage(request.param, tmp_path, monkeypatch, opened, until)


def message(page_id: str, text: str) -> bytes:
    """As Messenger writes it: escaped, with more room than is needed."""
    now = int(datetime.now(UTC).timestamp() * 1000)
    item = {
        "sender": {"id": "77"},
        "recipient": {"id": page_id},
        "timestamp": now,
        "message": {"mid": f"m-{page_id}-{text}", "text": text},
    }
    told = {"object": "page", "entry": [{"id": page_id, "time": now, "messaging": [item]}]}
    return json.dumps(told, ensure_ascii=True, indent=1).encode()


def test_a_page_is_connected_and_talks_over_tls(stage: Stage):
    stage.connect()
    assert connected.of_page(stage.database, settings(), BAKERY.id).graph_url.startswith("https://")
    ana = stage.messenger.add_person("Ana")
    ana.write("Grüße 🥐")
    ana.write(WORD)
    stage.messenger.wait_until_idle()
    wait_until_all_are_read(stage.database)
    assert stage.test(Step.MESSAGE, word=WORD).next_step is None
    assert any(
        "hear each other" in entry["text"] for entry in ana.phone() if entry["from"] == "page"
    )
    assert "Grüße 🥐" in stage.texts(BAKERY.id)
    # A second Page, of an app of its own, comes in by the same address.
    for name, value in zip(NEEDS, ("another-token", "another-secret", "another-word"), strict=True):
        PageKeys(CINEMA.id).set(name, value)
    with stage.database.writing() as connection:
        connections.keep(connection, CINEMA.id, Connection("Cinema"))
    stage.engine.renew()
    body = message(CINEMA.id, "schön")
    assert stage.post(body, "another-secret", **{"X-Forwarded-For": "127.0.0.1"}) == 200
    assert stage.post(body, BAKERY.app_secret) == 200, "it is that app's signature"
    assert stage.post(body.replace(b"\n", b""), "wrong") == 403
    assert stage.texts(CINEMA.id) == ["schön"], "and yet no app tells of another's Page"
    with stage.database.reading() as connection:
        pages = connection.scalars(select(contact.c.page_id).order_by(contact.c.id)).all()
    assert pages == [BAKERY.id, CINEMA.id]
    health = stage.get("/health").json()
    assert health["working"]
    assert health["pages"].keys() == {BAKERY.id, CINEMA.id}
    # Nothing is sent on to another address, least of all to one without TLS.
    assert stage.get("/webhook/").status_code == 404


def test_a_certificate_that_nobody_trusts_is_told(stage: Stage, tmp_path, monkeypatch):
    stage.connect()
    other = tmp_path / "other"
    other.mkdir()
    tls.certificate(other)
    tls.trust(other, monkeypatch)
    with pytest.raises(NotPassed, match="no secure connection"):
        stage.test(Step.ADDRESS, address=stage.address)
    with pytest.raises(NotPassed, match="could not be asked"):
        stage.test(Step.PERMISSIONS)
