"""An engine of several processes on PostgreSQL, an emulator before it, and somebody who kills them."""

import random
import secrets
import socket
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import requests

from otn_studio.cli import processes
from otn_studio.emulator.client import EmulatorClient
from otn_studio.storage.database import Database
from otn_studio.storage.engine import lanes, webhooks
from otn_studio.storage.sending import announcements, sends

PAGE = "1"
ROLES = ("webhook", "worker", "worker", "sender")
PATIENCE = 60.0


class Troupe:
    """The processes by their names: ``webhook0``, ``worker1``, ``worker2``, ``sender3``."""

    def __init__(self, folder: Path, url: str, roles: tuple[str, ...] = ROLES) -> None:
        self._folder = folder
        self._verify_token = secrets.token_hex(8)
        self._environment = {
            "DATABASE_URL": url,
            "PAGE_ID": PAGE,
            "PAGE_TOKEN": secrets.token_hex(16),
            "APP_SECRET": secrets.token_hex(16),
            "VERIFY_TOKEN": self._verify_token,
            "SEND_TIMEOUT": "2",
        }
        self.database = Database.open(url)
        self._emulator_process = self._start("emulator", "--listen", "127.0.0.1:0")
        emulator_url = _address(self._emulator_process)
        self._environment["GRAPH_URL"] = emulator_url
        self._clock = f"{emulator_url}/emulator/clock"
        self.emulator = EmulatorClient(emulator_url)
        self._ports = {f"{role}{number}": _free_port() for number, role in enumerate(roles)}
        self._processes: dict[str, subprocess.Popen[str]] = {}
        for name in self._ports:
            self._raise(name)
        for process in self._processes.values():
            _address(process)

    def __enter__(self) -> "Troupe":
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.close()
        for process in (*self._processes.values(), self._emulator_process):
            process.terminate()
        for process in (*self._processes.values(), self._emulator_process):
            process.communicate(timeout=PATIENCE)
        self.database.close()

    @property
    def names(self) -> list[str]:
        return list(self._ports)

    def subscribe(self) -> None:
        """Let the emulator send its webhooks to the first process that takes them."""
        port = next(port for name, port in self._ports.items() if "webhook" in name)
        self.emulator.subscribe(f"http://127.0.0.1:{port}/webhook", self._verify_token)

    def kill(self, name: str) -> None:
        """End one without a word, and start it again."""
        process = self._processes[name]
        process.kill()
        process.communicate()
        self._raise(name)

    def metrics(self, name: str) -> str:
        return self._get(name, "/metrics").text

    def health(self, name: str) -> dict:
        return self._get(name, "/health").json()

    def end(self, name: str) -> int:
        """End one in an orderly way, and answer how it ended."""
        process = self._processes.pop(name)
        process.terminate()
        process.communicate(timeout=PATIENCE)
        return process.returncode

    def wait_until_live(self, flow_id: str) -> None:
        """Until every worker has taken up what was published."""
        deadline = time.monotonic() + PATIENCE
        workers = [name for name in self.names if name.startswith("worker")]
        while not all(flow_id in self.health(name)["flows"] for name in workers):
            assert time.monotonic() < deadline, "a worker does not take up the flow"
            time.sleep(0.05)

    def pass_time(self, **time: float) -> None:
        self.emulator.advance(timedelta(**time))

    def settle(self) -> None:
        """Wait until nothing is under way: no webhook, no announcement, no event to read, no message
        to send.
        """
        deadline, quiet = time.monotonic() + PATIENCE, 0
        while quiet < 3:
            assert time.monotonic() < deadline, "the engine did not get on"
            quiet = quiet + 1 if self._is_quiet() else 0
            time.sleep(0.2)

    def _is_quiet(self) -> bool:
        now = self.emulator.now()
        with self.database.reading() as connection:
            is_busy = (
                webhooks.count_waiting(connection, PAGE)
                or announcements.count_under_way(connection, PAGE, now)
                or lanes.count_woken(connection, PAGE)
                or sends.count_waiting(connection, PAGE)
            )
        return not is_busy and self.emulator.waiting() == 0

    def _get(self, name: str, path: str) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False
            return session.get(f"http://127.0.0.1:{self._ports[name]}{path}", timeout=10)

    def _raise(self, name: str) -> None:
        role, listen = name.rstrip("0123456789"), f"127.0.0.1:{self._ports[name]}"
        arguments = "--role", role, "--listen", listen, "--clock", self._clock
        self._processes[name] = self._start("engine", *arguments, log=name)

    def _start(self, verb: str, *arguments: str, log: str = "") -> subprocess.Popen[str]:
        with (self._folder / f"{log or verb}.log").open("a") as errors:
            return subprocess.Popen(
                processes.command(verb, *arguments),
                env=processes.environment(self._environment),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )


class Killer:
    """Kills one of them at random moments."""

    def __init__(self, troupe: Troupe, rng: random.Random, pause: float) -> None:
        self._troupe = troupe
        self._rng = rng
        self._pause = pause
        self.kills = 0
        self._set_next()

    def maybe_kill(self) -> None:
        if time.monotonic() >= self._next:
            self._troupe.kill(self._rng.choice(self._troupe.names))
            self.kills += 1
            self._set_next()

    def _set_next(self) -> None:
        self._next = time.monotonic() + self._rng.uniform(0.0, self._pause)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    address = processes.address_in(process.stdout.readline())
    assert address is not None, "a process did not start"
    return address


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
