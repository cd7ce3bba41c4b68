from contextlib import closing
from datetime import timedelta

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.cli.settings import settings
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.pages import Stop


def test_a_stopped_page_is_let_go(otn):
    assert otn("resume")[1] == "The Page was not stopped.\n"
    database = Database.open(settings().database_url)
    with database.writing() as connection:
        pages.ensure(connection, "1")
        pages.set_stop(connection, "1", Stop(pages.POLICY, "Bad words"))
    code, said, _ = otn("resume")
    assert (code, said) == (
        0,
        "The Page sends again. Where Messenger still refuses, it stops again.\n",
    )
    with database.reading() as connection:
        assert pages.stop(connection, "1") is None
    database.close()


def test_a_page_that_was_moved_goes_on_only_when_it_is_said_twice(otn):
    with closing(Database.open(settings().database_url)) as database:
        with database.writing() as connection:
            pages.ensure(connection, "1")
            pages.set_stop(connection, "1", Stop(pages.MOVED))
        code, said, complained = otn("resume")
        assert (code, said) == (2, "")
        assert "answered twice" in complained
        with database.reading() as connection:
            assert pages.stop(connection, "1").kind == pages.MOVED
        assert otn("resume", "--anyway")[0] == 0
        with database.reading() as connection:
            assert pages.stop(connection, "1") is None


def test_the_pace_may_be_slower_but_faster_only_to_practise(monkeypatch):
    monkeypatch.setenv("OTN_STUDIO_CALLS_A_SECOND", "40")
    assert settings().page.calls_a_second == 40
    monkeypatch.setenv("OTN_STUDIO_CALLS_A_SECOND", "5000")
    assert settings().page.calls_a_second == 300
    monkeypatch.setenv("OTN_STUDIO_GRAPH_URL", "http://127.0.0.1:9")
    assert settings().page.calls_a_second == 5000


def test_how_long_colleagues_are_left_alone_is_settable(monkeypatch):
    assert settings().page.quiet_after_colleague == timedelta(hours=1)
    monkeypatch.setenv("OTN_STUDIO_QUIET_AFTER_COLLEAGUE", "0 minutes")
    assert settings().page.quiet_after_colleague == timedelta(0)
    monkeypatch.setenv("OTN_STUDIO_QUIET_AFTER_COLLEAGUE", "a while")
    with pytest.raises(Problem, match="OTN_STUDIO_QUIET_AFTER_COLLEAGUE"):
        settings()
