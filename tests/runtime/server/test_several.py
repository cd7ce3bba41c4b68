"""An engine of several processes: each does its part, and none of them can lose anything by dying."""

import random
import time
from contextlib import contextmanager

import pytest

from otn_studio import shipped
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from otn_studio.runtime.broadcasting.announcing import announce_flow
from otn_studio.runtime.publishing import publish
from tests.postgres import Server, fresh_database
from tests.runtime.kills import judged
from tests.runtime.server.troupe import PAGE, Killer, Troupe
from tests.runtime.test_kill import FAULTS, TOPIC, Visitor

KILLS = 10
CRASHES = 2
PEOPLE = 6


@pytest.fixture
def troupe(tmp_path):
    with _performing(tmp_path, fresh_database()) as troupe:
        yield troupe


@pytest.fixture
def server():
    fresh_database()  # skips where there is no PostgreSQL
    server = Server()
    yield server
    server.close()


@contextmanager
def _performing(folder, url):
    with Troupe(folder, url) as troupe:
        troupe.subscribe()
        flow = load(shipped.path("flows/back-in-stock.json"))
        publish(troupe.database, PAGE, Project.of(flow), troupe.emulator.now())
        troupe.wait_until_live(flow.id)
        yield troupe


def test_each_process_does_its_part(troupe):
    ann = troupe.emulator.add_person("Ann")
    ann.write("restock")
    troupe.settle()
    assert ann.phone()[-1]["from"] == "page"
    assert _figure(troupe, "webhook0", "otn_events_stored_total") >= 1
    read = [_figure(troupe, name, "otn_lanes_read_total") for name in ("worker1", "worker2")]
    assert sum(read) >= 1
    assert _figure(troupe, "sender3", 'otn_calls_total{answer="Accepted"}') == 1
    assert [troupe.health(name)["role"] for name in troupe.names] == [
        "webhook",
        "worker",
        "worker",
        "sender",
    ]


def test_each_ends_when_it_is_told_to(troupe):
    assert [troupe.end(name) for name in troupe.names] == [0, 0, 0, 0]


def test_whatever_is_killed_every_yes_is_kept_and_used_exactly_once(troupe):
    rng = random.Random(11)
    troupe.emulator.faults(**FAULTS, seed=11)
    visitors = [Visitor(troupe.emulator.add_person("Ann")) for _ in range(PEOPLE)]
    killer = Killer(troupe, rng, pause=1.0)
    _let_them_say_yes(visitors, killer, KILLS // 2)
    troupe.settle()
    troupe.pass_time(days=3)
    now = troupe.emulator.now()
    assert announce_flow(troupe.database, PAGE, TOPIC, "back-in-stock", now) == PEOPLE
    while killer.kills < KILLS:
        killer.maybe_kill()
        time.sleep(0.02)
    troupe.settle()
    judged(troupe, visitors)


def test_a_database_that_crashes_under_load_loses_nothing(tmp_path, server):
    with _performing(tmp_path, server.fresh_database()) as troupe:
        troupe.emulator.faults(**FAULTS, seed=5)
        visitors = [Visitor(troupe.emulator.add_person("Ann")) for _ in range(PEOPLE)]
        crashes = 0
        while crashes < CRASHES or not all(visitor.said_yes for visitor in visitors):
            for visitor in visitors:
                visitor.act()
            if crashes < CRASHES:
                server.crash()
                crashes += 1
            time.sleep(0.1)
        troupe.settle()
        troupe.pass_time(days=3)
        now = troupe.emulator.now()
        assert announce_flow(troupe.database, PAGE, TOPIC, "back-in-stock", now) == PEOPLE
        server.crash()
        troupe.settle()
        judged(troupe, visitors)


def _figure(troupe: Troupe, process: str, name: str) -> float:
    figures = (line.rpartition(" ") for line in troupe.metrics(process).splitlines())
    return next(float(value) for known, _, value in figures if known == name)


def _let_them_say_yes(visitors: list[Visitor], killer: Killer, kills: int) -> None:
    deadline = time.monotonic() + 180
    while killer.kills < kills or not all(visitor.said_yes for visitor in visitors):
        assert time.monotonic() < deadline, "somebody never got so far as to say yes"
        for visitor in visitors:
            visitor.act()
        if killer.kills < kills:
            killer.maybe_kill()
        time.sleep(0.02)
