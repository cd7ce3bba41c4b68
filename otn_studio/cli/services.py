"""The studio's services, made of the other rooms."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import requests

from otn_studio.blocks.words import Problem
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.emulator.client import EmulatorClient, EmulatorProblem, PersonClient
from otn_studio.flow.document import Flow, Topic
from otn_studio.flow.project import Project
from otn_studio.interpreter import reply
from otn_studio.interpreter.program import Program
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import CLASSIC, Rules
from otn_studio.runtime import announcing
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.publishing import NotPublished, publish
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage import topics
from otn_studio.storage.database import Database
from otn_studio.storage.expiry import ending_by
from otn_studio.studio.services import SOON, Chat, Published, TopicRow

FIRST_PERSON = "Ann"
CARDS = ("opt_in_card", "recurring_card")


class PageTopics:
    """The studio's `Topics`, from the Page's database."""

    def __init__(self, database: Database, page_id: str, clock: Clock) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock

    def all(self) -> Sequence[TopicRow]:
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        now = self._clock.now()
        with self._database.reading() as connection:
            rows = topics.all_topics(connection, self._page_id, now)
            ending = ending_by(connection, self._page_id, now, now + SOON)
        return [
            TopicRow(
                row.id,
                row.name,
                row.held,
                row.used,
                row.expired,
                row.ends_soonest,
                tuple(p.flow.name for p in programs.all_live() if row.id in p.flow.topics),
                ending.get(row.id, 0),
                row.frequency,
                row.asks_again,
                row.stopped,
            )
            for row in rows
        ]

    def names(self) -> Mapping[str, str]:
        """All names by their ids."""
        with self._database.reading() as connection:
            rows = topics.all_topics(connection, self._page_id, self._clock.now())
        return {row.id: row.name for row in rows}

    def add(
        self, id: str, name: str, frequency: Frequency | None = None, asks_again: bool = True
    ) -> None:
        brought = {id: Topic(name, frequency, asks_again)}
        with self._database.writing() as connection:
            topics.bring_along(connection, self._page_id, brought, self._clock.now())

    def rename(self, id: str, name: str) -> None:
        with self._database.writing() as connection:
            topics.rename(connection, self._page_id, id, name)

    def delete(self, id: str) -> None:
        with self._database.writing() as connection:
            topics.delete(connection, self._page_id, id, self._clock.now())

    def restore(self, id: str) -> None:
        with self._database.writing() as connection:
            topics.restore(connection, self._page_id, id)

    def reach(self, id: str) -> int:
        return announcing.people(self._database, self._page_id, id, self._clock.now())

    def announce(self, id: str, text: str) -> int:
        return announcing.announce_text(self._database, self._page_id, id, text, self._clock.now())


class PagePublishing:
    """The studio's `Publishing`: into the Page's database, and the engine runs from then on."""

    def __init__(
        self,
        database: Database,
        page_id: str,
        clock: Clock,
        engine: LocalEngine,
        rules: Rules = CLASSIC,
    ) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock
        self._engine = engine
        self._rules = rules

    def publish(self, flow: Flow) -> Published:
        project = Project.of(flow, rules=self._rules)
        try:
            (made,) = publish(self._database, self._page_id, project, self._clock.now())
        except NotPublished as problem:
            raise Problem("“{flow}” has errors. Mend them first.", flow=flow.name) from problem
        self._engine.start()
        return Published(made.version, made.warnings)

    def live(self) -> Project:
        return Project.of(*(program.flow for program in self._programs()), rules=self._rules)

    def live_version(self, flow_id: str) -> int | None:
        return next((p.version for p in self._programs() if p.flow_id == flow_id), None)

    def _programs(self) -> Sequence[Program]:
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        return programs.all_live()


class EmulatedPractice:
    """The studio's `Practice`: one person of the emulator at a time.

    ``topic_names`` tells the names of the Page's topics by their ids.
    """

    def __init__(self, engine: LocalEngine, topic_names: Callable[[], Mapping[str, str]]) -> None:
        self._engine = engine
        self._topic_names = topic_names
        self._client: EmulatorClient | None = None
        self._address = ""
        self._person: PersonClient | None = None
        self._name = ""
        self._one_at_a_time = threading.Lock()

    def look(self) -> Chat:
        with self._answering():
            entries = self._with_topics(self._somebody().phone())
            return Chat(tuple(entries), self._emulator().now(), self._name)

    def write(self, text: str) -> None:
        with self._answering():
            self._somebody().write(text)

    def tap(self, title: str) -> None:
        with self._answering():
            self._somebody().tap(title)

    def notify_me(self, card: int) -> None:
        with self._answering():
            self._somebody().notify_me(card)

    def go_on(self, card: int) -> None:
        with self._answering():
            self._somebody().go_on(card)

    def stop(self, title: str) -> None:
        with self._answering():
            self._somebody().stop(title)

    def resume(self, title: str) -> None:
        with self._answering():
            self._somebody().resume(title)

    def pass_time(self, days: float) -> None:
        with self._answering():
            self._emulator().advance(timedelta(days=days))

    def begin_anew(self, name: str) -> None:
        with self._answering():
            self._person, self._name = self._emulator().add_person(name), name

    def close(self) -> None:
        if self._client is not None:
            self._client.close()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """One thing at a time; what does not work is said in a sentence."""
        with self._one_at_a_time:
            try:
                yield
            except (EmulatorProblem, requests.RequestException) as problem:
                raise Problem("The practice chat: {problem}", problem=problem) from problem

    def _with_topics(self, entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The phone knows only what Messenger knows; a card's topic is behind its button."""
        asked = [_asked_for(entry) for entry in entries]
        names = self._topic_names() if any(asked) else {}
        for entry, topic in zip(entries, asked, strict=True):
            yield {**entry, "topic": names[topic]} if topic in names else entry

    def _somebody(self) -> PersonClient:
        client = self._emulator()
        if self._person is None:
            known = client.people()
            if not known:
                client.add_person(FIRST_PERSON)
                known = client.people()
            self._person, self._name = client.person(known[-1]["id"]), known[-1]["name"]
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


def _asked_for(entry: dict[str, Any]) -> str:
    """The id of the topic that an opt-in card asks for; empty where the entry is no such card."""
    asked = reply.read(entry["payload"]) if entry["kind"] in CARDS else None
    return asked.topic if asked is not None else ""


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
