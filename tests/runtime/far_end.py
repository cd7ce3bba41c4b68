"""The network's far end and time, under the tests' control; everything between them is real."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, text

from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.messenger.errors import GraphError, reaction_to
from otn_studio.messenger.graph import Accepted, Answer, CallFailed, NoAnswer, Refused
from otn_studio.runtime.broadcasting import telling
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.errands.hands import Hands
from otn_studio.runtime.errands.web_calls import Web
from otn_studio.runtime.noting import words_of
from otn_studio.runtime.page import Page
from otn_studio.runtime.receiving.reconciling import Reconciler
from otn_studio.runtime.sending import stops
from otn_studio.runtime.server.server import Server
from otn_studio.storage import pages, versions
from otn_studio.storage.database import Database
from otn_studio.storage.engine import errands, inbox, webhooks
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.permissions import topics
from otn_studio.storage.sending import announcements, sends
from otn_studio.storage.tables import event, lane, send, timer

PAGE = "1"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PATIENCE = 30.0


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, **time: float) -> None:
        self._now += timedelta(**time)


class FarEnd:
    """Messenger as the engine sees it: takes messages, or answers as it was told to."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.all_calls: list[dict[str, Any]] = []
        self.batches: list[int] = []
        self.subscribed: list[tuple[str, ...]] = []
        self.profiles: list[tuple[dict[str, Any], tuple[str, ...]]] = []
        self.takes_profiles = True
        self.tokens: list[dict[str, Any]] | None = None
        self.people: dict[str, dict[str, Any]] = {}
        self.asked_about: list[str] = []
        self.moved: list[tuple[str, ...]] = []
        self.moves = True
        self.uploads: list[tuple[str, str, bytes]] = []
        self.upload_fails: list[CallFailed] = []
        self._answers: list[Answer] = []
        self._lock = threading.Lock()

    def will_answer(self, *answers: Answer) -> None:
        """The answers to the next calls; after them, everything is taken."""
        self._answers += answers

    def send(self, page_id: str, body: dict[str, Any]) -> Answer:
        assert page_id == PAGE
        with self._lock:
            self.calls.append(body)
            self.all_calls.append(body)
            if self._answers:
                return self._answers.pop(0)
            return Accepted(f"m{len(self.calls)}", "")

    def send_batch(self, page_id: str, bodies: Sequence[dict[str, Any]]) -> list[Answer]:
        """Every part is answered as a call of its own would be."""
        assert 2 <= len(bodies) <= 50
        self.batches.append(len(bodies))
        return [self.send(page_id, body) for body in bodies]

    def upload(self, page_id: str, medium: str, name: str, content: bytes) -> str:
        self.uploads.append((medium, name, content))
        if self.upload_fails:
            raise self.upload_fails.pop(0)
        return f"a{len(self.uploads)}"

    def subscribe(self, page_id: str, fields: Sequence[str]) -> None:
        self.subscribed.append(tuple(fields))

    def set_profile(self, page_id: str, profile: dict[str, Any], gone: Sequence[str]) -> None:
        self.profiles.append((profile, tuple(gone)))
        if not self.takes_profiles:
            raise CallFailed("Too many calls.")

    def person(self, person_id: str) -> dict[str, Any]:
        self.asked_about.append(person_id)
        if person_id not in self.people:
            raise CallFailed("There is no profile of them.")
        return self.people[person_id]

    def pass_thread(self, page_id: str, person_id: str, app_id: str) -> None:
        self._move("pass", person_id, app_id)

    def take_thread(self, page_id: str, person_id: str) -> None:
        self._move("take", person_id)

    def _move(self, *how: str) -> None:
        self.moved.append(how)
        if not self.moves:
            raise CallFailed("Another app leads the conversation.")

    def notification_tokens(self, page_id: str) -> Iterator[list[dict[str, Any]]]:
        if self.tokens is None:
            raise CallFailed("There is no such list.")
        yield from ([token] for token in self.tokens)

    def texts(self) -> list[str]:
        """What was tried to be sent, by its text or its sign, and forgotten."""
        with self._lock:
            calls, self.calls = self.calls, []
        return [_text(body) for body in calls]


