import sqlite3
from contextlib import closing

import pytest
from filelock import FileLock
from sqlalchemy import text

from otn_studio.storage.database import Database, address
from otn_studio.storage.engine import webhooks
from tests.postgres import fresh_database
from tests.runtime.far_end import MONDAY, PAGE, webhook


@pytest.fixture
def to():
    """An empty database, by the address that people know."""
    return fresh_database().replace("postgresql+psycopg://", "postgresql://")


def test_everything_moves_and_the_move_says_how_much_agrees(otn, to, tmp_path):
    otn("topics", "add", "Blue sneakers")
    code, said, complained = otn("move", "--to", to)
    assert (code, complained) == (0, "")
    assert "\ntopic: 1 row agrees\n" in said
    assert f"Everything is in {address(to).set(drivername='postgresql')} now" in said
    assert f"nothing is sent from {tmp_path / 'cli.db'} any more" in said
    assert "Blue sneakers" in otn("topics", "list", "--database", to)[1]
    with closing(sqlite3.connect(tmp_path / "cli.db")) as connection:
        assert connection.execute("SELECT stopped_kind FROM page").fetchall() == [("moved",)]
        assert connection.execute("SELECT name FROM topic").fetchall() == [("Blue sneakers",)]


def test_webhooks_that_nobody_has_read_yet_move_as_what_they_tell(otn, to, tmp_path):
    otn("topics", "add", "News")
    source = Database.open(f"sqlite:///{tmp_path / 'cli.db'}")
    body = webhook("message", {"message": {"text": "hi"}}, "ann", MONDAY, "m1")
    with source.writing() as connection:
        webhooks.keep(connection, PAGE, [body], MONDAY)
    source.close()
    code, said, _ = otn("move", "--to", to)
    assert code == 0
    assert "\nwebhook: 0 rows agree\n" in said
    assert "\nevent: 1 row agrees\n" in said


def test_it_is_moved_once(otn, to):
    otn("topics", "add", "News")
    assert otn("move", "--to", to)[0] == 0
    again = fresh_database()
    code, _, complained = otn("move", "--to", again)
    assert code == 2
    assert "was moved before" in complained
    assert otn("move", "--to", again, "--again")[0] == 0


def test_not_while_an_engine_runs(otn, to, tmp_path):
    otn("topics", "add", "News")
    with FileLock(tmp_path / "cli.db.1.engine"):
        code, _, complained = otn("move", "--to", to)
    assert code == 2
    assert "An engine runs with the database" in complained


@pytest.mark.parametrize("url", ["sqlite:///elsewhere.db", "nonsense", "mysql://host/name"])
def test_it_moves_to_postgresql_only(otn, url, tmp_path):
    code, _, complained = otn("move", "--to", url)
    assert code == 2
    assert "has to be the address of a database of PostgreSQL" in complained
    assert not (tmp_path / "elsewhere.db").exists()


def test_from_postgresql_nothing_moves(otn, to):
    code, _, complained = otn("move", "--to", to, "--database", to)
    assert code == 2
    assert "Only a database in a file can be moved" in complained


def test_a_newer_target_is_refused(otn, to):
    database = Database.open(to)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    code, _, complained = otn("move", "--to", to)
    assert code == 2
    assert "made by a newer OTN Studio" in complained


def test_a_server_that_is_not_there_is_told_in_one_sentence(otn):
    code, _, complained = otn("move", "--to", "postgresql://ann:hunter2@127.0.0.1:1/shop")
    assert code == 2
    assert complained.count("\n") == 1
    assert "hunter2" not in complained
