"""Telling the engine what happened: signed webhooks, repeated until they are answered.

Usually that is every few moments and for ever, so that a test waits for nothing. On request it is as
Messenger does it: at once, then less and less often, by the emulated clock, while later events go
ahead; and after an hour of failures the app is subscribed no more.

Source: Messenger Platform, "Webhooks": verification, ``X-Hub-Signature-256``, retries.
"""

import contextlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import requests

from otn_studio.emulator.clock import MovableClock, milliseconds
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.events import Event
from otn_studio.emulator.faults import Faults
from otn_studio.emulator.habits import Habits
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.lanes import Job, Lanes
from otn_studio.emulator.subscribed_fields import ALL, field_of

_TOGETHER: Final = 1_000
"""So many events Messenger puts into one body at most."""
_PATIENCE = 5.0
"""Seconds within which an engine must answer a webhook."""


_FAILING_AT_MOST: Final = timedelta(hours=1)
_PAUSES: Final = (0, 60, 5 * 60, 10 * 60, 15 * 60, 30 * 60)
"""Emulated seconds before each further try, the last of them again and again. Messenger says no more
than "immediately", and then "with decreasing frequency".
"""


class Retries(StrEnum):
    """How an event comes again that was not answered."""

    QUICK = "quick"
    MESSENGER = "messenger"


class Webhooks:
    """The engine's subscription, and what is on its way to it.

    Before anybody has subscribed, events go nowhere, as with Messenger. A later subscription takes
    over what is still waiting. ``fields`` are the kinds of events that the Page sends to the app:
    all, until the app says which; none, once it was unsubscribed. ``app_fields`` are those that the app
    takes from any Page.
    """

    def __init__(
        self,
        page: PageIdentity,
        clock: MovableClock,
        faults: Faults,
        retries: Retries = Retries.QUICK,
        habits: Callable[[], Habits] = Habits,
    ) -> None:
        self._page = page
        self._clock = clock
        self._faults = faults
        self._habits = habits
        self.fields = ALL
        self._lanes = Lanes()
        self.app_fields = ALL
        self.url: str | None = None
        self.retries = retries
        self._failing_since: datetime | None = None
        self._thread = threading.Thread(target=self._work, name="webhooks", daemon=True)

    @property
    def waiting(self) -> int:
        """How many webhooks were not answered yet."""
        return self._lanes.waiting

    def start(self) -> None:
        """Begin to deliver, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop delivering. What is waiting is forgotten with the emulator."""
        self._lanes.close()
        self._thread.join(_PATIENCE)

    def subscribe(self, url: str, verify_token: str) -> None:
        """Send events to ``url`` from now on, if it proves that it wants them."""
        verify(url, verify_token)
        self.url = url
        self.fields = self.fields or ALL

    def unsubscribe(self) -> None:
        """Send nothing any more, as Messenger does after an hour of failures.

        What is waiting is lost, and so is all that happens until the app subscribes again.
        """
        self.fields = ()
        self._lanes.drop()

    @contextlib.contextmanager
    def while_time_passes(self) -> Iterator[None]:
        """Let what comes again come sooner by as much as the emulated clock is moved on in the block.

        What is on its way when it begins is let come through first.
        """
        if self.retries is Retries.QUICK:
            yield
            return
        self._lanes.settle(_PATIENCE)
        before = self._clock.offset
        yield
        self._lanes.hurry(max((self._clock.offset - before).total_seconds(), 0))

    def post(self, person: str, event: Event, led_by_another: bool = False) -> None:
        """Send one event about a person, after all that was sent about them before.

        Where another app leads the conversation, ours is told in *standby*.
        """
        if self.url is None or not {field_of(event)} <= {*self.fields} & {*self.app_fields}:
            return
        if led_by_another and "standby" not in self.fields:
            return
        now = milliseconds(self._clock.now())
        in_thread = "standby" if led_by_another else "messaging"
        kind = "changes" if "field" in event else in_thread
        entry = {"id": self._page.id, "time": now, kind: [self._habits().written(event)]}
        body = json.dumps({"object": "page", "entry": [entry]}, separators=(",", ":"))
        self._lanes.put(person, body.encode("ascii"), self._faults.repeats(), self._faults.late())

    def _work(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            while job := self._lanes.take():
                self._deliver(session, [job, *self._brought_along()])

    def _brought_along(self) -> list[Job]:
        """What is due of others, where Messenger puts several events into one body."""
        if not self._faults.joins():
            return []
        found: list[Job] = []
        while len(found) < _TOGETHER - 1 and (job := self._lanes.take_due()):
            found.append(job)
        return found

    def _deliver(self, session: requests.Session, jobs: list[Job]) -> None:
        wanted = [job.body for job in jobs if not job.dropped]
        is_answered = bool(wanted) and self._is_answered(session, _together(wanted))
        if is_answered:
            self._failing_since = None
        for job in jobs:
            if is_answered or job.dropped:
                self._lanes.done(job)
            else:
                self._try_again(job)

    def _try_again(self, job: Job) -> None:
        if self.retries is Retries.QUICK:
            self._lanes.again(job)
            return
        now = self._clock.now()
        self._failing_since = self._failing_since or now
        self._lanes.postpone(job, _PAUSES[min(job.tries, len(_PAUSES) - 1)])
        if now - self._failing_since >= _FAILING_AT_MOST:
            self._failing_since = None
            self.unsubscribe()

    def _is_answered(self, session: requests.Session, body: bytes) -> bool:
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature": sign(self._page.app_secret, body, "sha1"),
            "X-Hub-Signature-256": sign(self._page.app_secret, body),
        }
        try:
            answer = session.post(
                self.url, body, headers=headers, timeout=_PATIENCE, allow_redirects=False
            )
        except requests.RequestException:
            return False
        return answer.status_code == 200


def _together(bodies: list[bytes]) -> bytes:
    """Several bodies as one, with all their entries; one stays as it is, to the byte."""
    if len(bodies) == 1:
        return bodies[0]
    entries = [entry for body in bodies for entry in json.loads(body)["entry"]]
    return json.dumps({"object": "page", "entry": entries}, separators=(",", ":")).encode("ascii")


def sign(app_secret: str, body: bytes, way: str = "sha256") -> str:
    """The signature over exactly the bytes that are sent. Older bots look for the one by SHA-1."""
    return f"{way}={hmac.new(app_secret.encode(), body, way).hexdigest()}"


def verify(url: str, verify_token: str) -> None:
    """Ask ``url`` whether it knows the verify token, as Messenger does before it subscribes it.

    The right answer is 200 with the bare challenge.
    """
    challenge = str(secrets.randbelow(10**10))
    question = {
        "hub.mode": "subscribe",
        "hub.verify_token": verify_token,
        "hub.challenge": challenge,
    }
    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.get(url, params=question, timeout=_PATIENCE, allow_redirects=False)
        except (requests.RequestException, ValueError):
            raise Problem(f"The webhook {url} can't be reached.") from None
    if answer.status_code != 200:
        raise Problem(
            f"The webhook {url} answered the verification with {answer.status_code} "
            "instead of 200; is the verify token right?"
        )
    if answer.content != challenge.encode():
        raise Problem(f"The webhook {url} did not answer the verification with the challenge.")
