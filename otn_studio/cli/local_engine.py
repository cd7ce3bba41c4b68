"""The engine of this computer as the studio directs it: started, looked at, stopped.

Where the settings name no Page it is for practice: an emulator stands in for Messenger, a process of
its own as well. Both go on when the studio closes, and a studio that is opened again finds them.
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import requests
from platformdirs import user_log_path
from sqlalchemy import make_url

from otn_studio.blocks.words import Problem
from otn_studio.cli import processes, resume
from otn_studio.cli.ending import next_ending
from otn_studio.cli.settings import Settings
from otn_studio.cli.words import shown
from otn_studio.emulator.client import EmulatorClient
from otn_studio.runtime.sending import stops
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import engines
from otn_studio.studio.services.services import EngineState

SECRETS = ("page_token", "app_secret", "verify_token")
DEFAULT_ADDRESS = "127.0.0.1:8040"
"""Where the engine of connected Pages listens: what a tunnel leads to."""
PATIENCE = 10.0
LOOK_SECONDS = 3.0


class LocalEngine:
    """Implements the studio's `EngineControl`."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        page_name: str,
        address: str = DEFAULT_ADDRESS,
    ) -> None:
        self._database = database
        self._address = address
        self._settings = settings
        self._page_name = page_name
        self.practice = any(getattr(settings, name) is None for name in SECRETS)
        self._logs = self._folder_for_logs()
        self._emulator_log = self._logs / "emulator.log"
        self._session = requests.Session()
        self._session.trust_env = False

    def state(self) -> EngineState:
        found = self._registered()
        health = found and self._health(found.listens_on)
        ending = next_ending(self._database, datetime.now(UTC))
        if not found or not health:
            return EngineState(False, self.practice, 0, None, ending=ending)
        health = health.get("pages", {}).get(self._settings.page_id, health)
        waiting = health["webhooks_waiting"] + health["lanes_waiting"] + health["sends_waiting"]
        kind = health["stopped_kind"]
        return EngineState(
            running=True,
            practice=self.practice,
            waiting=waiting,
            since=found.started_at,
            problem=shown(stops.WORDS[kind]) if kind in stops.WORDS else "",
            may_go_on=kind in stops.FOR_PEOPLE,
            restored=kind == pages.RESTORED,
            ending=ending,
        )

    def start(self) -> None:
        """Start it where it does not run, the emulator first where that is needed.

        Raises:
            Problem: one of the two did not start.
        """
        if self.state().running:
            return
        if self.practice:
            self._start_practising()
        else:
            self._start_engine({}, [])

    published = start  # from the first publication on it runs

    def stop(self) -> None:
        """End it, and the emulator with it: neither is of use without the other.

        Raises:
            Problem: it does not stop.
        """
        emulator = processes.process_of(self._emulator_log)
        if self.practice and emulator is not None and self.emulator_address() is not None:
            processes.end(emulator)
        found = self._registered()
        if found is None or not self._health(found.listens_on):
            return
        processes.end(found.process_id)
        deadline = time.monotonic() + PATIENCE
        while self._health(found.listens_on):
            if time.monotonic() > deadline:
                raise Problem("The engine did not stop within {n} seconds.", n=int(PATIENCE))
            time.sleep(0.05)

    def go_on(self) -> None:
        """Let the Page send again."""
        resume.go_on(self._database, self._settings.page_id, stops.FOR_PEOPLE)

    def close(self) -> None:
        """Let go of it; it goes on."""
        self._session.close()

    def emulator_address(self) -> str | None:
        """Where the emulator listens; none where it does not run.

        Raises:
            Problem: a Page that is connected has none.
        """
        if not self.practice:
            raise Problem(
                "“{page}” is a real Page. To practice, choose Practice on the Engine page, under"
                " Pages.",
                page=self._page_name,
            )
        log = self._emulator_log
        address = processes.address_in(log.read_text("utf-8")) if log.exists() else None
        return address if address and self._answers(f"{address}/emulator/clock") else None

    def _start_practising(self) -> None:
        page = {"PAGE_ID": self._settings.page_id}
        address = self.emulator_address() or processes.start_detached(
            self._emulator_log,
            page,
            "emulator",
            "--listen",
            "127.0.0.1:0",
            "--page-name",
            self._page_name,
        )
        engine = self._start_engine(
            {**page, "GRAPH_URL": address}, ["--clock", f"{address}/emulator/clock"]
        )
        client = EmulatorClient(address)
        practising = self._settings.model_copy(update={"graph_url": address})
        client.subscribe(f"{engine}/webhook", practising.secret("verify_token"))
        client.close()

    def _start_engine(self, settings: Mapping[str, str], arguments: list[str]) -> str:
        listen = "127.0.0.1:0" if self.practice else self._address
        log = "practice.log" if self.practice else "engine.log"
        database = {"DATABASE_URL": self._settings.database_url}
        return processes.start_detached(
            self._logs / log,
            {**database, **settings},
            "engine",
            "--listen",
            listen,
            *arguments,
        )

    def _registered(self) -> engines.EngineRow | None:
        with self._database.reading() as connection:
            return engines.signed_on(connection, self._settings.page_id)

    def _health(self, address: str) -> dict | None:
        try:
            return self._session.get(f"{address}/health", timeout=LOOK_SECONDS).json()
        except (requests.RequestException, ValueError):
            return None

    def _answers(self, url: str) -> bool:
        try:
            return self._session.get(url, timeout=LOOK_SECONDS).ok
        except requests.RequestException:
            return False

    def _folder_for_logs(self) -> Path:
        """Beside the database, so that two databases have two engines and two emulators."""
        url = make_url(self._settings.database_url)
        if url.get_backend_name() == "sqlite" and url.database:
            return Path(f"{url.database}.logs")
        return user_log_path("otn-studio", appauthor=False)
