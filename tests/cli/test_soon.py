"""The studio's services are made when one of them is first asked for something."""

from threading import Thread

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.cli.services.soon import Once, soon
from otn_studio.studio.services.services import Services
from tests.studio.connecting.fakes import FakePages
from tests.studio.pages.fakes import FakeEngine


@pytest.fixture
def made():
    """How often they were made, and what makes them."""
    times = []
    others = dict.fromkeys(set(Services.__dataclass_fields__) - {"engine", "pages", "page_name"})

    def make() -> Services:
        times.append(1)
        return Services(engine=FakeEngine(), pages=FakePages(), page_name="Bakery", **others)

    return times, make


def test_nothing_is_made_before_something_is_asked(made):
    times, make = made
    services = soon(Once(make), "Bakery")
    assert services.page_name == "Bakery"
    ask = services.engine.state
    assert times == []
    assert ask() == FakeEngine().state()
    assert services.pages.engine_address == FakePages().engine_address
    assert times == [1]


def test_threads_that_ask_at_once_get_the_same(made):
    times, make = made
    once, got = Once(make), []
    threads = [Thread(target=lambda: got.append(once())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert times == [1]
    assert all(one is once.if_made() for one in got)
    assert len(got) == 8


def test_everybody_is_told_why_there_are_none():
    def make() -> Services:
        raise Problem("The disk is full.")

    once = Once(make)
    services = soon(once, "Bakery")
    for ask in (services.engine.state, services.topics.all):
        with pytest.raises(Problem, match="The disk is full"):
            ask()
    assert once.if_made() is None