def carry_out(database: Database, page: Page, now: datetime) -> None:
    """Do for announcements what the engine does, as far as to make the messages."""
    with database.writing() as connection:
        while announcements.due(connection, page.id, now):
            telling.go_on(connection, page, now)


def refused(code: int, subcode: int | None = None, retry_after: int | None = None) -> Refused:
    reaction = reaction_to(400, code, subcode)
    return Refused(GraphError(code, subcode, "said Messenger", reaction, retry_after))


def lost() -> NoAnswer:
    return NoAnswer("the connection ended")


def _text(body: dict[str, Any]) -> str:
    message = body.get("message", {})
    payload = message.get("attachment", {}).get("payload", {})
    said = message.get("text") or payload.get("text") or payload.get("title")
    return said or body.get("sender_action", "")


def webhook(kind: str, content: dict[str, Any], person: str, at: datetime, key: str) -> bytes:
    """The body of one that holds one event; ``key`` tells it from others."""
    sender, recipient = (PAGE, person) if kind == "echo" else (person, PAGE)
    ids = {"sender": {"id": sender}, "recipient": {"id": recipient}}
    item = ids | {"timestamp": round(at.timestamp() * 1000), "key": key} | content
    if "message" in item:
        item["message"] = {"mid": key} | item["message"]
    holds = {"changes": [content]} if kind == "change" else {"messaging": [item]}
    entry = {"id": PAGE, "time": round(at.timestamp() * 1000)} | holds
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def wait_until_all_are_read(database: Database) -> None:
    """No webhook waits for the engine to read it."""
    deadline = time.monotonic() + PATIENCE
    waiting = True
    while waiting:
        assert time.monotonic() < deadline, "the engine did not read what came"
        with database.reading() as connection:
            waiting = any(webhooks.oldest(connection, id) for id in pages.ids(connection))


