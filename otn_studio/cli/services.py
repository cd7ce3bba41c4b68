"""The studio's services, made of the other rooms."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import requests

from otn_studio.blocks.words import Problem
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.emulator.client import EmulatorClient, EmulatorProblem, PersonClient
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.runtime.announcing import announce_text
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.publishing import NotPublished, publish
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage import topics
from otn_studio.storage.database import Database
from otn_studio.studio.services import Chat, Published, TopicRow

FIRST_PERSON = "Ann"
T = TypeVar("T")


class PageTopics:
    """The studio's `Topics`, from the Page's database."""

    def __init__(self, database: Database, page_id: str, clock: Clock) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock

    def all(self) -> Sequence[TopicRow]:
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        with self._database.reading() as connection:
            rows = topics.all_topics(connection, self._page_id, self._clock.now())
        return [
            TopicRow(
                row.id,
                row.name,
                row.held,
                row.used,
                row.expired,
                row.ends_soonest,
                tuple(p.flow.name for p in programs.live() if row.id in p.flow.topics),
            )
            for row in rows
        ]

    def add(self, id: str, name: str) -> None:
        with self._database.writing() as connection:
            topics.bring_along(connection, self._page_id, {id: name}, self._clock.now())

    def rename(self, id: str, name: str) -> None:
        with self._database.writing() as connection:
            topics.rename(connection, self._page_id, id, name)

    def delete(self, id: str) -> None:
        with self._database.writing() as connection:
            topics.delete(connection, self._page_id, id, self._clock.now())

    def restore(self, id: str) -> None:
        with self._database.writing() as connection:
            topics.restore(connection, self._page_id, id)

    def announce(self, id: str, text: str) -> int:
        return announce_text(self._database, self._page_id, id, text, self._clock.now())


class PagePublishing:
    """The studio's `Publishing`: into the Page's database, and the engine runs from then on."""

    def __init__(self, database: Database, page_id: str, clock: Clock, engine: LocalEngine) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock
        self._engine = engine

    def publish(self, flow: Flow) -> Published:
        try:
            (made,) = publish(self._database, self._page_id, Project.of(flow), self._clock.now())
        except NotPublished as problem:
            raise Problem("“{flow}” has errors. Mend them first.", flow=flow.name) from problem
        self._engine.start()
        return Published(made.version, made.warnings)

    def live_version(self, flow_id: str) -> int | None:
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        return next((p.version for p in programs.live() if p.flow_id == flow_id), None)


class EmulatedPractice:
    """The studio's `Practice`: one person of the emulator at a time."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine
        self._client: EmulatorClient | None = None
        self._address = ""
        self._person: PersonClient | None = None
        self._one_at_a_time = threading.Lock()

    def look(self) -> Chat:
        return self._do(lambda person: Chat(tuple(person.phone()), self._emulator().now()))

    def write(self, text: str) -> None:
        self._do(lambda person: person.write(text))

    def tap(self, title: str) -> None:
        self._do(lambda person: person.tap(title))

    def notify_me(self) -> None:
        self._do(lambda person: person.notify_me())

    def pass_time(self, days: float) -> None:
        self._do(lambda person: self._emulator().advance(timedelta(days=days)))

    def begin_anew(self, name: str) -> None:
        with self._one_at_a_time:
            self._person = self._emulator().add_person(name)

    def close(self) -> None:
        if self._client is not None:
            self._client.close()

    def _do(self, act: Callable[[PersonClient], T]) -> T:
        with self._one_at_a_time:
            try:
                return act(self._somebody())
            except (EmulatorProblem, requests.RequestException) as problem:
                raise Problem("The practice chat: {problem}", problem=problem) from problem

    def _somebody(self) -> PersonClient:
        client = self._emulator()
        if self._person is None:
            known = client.people()
            id = known[-1]["id"] if known else client.add_person(FIRST_PERSON).id
            self._person = client.person(id)
        return self._person

    def _emulator(self) -> EmulatorClient:
        """The emulator that runs, started where it does not."""
        address = self._engine.emulator_address()
        if address is None or not self._engine.state().running:
            self._engine.start()
            address = self._engine.emulator_address()
        if address is None:
            raise Problem("The emulator does not answer.")
        if address != self._address:
            self.close()
            self._address, self._person = address, None
            self._client = EmulatorClient(address)
        assert self._client is not None
        return self._client


class PracticeClock:
    """The time that permissions are counted by: the emulator's where there is one, else ours."""

    def __init__(self, engine: LocalEngine, otherwise: Clock) -> None:
        self._engine = engine
        self._otherwise = otherwise

    def now(self) -> datetime:
        address = self._engine.emulator_address() if self._engine.practice else None
        if address is None:
            return self._otherwise.now()
        client = EmulatorClient(address)
        try:
            return client.now()
        finally:
            client.close()
