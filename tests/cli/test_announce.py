from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from otn_studio.policy import one_time
from otn_studio.runtime.page import Page
from otn_studio.storage.database import Database
from otn_studio.storage.permissions import permissions
from otn_studio.storage.tables import contact, event, send
from tests.cli.conftest import SAMPLE
from tests.runtime import far_end

TOPIC = "blue-sneakers-5d21f0"


@pytest.fixture
def holders(otn, database):
    """The sample is published, and three people hold permissions, one of them two."""
    otn("publish", SAMPLE)
    store, now = Database.open(database), datetime.now(UTC)
    with store.writing() as connection:
        for id, tokens in ((1, ["a"]), (2, ["b", "c"]), (3, ["d"])):
            values = {"id": id, "page_id": "1", "person_id": str(id), "fields": {}, "tags": []}
            connection.execute(insert(contact).values(first_seen_at=now, **values))
            for token in tokens:
                expires_at = one_time.expires_at(now)
                permissions.keep(connection, "1", id, TOPIC, token, now, expires_at)
    yield store
    store.close()


def rows(store, table) -> list:
    """What there is once an engine has been there."""
    far_end.carry_out(store, Page("1"), datetime.now(UTC))
    with store.reading() as connection:
        return connection.execute(select(table)).all()


def test_a_text_goes_once_to_everyone_by_their_oldest_permission(otn, holders):
    code, said, _ = otn("announce", "blue sneakers", "--text", "They are back", "--yes")
    assert code == 0
    assert said.startswith("3 people hold a permission for “Blue sneakers”")
    assert said.endswith("It goes to 3 people.\n")
    sends = rows(holders, send)
    assert sorted(row.contact_id for row in sends) == [1, 2, 3]
    assert {row.message["text"] for row in sends} == {"They are back"}


def test_a_second_announcement_reaches_those_who_said_yes_twice(otn, holders):
    otn("announce", "blue sneakers", "--text", "1", "--yes")
    rows(holders, send)
    assert "It goes to 1 person." in otn("announce", "blue sneakers", "--text", "2", "--yes")[1]
    rows(holders, send)
    code, said, _ = otn("announce", "blue sneakers", "--text", "3", "--yes")
    assert code == 0
    assert said == (
        "Nobody holds a permission for “Blue sneakers”: 4 were given, and all have been used or"
        " have expired. Nothing was sent.\n"
    )
    assert len(rows(holders, send)) == 4


def test_a_flow_begins_for_everyone(otn, holders):
    code, said, _ = otn("announce", "Blue sneakers", "--flow", SAMPLE, "--yes")
    assert (code, said.splitlines()[-1]) == (0, "It goes to 3 people.")
    announced = [row for row in rows(holders, event) if row.kind == "announced"]
    assert [row.contact_id for row in announced] == [1, 2, 3]


def test_without_a_yes_nothing_is_sent(otn, holders, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda prompt: "n")
    assert otn("announce", "Blue sneakers", "--text", "x")[0] == 1
    assert rows(holders, send) == []


def test_nobody_asked_yet_is_said_so(otn):
    otn("topics", "add", "Red")
    code, said, _ = otn("announce", "red", "--text", "x", "--yes")
    assert code == 0
    assert "nobody has been asked yet, or nobody said yes" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Blue sneakers", "--text", " "], "The text is empty."),
        (["Blue sneakers", "--text", "x" * 2001], "Messenger takes 2000"),
        (["Purple", "--text", "x"], "There is no topic “Purple”."),
        (["Blue sneakers", "--text", "x", "--clock", "http://example.com"], "on this computer"),
        (["Blue sneakers", "--text", "x", "--clock", "http://127.0.0.1:9"], "does not answer"),
    ],
)
def test_what_cannot_be_announced_ends_with_2(otn, arguments, sentence):
    otn("publish", SAMPLE)
    code, _, complained = otn("announce", *arguments, "--yes")
    assert code == 2
    assert sentence in complained


def test_a_flow_has_to_be_published_first(otn):
    otn("topics", "add", "Blue sneakers")
    code, _, complained = otn("announce", "Blue sneakers", "--flow", SAMPLE, "--yes")
    assert code == 2
    assert complained.startswith("“Back in stock” is not published.")


def test_a_flow_has_to_start_with_the_topic(otn):
    otn("publish", SAMPLE)
    otn("topics", "add", "Red")
    code, _, complained = otn("announce", "Red", "--flow", SAMPLE, "--yes")
    assert code == 2
    assert "does not start with “You announce” for the topic “Red”" in complained
