"""The studio with a database on a server: it looks at the engine, and publishes to it."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.cli.server_engine import GONE_AFTER, ServerEngine
from otn_studio.cli.services.practice import EmulatedPractice, PracticeClock
from otn_studio.cli.services.publishing import PagePublishing
from otn_studio.cli.settings import settings
from otn_studio.flow.reading import load
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.server.server import Server
from otn_studio.storage import connections, pages
from otn_studio.storage.connections import Connection
from otn_studio.storage.database import Database
from otn_studio.storage.engine import engines
from otn_studio.storage.pages import Stop
from otn_studio.studio.services.services import Ending
from tests.cli.conftest import SAMPLE
from tests.cli.waiting import wait_until
from tests.postgres import fresh_database
from tests.runtime.far_end import FarEnd

PAGE = "1"


@pytest.fixture
def database():
    database = Database.open(fresh_database().replace("postgresql+psycopg", "postgresql"))
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
    yield database
    database.close()


@pytest.fixture
def engine(database):
    return ServerEngine(database, PAGE)


def sign_on(database, *roles, ago=timedelta(0)):
    with database.writing() as connection:
        for role in roles:
            engines.sign_on(connection, PAGE, datetime.now(UTC) - ago, "", role=role)


def test_it_runs_where_its_processes_say_so(database, engine):
    assert not engine.state().running
    sign_on(database, "webhook", "worker", "sender")
    sign_on(database, "worker", ago=2 * GONE_AFTER)
    state = engine.state()
    assert (state.running, state.on_servers, state.practice) == (True, True, False)
    shown = [(one.role, one.gone) for one in state.processes]
    assert shown == [("webhook", False), ("worker", False), ("sender", False), ("worker", True)]
    assert state.problem == ""
    assert state.since == min(one.since for one in state.processes if not one.gone)


@pytest.mark.parametrize(
    ("roles", "missing"),
    [
        (("worker", "sender"), "No process takes webhooks"),
        (("webhook", "sender"), "No process reads"),
        (("webhook", "worker"), "No process sends"),
        (("all",), ""),
    ],
)
def test_a_part_that_nobody_plays_is_told(database, engine, roles, missing):
    sign_on(database, *roles)
    assert engine.state().problem.startswith(missing)
    assert bool(engine.state().problem) == bool(missing)


def test_a_page_that_is_stopped_is_told_first(database, engine):
    sign_on(database, "worker")
    with database.writing() as connection:
        pages.set_stop(connection, PAGE, Stop("token", "Session has expired"))
    assert "access token" in engine.state().problem


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        *((kind, True) for kind in (pages.TOKEN, pages.RESTRICTED, pages.RESTORED)),
        *((kind, False) for kind in (pages.BUSY, pages.POLICY, pages.MOVED)),
    ],
)
def test_a_person_lets_a_page_go_on_only_where_it_is_for_them(database, engine, kind, may):
    with database.writing() as connection:
        pages.set_stop(connection, PAGE, Stop(kind))
    state = engine.state()
    assert (state.may_go_on, state.restored) == (may, kind == pages.RESTORED)
    engine.go_on()
    with database.reading() as connection:
        assert (pages.stop(connection, PAGE) is None) is may
    assert not engine.state().may_go_on


def test_it_says_which_key_ends_next_started_or_not(database, engine):
    now = datetime.now(UTC).replace(microsecond=0)
    with database.writing() as connection:
        for days, name in ((5, "Cinema"), (3, "Bakery"), (90, "Zoo")):
            kept = Connection(name=name, expires_at=now + timedelta(days=days))
            connections.keep(connection, f"47{days}", kept)
    assert engine.state().ending == Ending("Bakery", now + timedelta(days=3))
    here = LocalEngine(database, settings(), "")
    assert here.state().ending == engine.state().ending
    here.close()


def test_the_studio_neither_starts_nor_stops_it(database, engine):
    with pytest.raises(Problem, match="Start it there"):
        engine.start()
    with pytest.raises(Problem, match="Stop its processes there"):
        engine.stop()
    sign_on(database, "all")
    engine.start()


def test_practice_says_why_there_is_none(engine):
    practice = EmulatedPractice(engine, dict)
    with pytest.raises(Problem, match="Practice needs a database on this computer"):
        practice.look()
    now = PracticeClock(engine, SystemClock()).now()
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_is_published_is_live_on_the_server_in_a_moment(database, engine):
    server = Server(database, settings().page, FarEnd(), SystemClock())
    server.start()
    publishing = PagePublishing(database, PAGE, SystemClock(), engine.published)
    flow = load(SAMPLE)
    assert publishing.publish(flow).version == 1
    wait_until(lambda: server.health()["flows"] == {flow.id: 1})
    publishing.publish(dataclasses.replace(flow, name="Anew"))
    wait_until(lambda: server.health()["flows"] == {flow.id: 2})
    server.stop()


def test_where_no_process_runs_it_is_published_all_the_same(database, engine):
    publishing = PagePublishing(database, PAGE, SystemClock(), engine.published)
    assert publishing.publish(load(SAMPLE)).version == 1
