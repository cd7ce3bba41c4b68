"""The practice chat and its clock, by the emulator that runs beside the engine."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

import requests

from otn_studio.blocks.words import Problem
from otn_studio.emulator.client import EmulatorClient, EmulatorProblem, PersonClient
from otn_studio.interpreter import reply
from otn_studio.runtime.clock import Clock
from otn_studio.studio.services.services import Chat, EngineControl, Lasting

FIRST_PERSON = "Ann"
CARDS = ("opt_in_card", "recurring_card")


class PracticeEngine(EngineControl, Protocol):
    """An engine that may have an emulator beside it."""

    practice: bool

    def emulator_address(self) -> str | None:
        """Where the emulator listens; none where it does not run."""


class EmulatedPractice:
    """The studio's `Practice`: one person of the emulator at a time.

    ``topic_names`` tells the names of the Page's topics by their ids.
    """

    def __init__(
        self, engine: PracticeEngine, topic_names: Callable[[], Mapping[str, str]]
    ) -> None:
        self._engine = engine
        self._topic_names = topic_names
        self._client: EmulatorClient | None = None
        self._address = ""
        self._person: PersonClient | None = None
        self._name = ""
        self._one_at_a_time = threading.Lock()

    def look(self) -> Chat:
        with self._answering():
            person = self._somebody()
            entries = tuple(self._with_topics(person.phone()))
            lasting = tuple(Lasting(**one) for one in person.lasting())
            now = self._emulator().now()
            typing, choices = person.sees_typing(), tuple(person.choices())
            return Chat(entries, now, self._name, lasting, typing, choices)

    def write(self, text: str) -> None:
        with self._answering():
            self._somebody().write(text)

    def comment(self, text: str) -> None:
        with self._answering():
            self._somebody().comment(text)

    def choose(self, title: str) -> None:
        with self._answering():
            self._somebody().choose(title)

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

    def __init__(self, engine: PracticeEngine, otherwise: Clock) -> None:
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
