"""An emulator and an engine, each a process of its own, over one database: for demo and practice."""

import secrets
import subprocess
import time
from datetime import datetime, timedelta
from pathlib import Path

import requests

from otn_studio.blocks.words import Problem
from otn_studio.cli import processes
from otn_studio.cli.processes import PATIENCE
from otn_studio.emulator.client import EmulatorClient
from otn_studio.storage.database import Database


class Stage:
    """Both processes, and what it takes to direct them. Everything lies in ``folder``."""

    def __init__(self, folder: Path, page_name: str, **settings: str) -> None:
        self.page_id = "1"
        self._folder = folder
        self._verify_token = secrets.token_hex(8)
        self._environment = {
            "DATABASE_URL": f"sqlite:///{folder / 'otn-studio.db'}",
            "PAGE_ID": self.page_id,
            "PAGE_TOKEN": secrets.token_hex(16),
            "APP_SECRET": secrets.token_hex(16),
            "VERIFY_TOKEN": self._verify_token,
            **{name.upper(): value for name, value in settings.items()},
        }
        self._engine_port = 0
        self._engine: subprocess.Popen[str] | None = None
        self._emulator, address = self._start(
            "emulator", "--listen", "127.0.0.1:0", "--page-name", page_name
        )
        self._environment["GRAPH_URL"] = address
        self.clock_url = f"{address}/emulator/clock"
        self.emulator = EmulatorClient(address)
        self.database = Database.open(self._environment["DATABASE_URL"])

    def __enter__(self) -> "Stage":
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.close()
        for process in (self._engine, self._emulator):
            if process is not None:
                process.terminate()
                process.communicate(timeout=PATIENCE)
        self.database.close()

    def start_engine(self) -> None:
        """Start the engine; again, at the same address, after it was killed."""
        listen = f"127.0.0.1:{self._engine_port}"
        self._engine, self.engine_url = self._start(
            "engine", "--listen", listen, "--clock", self.clock_url
        )
        self._engine_port = int(self.engine_url.rpartition(":")[2])

    def subscribe(self) -> None:
        """Let the emulator send its webhooks to the engine."""
        self.emulator.subscribe(f"{self.engine_url}/webhook", self._verify_token)

    def kill_engine(self) -> None:
        """End the engine without a word, as a power cut would."""
        assert self._engine is not None
        self._engine.kill()
        self._engine.communicate()

    def now(self) -> datetime:
        return self.emulator.now()

    def pass_time(self, by: timedelta | str) -> None:
        """Move the clock, and wait until the engine has noticed."""
        there = self.emulator.advance(by) - timedelta(seconds=1)
        self._wait(lambda: datetime.fromisoformat(self._health()["now"]) >= there)

    def settle(self) -> None:
        """Wait until nothing is under way: no webhook, no event to read, no message to send."""
        self._wait(lambda: self._is_quiet() and self._is_quiet())

    def _is_quiet(self) -> bool:
        health = self._health()
        waiting = health["webhooks_waiting"] + health["lanes_waiting"] + health["sends_waiting"]
        waiting += health["announcements_under_way"]
        return waiting == 0 and self.emulator.waiting() == 0

    def _health(self) -> dict:
        with requests.Session() as session:
            session.trust_env = False
            return session.get(f"{self.engine_url}/health", timeout=PATIENCE).json()

    def _wait(self, holds) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise Problem("The engine did not get on within {n} seconds.", n=int(PATIENCE))
            time.sleep(0.02)

    def _start(self, verb: str, *arguments: str) -> tuple[subprocess.Popen[str], str]:
        log = self._folder / f"{verb}.log"
        with log.open("a") as errors:
            process = subprocess.Popen(
                processes.command(verb, *arguments),
                env=processes.environment(self._environment),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert process.stdout is not None
        said = process.stdout.readline()
        address = processes.address_in(said)
        if address is None:
            process.kill()
            process.communicate()
            raise Problem(
                "The {verb} did not start: {said}", verb=verb, said=log.read_text() or said
            )
        return process, address
