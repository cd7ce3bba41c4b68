"""Where the engine reads its time from. Asked anew whenever it matters, so that a jump is noticed."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import requests

from otn_studio.blocks.words import Problem

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, aware and in UTC."""


class SystemClock:
    """The time of this computer."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ClockProblem(Problem):
    """A clock that can't be followed."""


class FollowedClock:
    """The time of an emulator, which can be moved: asked for once every ``interval`` seconds."""

    def __init__(self, url: str, interval: float = 0.5) -> None:
        if urlsplit(url).hostname not in LOOPBACK:
            raise ClockProblem("Only a clock on this computer can be followed, not {url}.", url=url)
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._stopped = threading.Event()
        self._ahead = timedelta(0)
        self._look()
        self._thread = threading.Thread(
            target=self._follow, args=(interval,), name="clock", daemon=True
        )
        self._thread.start()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def close(self) -> None:
        self._stopped.set()
        self._thread.join()
        self._session.close()

    def _follow(self, interval: float) -> None:
        while not self._stopped.wait(interval):
            try:
                self._look()
            except ClockProblem:
                continue  # the emulator is away; its last time goes on

    def _look(self) -> None:
        began = time.monotonic()
        try:
            answer = self._session.get(self._url, timeout=5).json()
            there = datetime.fromisoformat(answer["now"])
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            raise ClockProblem("The clock at {url} does not answer.", url=self._url) from error
        on_the_way = timedelta(seconds=(time.monotonic() - began) / 2)
        self._ahead = there + on_the_way - datetime.now(UTC)
