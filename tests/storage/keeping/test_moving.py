"""Moving from a file to a real PostgreSQL; what goes wrong on the way is done by its own triggers."""

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, text, update

from otn_studio.storage import pages
from otn_studio.storage.database import Database, DatabaseProblem
from otn_studio.storage.keeping import comparing, moving
from otn_studio.storage.pages import MOVED, RESTORED, Stop
from otn_studio.storage.tables import contact, engine_process, lease, metadata, page, topic
from tests.postgres import fresh_database
from tests.runtime.far_end import MONDAY
from tests.storage.keeping.rows import all_rows, is_unique, of_type

MANY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.generate],
)


@pytest.fixture
def source(tmp_path):
    yield from _open(f"sqlite:///{tmp_path / 'source.db'}")


@pytest.fixture
def target():
    yield from _open(fresh_database())


def _open(url):
    database = Database.open(url)
    yield database
    database.close()


def put(database: Database, rows: dict) -> None:
    """These rows, and nothing else."""
    with database.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        for table in metadata.sorted_tables:
            if rows.get(table):
                connection.execute(insert(table), rows[table])


def people(count: int) -> dict:
    ann = {"page_id": "1", "fields": {"size": 42, "colour": "blue"}, "tags": []}
    rows = [
        {**ann, "id": id, "person_id": f"person {id}", "first_seen_at": MONDAY}
        for id in range(1, count + 1)
    ]
    return {page: [{"id": "1"}], contact: rows}


def holds(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        counts = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count}


def stop_of(database: Database, page_id: str = "1") -> Stop | None:
    with database.reading() as connection:
        return pages.stop(connection, page_id)


def rows_of(connection, table) -> list[str]:
    """All rows, without the zero characters that PostgreSQL can't keep."""
    rows = connection.execute(select(table))
    return sorted(repr(tuple(row)).replace("\\x00", "") for row in rows)


@MANY
@given(rows=all_rows())
def test_every_row_of_every_table_arrives(source, target, rows):
    put(source, rows)
    put(target, {})
    moved = moving.move(source, target, again=True)
    assert {table.table: table.same for table in moved.tables} == {
        table.name: len(rows[table]) for table in moving.TABLES
    }
    with source.reading() as ours, target.reading() as theirs:
        for table in moving.TABLES:
            if table is not page:
                assert rows_of(theirs, table) == rows_of(ours, table)
        assert not theirs.scalars(select(engine_process.c.id)).all()
        assert not theirs.scalars(select(lease.c.page_id)).all()


CHANGEABLE = [
    (table, column)
    for table in moving.TABLES
    for column in table.columns
    if table is not page and not column.foreign_keys and not is_unique(column)
]


@MANY
@given(rows=all_rows().filter(lambda rows: rows[page]), data=st.data())
def test_a_value_that_arrived_otherwise_is_found(source, target, rows, data):
    put(source, rows)
    put(target, {})
    moving.move(source, target, again=True)
    table, column = data.draw(st.sampled_from(CHANGEABLE))
    row = data.draw(st.sampled_from(rows[table]))
    value = data.draw(of_type(column).filter(lambda value: is_other(value, row[column.name])))
    here = [key == as_moved(row[key.name]) for key in table.primary_key]
    with target.writing() as theirs, source.reading() as ours:
        theirs.execute(update(table).where(*here).values({column: value}))
        compared = comparing.compare(ours, theirs, table)
    assert (compared.same, compared.other) == (len(rows[table]) - 1, 1)
    assert compared.missing == compared.extra == 0


def as_moved(key):
    """Zeros in texts are left behind."""
    return key.replace("\0", "") if isinstance(key, str) else key


def is_other(value, before) -> bool:
    """Zeros in texts are left behind, and the order of a document's keys says nothing."""
    one, two = (json.dumps(each, sort_keys=True, default=repr) for each in (value, before))
    return "\\u0000" not in one and "\\x00" not in one and one != two.replace("\\u0000", "")


def test_how_a_document_is_written_does_not_matter(source, target):
    put(source, people(1))
    moving.move(source, target)
    with target.writing() as theirs, source.reading() as ours:
        written = theirs.scalar(text("SELECT fields::text FROM contact"))
        other = json.dumps(dict(reversed(json.loads(written).items())), indent=3)
        theirs.execute(text("UPDATE contact SET fields = cast(:other AS json)"), {"other": other})
        assert theirs.scalar(text("SELECT fields::text FROM contact")) != written
        assert comparing.compare(ours, theirs, contact).all_agree


