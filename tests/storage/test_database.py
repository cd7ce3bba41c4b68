import sys
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, insert, select, text

from otn_studio.storage import database as database_module
from otn_studio.storage.database import Database, DatabaseProblem
from otn_studio.storage.tables import metadata, page
from tests.postgres import fresh_database


def test_the_migrations_make_the_tables_that_the_code_uses(database):
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_table_belongs_to_a_page():
    for table in metadata.sorted_tables:
        assert table.name == "page" or "page_id" in table.c, table.name


def test_a_database_is_opened_again_as_it_was(tmp_path):
    url = f"sqlite:///{tmp_path / 'again.db'}"
    first = Database.open(url)
    with first.writing() as connection:
        connection.execute(insert(page).values(id="7"))
    first.close()
    second = Database.open(url)
    with second.reading() as connection:
        assert connection.scalars(select(page.c.id)).all() == ["7"]
    second.close()


def test_an_error_rolls_back(database):
    def fail_half_way() -> None:
        with database.writing() as connection:
            connection.execute(insert(page).values(id="7"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(page)) == 1


def test_what_is_written_is_safe_from_a_power_cut(sqlite):
    with sqlite.reading() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_reader_does_not_wait_for_a_writer(database):
    with database.writing() as writer, database.reading() as reader:
        writer.execute(insert(page).values(id="7"))
        assert reader.scalar(select(func.count()).select_from(page)) == 1


def test_a_writer_sees_the_changes_of_others_and_takes_no_notice_of_its_own(sqlite):
    writer = sqlite.writer()
    before = writer.others()
    with writer.writing() as connection:
        connection.execute(insert(page).values(id="7"))
    assert writer.others() == before

    def write() -> None:
        with sqlite.writing() as connection:
            connection.execute(insert(page).values(id="8"))

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert writer.others() != before
    writer.close()


def test_a_newer_database_is_refused_in_one_sentence(tmp_path):
    url = f"sqlite:///{tmp_path / 'newer.db'}"
    database = Database.open(url)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(DatabaseProblem, match="made by a newer OTN Studio"):
        Database.open(url)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_server_that_can_not_keep_every_letter_is_refused_in_one_sentence(encoding):
    url = fresh_database(f"ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    with pytest.raises(DatabaseProblem, match=f"keeps text as {encoding}, .* ENCODING 'UTF8'"):
        Database.open(url)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_bytes(b"my notes" * 1000)
    with pytest.raises(DatabaseProblem, match="can’t be opened"):
        Database.open(f"sqlite:///{file}")
    assert file.read_bytes() == b"my notes" * 1000


@pytest.mark.parametrize("url", ["", "nonsense", "mysterysql://host/db", "sqlite:////proc/x/y.db"])
def test_an_address_of_no_database_is_refused_in_one_sentence(url):
    with pytest.raises(DatabaseProblem) as problem:
        Database.open(url)
    assert str(problem.value).count("\n") == 0


def test_a_password_is_not_shown():
    with pytest.raises(DatabaseProblem) as problem:
        Database.open("mysterysql://ann:hunter2@host/db")
    assert "hunter2" not in str(problem.value)


def test_a_writer_that_waits_too_long_is_told_in_a_sentence(tmp_path, monkeypatch):
    pragmas = [p for p in database_module.PRAGMAS if "busy_timeout" not in p]
    monkeypatch.setattr(database_module, "PRAGMAS", ["PRAGMA busy_timeout=50", *pragmas])
    database = Database.open(f"sqlite:///{tmp_path / 'busy.db'}")

    def write() -> None:
        with database.writing():
            pass

    with database.writing(), pytest.raises(DatabaseProblem, match="database is locked"):
        write()
    database.close()


def test_a_password_is_not_shown_where_the_address_is_none():
    with pytest.raises(DatabaseProblem) as problem:
        Database.open("postgresql:ann:hunter2@host/db")
    assert "hunter2" not in str(problem.value)


def test_without_its_packages_postgresql_is_refused_in_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseProblem, match=r"pip install 'otn-studio\[server\]'"):
        Database.open("postgresql://host/name")


def test_many_processes_may_open_a_new_database_at_the_same_time():
    url, opened = fresh_database(), []

    def open_it() -> None:
        opened.append(Database.open(url))

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for database in opened:
        database.close()
