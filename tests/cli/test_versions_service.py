"""Versions of a flow, from the database: who made which when, and going back."""

from dataclasses import replace

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.cli.services.publishing import PagePublishing
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import load
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.publishing import Published
from otn_studio.storage import pages, versions
from otn_studio.storage.database import Database
from tests.cli.conftest import SAMPLE

PAGE = "page"
FLOW = load(SAMPLE)


@pytest.fixture
def database(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path / 'page.db'}")
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
    yield database
    database.close()


@pytest.fixture
def publishing(database):
    publishing = PagePublishing(database, PAGE, SystemClock(), lambda: None)
    publishing.publish(FLOW, by="Ann")
    publishing.publish(replace(FLOW, name="Back again"), by="Bob")
    return publishing


def test_every_version_tells_who_made_it_and_which_is_live(publishing):
    second, first = publishing.versions(FLOW.id)
    assert (first.number, first.by, first.live) == (1, "Ann", False)
    assert (second.number, second.by, second.live) == (2, "Bob", True)
    assert first.at <= second.at
    assert publishing.versions("another") == []


def test_a_version_is_the_flow_as_it_was(publishing):
    assert publishing.version(FLOW.id, 1) == FLOW
    assert publishing.version(FLOW.id, 2).name == "Back again"
    with pytest.raises(Problem, match="Version 7 is not there any more"):
        publishing.version(FLOW.id, 7)


def test_a_version_gets_a_name(publishing):
    publishing.entitle(FLOW.id, 1, "Before the sale")
    assert [row.title for row in publishing.versions(FLOW.id)] == ["", "Before the sale"]


def test_going_back_makes_the_earlier_one_live_for_the_engine_too(publishing, database):
    publishing.go_back(FLOW.id, 1)
    assert [row.live for row in publishing.versions(FLOW.id)] == [False, True]
    engine = Published(database, PAGE)
    engine.refresh()
    assert [program.version for program in engine.all_live()] == [1]
    publishing.go_back(FLOW.id, 2)
    assert publishing.live_version(FLOW.id) == 2


def test_after_going_back_the_next_version_gets_a_number_of_its_own(publishing):
    publishing.go_back(FLOW.id, 1)
    assert publishing.publish(replace(FLOW, name="Third")).version == 3


def test_what_has_errors_by_now_is_not_gone_back_to(publishing, database):
    """Such as where another program wrote it."""
    with database.writing() as connection:
        text = writing.to_text(Flow(FLOW.id, "Empty"))
        versions.publish(connection, PAGE, FLOW.id, "Empty", text, SystemClock().now())
    publishing.go_back(FLOW.id, 2)
    with pytest.raises(Problem, match="Version 3 has errors by now"):
        publishing.go_back(FLOW.id, 3)
    assert publishing.live_version(FLOW.id) == 2