@pytest.mark.parametrize(
    ("trigger", "found"),
    [
        ("NEW.person_id := 'Eve'; RETURN NEW;", "1 rows arrived otherwise than they left"),
        ("RETURN NULL;", "1 are missing"),
        (
            "INSERT INTO contact SELECT 0, '1', 'Eve', '{}', '[]', 0; RETURN NEW;",
            "and 1 too many",
        ),
    ],
)
def test_what_goes_wrong_on_the_way_leaves_both_as_they_were(source, target, trigger, found):
    put(source, people(20))
    with target.writing() as theirs:
        theirs.exec_driver_sql(
            "CREATE FUNCTION harm() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN IF NEW.id = 7 THEN {trigger} END IF; RETURN NEW; END $$"
        )
        theirs.exec_driver_sql(
            "CREATE TRIGGER harm BEFORE INSERT ON contact FOR EACH ROW EXECUTE FUNCTION harm()"
        )
    before = holds(source)
    with pytest.raises(DatabaseProblem, match=found):
        moving.move(source, target)
    assert holds(target) == {}
    assert holds(source) == before
    assert stop_of(source) is None


def test_it_can_be_stopped_at_every_step(source, target, monkeypatch):
    monkeypatch.setattr("otn_studio.storage.keeping.rows.AT_ONCE", 2)
    put(source, people(5))

    def steps_until(stop_at: int) -> int:
        done = []

        def on_step(share: float) -> None:
            done.append(share)
            if len(done) == stop_at:
                raise KeyboardInterrupt

        moving.move(source, target, on_step=on_step)
        assert done == sorted(done)
        assert done[-1] == 1
        return len(done)

    stopped = 0
    while True:
        try:
            steps = steps_until(stopped + 1)
            break
        except KeyboardInterrupt:
            stopped += 1
            assert holds(target) == {}
            assert stop_of(source) is None
    assert stopped == steps > 10
    assert holds(target) == holds(source)


def test_from_then_on_nothing_is_sent_from_the_file(source, target):
    put(source, people(1))
    with source.writing() as connection:
        pages.set_stop(connection, "1", Stop("token", "Session has expired"))
    moving.move(source, target)
    assert stop_of(source).kind == MOVED
    assert stop_of(target) == Stop("token", "Session has expired")


def test_what_was_moved_before_is_moved_again_only_on_demand_and_asks_first(source, target):
    put(source, people(1))
    with source.writing() as connection:
        pages.set_stop(connection, "1", Stop(MOVED))
    with pytest.raises(DatabaseProblem, match="was moved before"):
        moving.move(source, target)
    assert holds(target) == {}
    moving.move(source, target, again=True)
    assert stop_of(target).kind == RESTORED
    assert stop_of(source).kind == MOVED


def test_a_full_database_is_refused(source, target):
    put(source, people(1))
    put(target, {page: [{"id": "2"}]})
    with pytest.raises(DatabaseProblem, match="There is something in the database"):
        moving.move(source, target)
    assert holds(target) == {"page": 1}


def test_numbers_that_were_given_are_given_to_nobody_else(source, target):
    put(source, people(9))
    with source.writing() as connection:
        connection.execute(delete(contact).where(contact.c.id > 5))
    moving.move(source, target)
    with target.writing() as connection:
        row = people(1)[contact][0] | {"person_id": "Eve"}
        del row["id"]
        assert connection.execute(insert(contact), row).inserted_primary_key[0] == 10


def test_what_postgresql_cannot_keep_is_told_in_a_sentence(source, target):
    put(source, people(1))
    with source.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO event (page_id, kind, at, stored_at, body, tries)"
            " VALUES ('1', 'note', 0, 0, '{', 0)"
        )
    with pytest.raises(DatabaseProblem, match="The table event can’t be moved") as problem:
        moving.move(source, target)
    assert "\n" not in str(problem.value)
    assert holds(target) == {}


def test_zero_characters_are_left_out_and_counted(source, target):
    put(source, {page: [{"id": "1"}], topic: [_topic("sho\0es"), _topic("hats")]})
    assert moving.move(source, target).mended == 1
    with target.reading() as connection:
        names = connection.scalars(select(topic.c.name).order_by(topic.c.name)).all()
    assert names == ["hats", "shoes"]


def _topic(name: str) -> dict:
    return {"page_id": "1", "id": name[0], "name": name, "name_key": name[0], "created_at": MONDAY}
