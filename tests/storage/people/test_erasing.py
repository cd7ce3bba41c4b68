from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select

from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Incoming
from otn_studio.storage.keeping import files
from otn_studio.storage.people import contacts, erasing
from otn_studio.storage.tables import (
    contact,
    contact_word,
    event,
    lane,
    metadata,
    permission,
    send,
    timer,
)
from tests.storage.conftest import PAGE

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANN, BOB = "7000000000000001", "7000000000000002"
SECRET = "where-ann-lives-"


def comes_from(database, person: str, key: str, acts: bool = True) -> None:
    body = {"sender": {"id": person}, "text": SECRET * 400}
    incoming = Incoming("message", person, NOW, key, body, acts, to_read=acts)
    with database.writing() as connection:
        inbox.store(connection, PAGE, [incoming], NOW)


def add_everything(database, person: str) -> None:
    with database.writing() as connection:
        id = connection.scalar(select(contact.c.id).where(contact.c.person_id == person))
        shared = {"page_id": PAGE, "contact_id": id}
        permission_id = connection.execute(
            insert(permission).values(
                **shared, topic_id="t", token=SECRET + person, opted_in_at=NOW
            )
        ).inserted_primary_key[0]
        connection.execute(insert(timer).values(**shared, ticket=1, due_at=NOW))
        connection.execute(
            insert(send).values(
                **shared,
                permission_id=permission_id,
                last=True,
                message={"text": SECRET},
                created_at=NOW,
                state="due",
            )
        )
        contacts.know(connection, PAGE, id, {"street": SECRET + person}, ["vip"])


@pytest.fixture
def people(database):
    for person in (ANN, BOB):
        comes_from(database, person, f"before {person}", acts=False)
        comes_from(database, person, f"first {person}")
        add_everything(database, person)
    return database


def counts(database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in (contact, contact_word, lane, event, permission, send, timer)
        }


def forget(database, person: str) -> bool:
    with database.writing() as connection:
        found = erasing.forget(connection, PAGE, person)
    erasing.empty_journal(database)
    return found


def test_all_of_one_person_goes_and_nothing_of_another(people):
    before = counts(people)
    assert forget(people, ANN)
    assert counts(people) == {name: number // 2 for name, number in before.items()}
    with people.reading() as connection:
        assert connection.scalars(select(contact.c.person_id)).all() == [BOB]


def test_nothing_of_them_is_in_any_table(people):
    forget(people, ANN)
    with people.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                assert ANN not in repr(row), table.name


def test_nobody_is_forgotten_who_is_not_there(people):
    before = counts(people)
    assert not forget(people, "1")
    assert counts(people) == before


def test_who_writes_again_is_somebody_new_with_a_number_of_their_own(people):
    with people.reading() as connection:
        old = connection.scalar(select(contact.c.id).where(contact.c.person_id == BOB))
    forget(people, BOB)
    comes_from(people, BOB, f"first {BOB}")
    with people.reading() as connection:
        new = connection.scalar(select(contact.c.id).where(contact.c.person_id == BOB))
    assert new > old


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nothing_stays_in_the_empty_parts_of_the_file(people):
    forget(people, BOB)
    forget(people, ANN)
    raw = b"".join(
        files.beside(people.file, ending).read_bytes() for ending in ("", "-wal", "-shm")
    )
    assert len(raw) > 100_000
    for trace in (SECRET, ANN, BOB):
        assert trace.encode() not in raw
