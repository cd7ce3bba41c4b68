"""Pages of an emulated Messenger, to be connected by hand or by a test."""

import socket
from contextlib import ExitStack
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from otn_studio.cli.services.connecting.pages import PageConnections
from otn_studio.cli.services.connecting.serving import ConnectedEngine
from otn_studio.cli.settings import PREFIX, settings
from otn_studio.cli.strongbox import PASSWORD
from otn_studio.emulator.app import create_app
from otn_studio.emulator.client import EmulatorClient, PersonClient
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.server import running
from otn_studio.runtime.clock import SystemClock
from otn_studio.storage.database import Database
from otn_studio.studio.connecting.store import PRACTICE, PageRow, Step

BAKERY = PageIdentity("4711", "Bakery", "bakery-token", "app-secret", "1517776481860111")
CINEMA = PageIdentity("4712", "Cinema", "cinema-token", "app-secret", "1517776481860111")
WORD = "hello 1234"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Desk:
    """An emulated Messenger with one Page, and the services that connect it."""

    def __init__(self, folder: Path, monkeypatch, page: PageIdentity = BAKERY) -> None:
        self._stack = ExitStack()
        self.page = page
        self.messenger_url = self._stack.enter_context(running(create_app(page)))
        self.messenger = EmulatorClient(self.messenger_url)
        monkeypatch.setenv(PREFIX + "GRAPH_URL", f"{self.messenger_url}/v23.0")
        monkeypatch.setenv(PASSWORD, "only-for-tests")
        monkeypatch.setenv("XDG_DATA_HOME", str(folder))
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        before = keyring.get_keyring()
        keyring.set_keyring(NoKeyring())
        self._stack.callback(keyring.set_keyring, before)
        self.settings = settings()
        self.database = Database.open(self.settings.database_url)
        self._stack.callback(self.database.close)
        self.engine = ConnectedEngine(self.database, self.settings, f"127.0.0.1:{free_port()}")
        self._stack.callback(self.engine.stop)
        self.chosen: list[str] = []
        self.pages = PageConnections(
            self.database,
            self.settings,
            SystemClock(),
            self.engine,
            PRACTICE,
            self.chosen.append,
        )

    @property
    def address(self) -> str:
        return f"http://{self.engine.address}"

    def test(self, step: Step, page_id: str | None = None, **given: str) -> PageRow:
        return self.pages.test(step, self.page.id if page_id is None else page_id, given)

    def connect(self, *, until: Step = Step.MESSAGE) -> PageRow:
        """Take one step after the other, this one not."""
        given = {
            Step.TOKEN: {"token": self.page.access_token},
            Step.SECRET: {"secret": self.page.app_secret},
            Step.ADDRESS: {"address": self.address},
            Step.VERIFICATION: {"how": "enter"},
            Step.RULES: {"zone": "Europe/Berlin", "country": "de", "profile": "retired-2026"},
        }
        for step in list(Step)[: list(Step).index(until)]:
            row = self.test(step, **given.get(step, {}))
        return row

    def person(self) -> PersonClient:
        return self.messenger.add_person("Ana Maria Silva")

    def close(self) -> None:
        self.messenger.close()
        self._stack.close()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    desk = Desk(tmp_path / "data", monkeypatch)
    yield desk
    desk.close()
