from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.flow.document import Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.storage import pages
from otn_studio.storage.permissions import permissions, topics
from otn_studio.storage.permissions.topics import TopicProblem
from otn_studio.storage.tables import contact
from otn_studio.storage.upsert import insert_missing
from tests.storage.conftest import PAGE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def connection(database):
    with database.writing() as connection:
        yield connection


def give_permission(connection, topic: str, token: str, age: timedelta = timedelta(0)) -> None:
    values = {"id": 1, "page_id": PAGE, "person_id": "ann", "fields": {}, "tags": []}
    insert_missing(connection, contact, [{"first_seen_at": NOW, **values}])
    at = NOW - age
    permissions.keep(connection, PAGE, 1, topic, token, at, at + timedelta(days=365))


def names(connection) -> list[str]:
    return [row.name for row in topics.all_topics(connection, PAGE, NOW)]


def test_a_topic_is_found_by_its_name_in_any_case_and_by_its_id(connection):
    topics.add(connection, PAGE, "t1", "Blue  sneakers ", NOW)
    for wanted in ("t1", "blue sneakers", "BLUE SNEAKERS", " Blue sneakers"):
        assert topics.named(connection, PAGE, wanted, NOW).id == "t1"
    assert names(connection) == ["Blue sneakers"]


def test_an_id_goes_before_a_name(connection):
    topics.add(connection, PAGE, "red", "blue", NOW)
    topics.add(connection, PAGE, "blue", "green", NOW)
    assert topics.named(connection, PAGE, "blue", NOW).name == "green"


@pytest.mark.parametrize("name", ["Straße", "STRASSE", " strasse "])
def test_a_name_is_taken_whatever_its_case(connection, name):
    topics.add(connection, PAGE, "t1", "Strasse", NOW)
    with pytest.raises(TopicProblem, match="There is a topic “Strasse” already"):
        topics.add(connection, PAGE, "t2", name, NOW)


@pytest.mark.parametrize(("name", "sentence"), [(" ", "needs a name"), ("x" * 66, "at most 65")])
def test_a_name_that_cannot_be_is_refused(connection, name, sentence):
    with pytest.raises(TopicProblem, match=sentence):
        topics.add(connection, PAGE, "t1", name, NOW)


def test_a_new_name_orphans_no_permission(connection):
    topics.add(connection, PAGE, "t1", "Blue", NOW)
    give_permission(connection, "t1", "a")
    topics.rename(connection, PAGE, "t1", "blue")
    topics.rename(connection, PAGE, "t1", "Green")
    assert topics.named(connection, PAGE, "Green", NOW).held == 1


def test_permissions_are_counted_by_what_they_are_good_for(connection):
    topics.add(connection, PAGE, "t1", "Blue", NOW)
    for token in ("a", "b", "c"):
        give_permission(connection, "t1", token)
    give_permission(connection, "t1", "old", age=timedelta(days=366))
    row = permissions.of_contact(connection, 1, "t1")[0]
    assert permissions.set_aside(connection, row)
    topic = topics.named(connection, PAGE, "Blue", NOW)
    assert (topic.held, topic.used, topic.expired) == (2, 1, 1)


def test_a_permission_is_set_aside_once(connection):
    topics.add(connection, PAGE, "t1", "Blue", NOW)
    give_permission(connection, "t1", "a")
    (row,) = permissions.of_contact(connection, 1, "t1")
    assert permissions.set_aside(connection, row)
    assert not permissions.set_aside(connection, row)
    permissions.give_back(connection, [row])
    assert permissions.set_aside(connection, row)


def test_a_deleted_topic_comes_back_with_its_permissions(connection):
    topics.add(connection, PAGE, "t1", "Blue", NOW)
    give_permission(connection, "t1", "a")
    topics.delete(connection, PAGE, "t1", NOW)
    assert names(connection) == []
    with pytest.raises(TopicProblem, match="There is no topic “Blue”"):
        topics.named(connection, PAGE, "Blue", NOW)
    topics.restore(connection, PAGE, "t1")
    assert topics.named(connection, PAGE, "Blue", NOW).held == 1


def test_the_name_of_a_deleted_topic_is_free_and_then_not_to_be_had_back(connection):
    topics.add(connection, PAGE, "t1", "Blue", NOW)
    topics.delete(connection, PAGE, "t1", NOW)
    topics.add(connection, PAGE, "t2", "blue", NOW)
    with pytest.raises(TopicProblem, match="already"):
        topics.restore(connection, PAGE, "t1")


def test_a_flow_brings_its_topics_along_and_known_ones_keep_their_name(connection):
    topics.add(connection, PAGE, "t1", "Our name", NOW)
    brought = {"t1": Topic("Their name", Frequency.DAILY), "t2": Topic("New")}
    topics.bring_along(connection, PAGE, brought, NOW)
    assert names(connection) == ["New", "Our name"]


def test_a_flow_does_not_bring_a_second_topic_of_a_name(connection):
    topics.add(connection, PAGE, "t1", "Blue", NOW)
    with pytest.raises(TopicProblem, match="There is a topic “Blue” already"):
        topics.bring_along(connection, PAGE, {"t2": Topic("BLUE")}, NOW)


def test_topics_of_another_page_are_not_seen(connection):
    pages.ensure(connection, "2")
    topics.add(connection, "2", "t1", "Blue", NOW)
    topics.add(connection, PAGE, "t1", "Blue", NOW)
    assert len(names(connection)) == 1


def test_the_first_end_is_that_of_a_permission_that_can_still_be_used(connection):
    topics.add(connection, PAGE, "t1", "Blue", NOW)
    assert topics.named(connection, PAGE, "Blue", NOW).ends_soonest is None
    give_permission(connection, "t1", "gone", age=timedelta(days=366))
    give_permission(connection, "t1", "young")
    give_permission(connection, "t1", "older", age=timedelta(days=100))
    assert topics.named(connection, PAGE, "Blue", NOW).ends_soonest == NOW + timedelta(days=265)
