"""Several Pages in one process on PostgreSQL, behind one address: each is answered by its own flow."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest

from otn_studio.emulator.app import create_app
from otn_studio.emulator.client import EmulatorClient
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.server import running
from otn_studio.flow.project import Project
from otn_studio.messenger.graph import GraphClient
from otn_studio.messenger.webhook import Door
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.page import Page
from otn_studio.runtime.publishing import publish
from otn_studio.runtime.server.server import Server
from otn_studio.runtime.server.web import create_server_app
from otn_studio.runtime.several import SeveralEngines
from otn_studio.storage.database import Database
from tests.builders import START, a_flow, say
from tests.cli.waiting import wait_until
from tests.postgres import fresh_database
from tests.runtime.test_several import serving

BAKERY = PageIdentity("4711", "Bakery", "bakery-token", "bakery-secret", "1")
CINEMA = PageIdentity("4712", "Cinema", "cinema-token", "cinema-secret", "2")
CLOCK = SystemClock()


@dataclass
class Both:
    """Their engines, and Messenger's side of each."""

    engines: SeveralEngines
    emulators: dict[str, EmulatorClient]
    figures: str = ""


@pytest.fixture
def both() -> Iterator[Both]:
    url = fresh_database()
    with ExitStack() as until:
        made, emulators = {}, {}
        for page in (BAKERY, CINEMA):
            far_end = until.enter_context(running(create_app(page)))
            database = until.enter_context(closing(Database.open(url)))
            graph = until.enter_context(closing(GraphClient(far_end, page.access_token, 5)))
            made[page.id] = Server(database, Page(page.id), graph, CLOCK)
            flow = a_flow({"start": START, "say": say(f"The {page.name}!")}, "start > say")
            emulators[page.id] = EmulatorClient(far_end)
            until.callback(emulators[page.id].close)
            publish(database, page.id, Project.of(flow), CLOCK.now())
        engines = SeveralEngines(made, CLOCK)
        doors = [Door(page.id, "verify", page.app_secret) for page in (BAKERY, CINEMA)]
        app = create_server_app(made, doors, engines)
        session, address = until.enter_context(serving(app))
        engines.start(address)
        until.callback(engines.stop)
        for emulator in emulators.values():
            emulator.subscribe(f"{address}/webhook", "verify")
        yield Both(engines, emulators, session.get(f"{address}/metrics", timeout=10).text)


def test_each_is_answered_by_its_own_flow(both):
    people = {id: one.add_person("Ann") for id, one in both.emulators.items()}
    for person in people.values():
        person.write("hello")
    wait_until(lambda: both.engines.health()["sends_of_last_day"]["sent"] == 2)
    answers = [people[page.id].phone()[-1]["text"] for page in (BAKERY, CINEMA)]
    assert answers == ["The Bakery!", "The Cinema!"]
    found = both.engines.health()
    assert found["working"]
    assert found["pages"].keys() == {BAKERY.id, CINEMA.id}


def test_figures_of_what_waits_name_the_page(both):
    for page in (BAKERY, CINEMA):
        assert f'otn_sends_waiting{{page="{page.id}"}} 0.0' in both.figures
    assert both.figures.count("# TYPE otn_sends_waiting gauge") == 1