class Shop:
    """A Page with its database, its engine, and people who write to it."""

    def __init__(self, url: str, host: type[Engine] | type[Server] = Engine) -> None:
        self._host = host
        self.page = Page(PAGE)
        self.clock = HandClock()
        self.far_end = FarEnd()
        self.secrets: dict[str, str] = {}
        self.database = Database.open(url)
        self._count = 0
        self.start()

    def start(self, reconcile: bool = False) -> None:
        doer = Hands(PAGE, self.far_end, self.secrets.get, web=Web(on_loopback=True))
        self.engine = self._host(self.database, self.page, self.far_end, self.clock, doer=doer)
        self.engine.start(reconcile=reconcile)

    @property
    def reconciler(self) -> Reconciler:
        return self.engine.reconciler

    def close(self) -> None:
        self.engine.stop()
        self.database.close()

    def publish(self, *flows: Flow) -> None:
        """Make them live, whatever the checks say: what is tested is what they can't see."""
        with self.database.writing() as connection:
            for flow in flows:
                topics.bring_along(connection, PAGE, flow.topics, self.clock.now())
                document = writing.to_text(flow)
                now = self.clock.now()
                versions.publish(connection, PAGE, flow.id, flow.name, document, now)
        self.ring()
        live = {flow.id for flow in flows}
        self.wait_until(lambda: live <= self.engine.health()["flows"].keys())

    def write(self, text: str, person: str = "ann", **more: Any) -> None:
        self.arrives("message", {"message": {"mid": self._mid(), "text": text}}, person, **more)

    def opts_in(self, token: str, person: str = "ann", reply: str | None = None) -> None:
        """Tap *Notify Me* on the newest card that was sent."""
        optin = {
            "type": "one_time_notif_req",
            "payload": reply or self.card(),
            "one_time_notif_token": token,
        }
        self.arrives("optin", {"optin": optin}, person)

    def card(self) -> str:
        """What was put behind the newest card."""
        with self.database.reading() as connection:
            messages = connection.scalars(select(send.c.message).order_by(send.c.id.desc())).all()
        payloads = [m.get("attachment", {}).get("payload", {}) for m in messages]
        return next(
            p["payload"] for p in payloads if p.get("template_type") == "one_time_notif_req"
        )

    def arrives(
        self,
        kind: str,
        body: dict[str, Any],
        person: str = "ann",
        at: datetime | None = None,
        key: str | None = None,
        settle: bool = True,
    ) -> None:
        """Something comes by a webhook. Without a ``key`` it is another one than all before."""
        body = webhook(kind, body, person, at or self.clock.now(), key or self._mid())
        self.engine.take([body]).result(PATIENCE)
        if settle:
            self.settle()

    def announced(self, body: dict[str, Any], person: str = "ann") -> None:
        """The engine is to tell somebody of something."""
        with self.database.writing() as connection:
            (contact_id,) = inbox.contacts_of(connection, PAGE, [person], self.clock.now()).values()
            happening = Happening("announced", contact_id, self.clock.now(), body, to_read=True)
            inbox.add(connection, PAGE, [happening], self.clock.now())
        self.ring()
        self.settle()

    def settle(self) -> None:
        """Wait until the engine has nothing to do at this moment of its clock."""
        self.wait_until(self._is_quiet)

    def advance(self, **time: float) -> None:
        """Move the clock. The engine notices within a second; a ring lets it look at once."""
        self.clock.advance(**time)
        self.ring()
        self.settle()

    def ring(self) -> None:
        self.engine._ring()

    def make_messages(self) -> None:
        """Let the engine, which is off, get as far with announcements as to have the messages."""
        carry_out(self.database, self.page, self.clock.now())

    def sends(self) -> list[tuple[str, str | None]]:
        """Every message's state and reason, in order."""
        with self.database.reading() as connection:
            rows = connection.execute(select(send.c.state, send.c.reason).order_by(send.c.id))
            return [tuple(row) for row in rows]

    def timeline(self) -> list[tuple[str, Any]]:
        with self.database.reading() as connection:
            rows = connection.execute(select(event.c.kind, event.c.body).order_by(event.c.id))
            return [tuple(row) for row in rows]

    def notes(self) -> list[str]:
        notes = [body for kind, body in self.timeline() if kind == "note"]
        return [str(words_of(body)) for body in notes]

    def wait_until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, "the engine did not get on"
            time.sleep(0.005)

    def _is_quiet(self) -> bool:
        now = self.clock.now()
        with self.database.reading() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            awake = select(lane.c.contact_id).where(
                or_(lane.c.rests_until.is_(None), lane.c.rests_until <= now)
            )
            waiting = webhooks.oldest(connection, PAGE)
            undone = connection.scalar(
                select(event.c.id)
                .where(event.c.done_at.is_(None), event.c.contact_id.in_(awake))
                .limit(1)
            )
            due_timer = connection.scalar(select(timer.c.id).where(timer.c.due_at <= now).limit(1))
            sending = connection.scalar(select(send.c.id).where(send.c.state == "sending").limit(1))
            due_sends = [sends.due(connection, PAGE, queue, now, 1) for queue in sends.QUEUES]
            stop = pages.stop(connection, PAGE)
            errand_due = errands.due(connection, PAGE, now, 1) and stop is None
            doing = errands.found_doing(connection, PAGE)
            announcing = announcements.count_under_way(connection, PAGE, now)
        if waiting or announcing or errand_due or doing:
            return False
        if undone is not None or due_timer is not None or sending is not None:
            return False
        return not any(due_sends) or (stop is not None and not stops.may_try(stop, now))

    def _mid(self) -> str:
        self._count += 1
        return f"mid-{self._count}"
