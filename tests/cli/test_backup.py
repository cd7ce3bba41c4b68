import sqlite3
from contextlib import closing

import pytest


def test_a_backup_is_made_in_a_file_of_ones_choice(otn, tmp_path):
    otn("topics", "add", "News")
    code, said, _ = otn("backup", tmp_path / "mine.db")
    assert (code, said) == (0, f"The backup is in {tmp_path / 'mine.db'}.\n")
    with closing(sqlite3.connect(tmp_path / "mine.db")) as connection:
        assert connection.execute("SELECT name FROM topic").fetchall() == [("News",)]


def test_no_file_is_overwritten(otn, tmp_path):
    (tmp_path / "mine.db").write_text("my thesis")
    code, _, complained = otn("backup", tmp_path / "mine.db")
    assert code == 2
    assert "is there already" in complained
    assert (tmp_path / "mine.db").read_text() == "my thesis"


def test_a_folder_that_is_not_there_is_told(otn, tmp_path):
    code, _, complained = otn("backup", tmp_path / "nowhere" / "mine.db")
    assert code == 2
    assert complained.count("\n") == 1


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_a_server_s_database_is_left_to_the_server(otn, tmp_path, verb):
    code, _, complained = otn(verb, tmp_path / "mine.db", "--database", "postgresql://here/db")
    assert code == 2
    assert complained == (
        "A database of PostgreSQL is backed up and restored by its own pg_dump.\n"
    )
