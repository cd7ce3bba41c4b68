"""Whom an audience means: rules, search and segments, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from otn_studio.blocks.words import Problem
from otn_studio.flow.audience import EVERYBODY, About, Audience, How, Rule
from otn_studio.storage.engine import inbox
from otn_studio.storage.people import audiences, contacts, searching, segments
from otn_studio.storage.tables import contact, page, permission
from tests.storage.conftest import PAGE

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def add(database):
    """Makes a person, who is called by their id."""

    def made(person, fields=None, tags=(), seen=NOW, acted=None, page_id=PAGE, **more):
        with database.writing() as connection:
            id = inbox.contacts_of(connection, page_id, [person], seen)[person]
            values = {"last_action_at": acted, **more}
            connection.execute(contact.update().where(contact.c.id == id).values(**values))
            contacts.know(connection, page_id, id, fields or {}, tags)
        return id

    return made


@pytest.fixture
def found(database):
    def who(*rules, words="", all=True, now=NOW):
        audience = Audience(rules, all, words)
        with database.reading() as connection:
            ids = [id for ids in audiences.ids(connection, PAGE, audience, now) for id in ids]
            people = contacts.by_ids(connection, PAGE, ids)
            assert audiences.count(connection, PAGE, audience, now) == len(ids)
        return [people[id].person_id for id in ids]

    return who


def permit(database, id, topic="news", **more) -> None:
    row = {"page_id": PAGE, "contact_id": id, "topic_id": topic, "opted_in_at": NOW - DAY}
    row |= {"next_allowed_at": NOW - DAY, "token": f"token-{id}-{topic}", "expires_at": NOW + DAY}
    with database.writing() as connection:
        connection.execute(insert(permission).values(**row | more))


def test_everybody_is_there_the_newest_first_and_nobody_of_another_page(add, found, database):
    with database.writing() as connection:
        connection.execute(insert(page).values(id="2"))
    for person in ("ann", "bob", "cid"):
        add(person)
    add("dan", page_id="2")
    assert found() == ["cid", "bob", "ann"]
    assert EVERYBODY.is_everybody


def test_many_people_come_page_by_page(add, found, database, monkeypatch):
    monkeypatch.setattr(audiences, "FIRST_PAGE", 2)
    monkeypatch.setattr(audiences, "PAGE", 3)
    for number in range(9):
        add(str(number))
    assert found() == list("876543210")
    with database.reading() as connection:
        pages = [len(ids) for ids in audiences.ids(connection, PAGE, EVERYBODY, NOW)]
    assert pages == [2, 3, 3, 1]


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("ann", ["bea", "ann"]),
        ("MÜL", ["ann"]),
        ("müller ann", ["ann"]),
        ("ann müller 43", []),
        ("42", ["ann"]),
        ("nn", []),
        ("bea", ["bea"]),
        ("strasse", ["bea"]),
        ("山田", ["cid"]),
        ("%", []),
        ("   ", ["cid", "bea", "ann"]),
    ],
)
def test_people_are_found_by_words_of_their_fields_and_by_their_id(add, found, words, people):
    add("ann", {"first_name": "Ann", "last_name": "Müller", "size": "42"})
    add("bea", {"first_name": "Anne", "street": "Lange Straße"})
    add("cid", {"last_name": "山田"})
    assert found(words=words) == people


def test_what_was_forgotten_of_somebody_finds_them_no_more(add, found, database):
    id = add("ann", {"city": "Rome"}, ["vip"])
    with database.writing() as connection:
        contacts.know(connection, PAGE, id, {"city": "Oslo"}, [])
    assert found(words="rome") == []
    assert found(Rule(About.TAG, How.YES, "vip")) == []
    assert found(words="oslo") == ["ann"]


FIELDS = [
    (How.IS, "42", ["ann"]),
    (How.IS_NOT, "42", ["eve", "dan", "cid", "bob"]),
    (How.MORE, "9", ["bob", "ann"]),
    (How.LESS, "42", ["cid", "bob"]),
    (How.MORE, "2026-01-01", ["dan", "bob", "ann"]),
    (How.YES, "", ["dan", "cid", "bob", "ann"]),
    (How.NO, "", ["eve"]),
]


@pytest.mark.parametrize(("how", "value", "people"), FIELDS)
def test_rules_about_a_field(add, found, how, value, people):
    for person, size in {"ann": "42", "bob": "41.5", "cid": "-1", "dan": "2026-11-22"}.items():
        add(person, {"size": size})
    add("eve")
    assert found(Rule(About.FIELD, how, "size", value)) == people


def test_rules_about_tags_are_exact(add, found):
    add("ann", tags=["vip", "größe"])
    add("bob", tags=["vip-2", "VIP"])
    assert found(Rule(About.TAG, How.YES, "vip")) == ["ann"]
    assert found(Rule(About.TAG, How.NO, "vip")) == ["bob"]
    assert found(Rule(About.TAG, How.YES, "größe")) == ["ann"]


def test_tags_in_use_are_listed(add, database):
    add("ann", {"size": "1"}, ["vip", "a"])
    add("bob", tags=["vip", "b b"])
    with database.reading() as connection:
        assert searching.tags(connection, PAGE, 9) == ["a", "b b", "vip"]
        assert searching.tags(connection, PAGE, 2) == ["a", "b b"]
        assert searching.tags(connection, "2", 9) == []


def test_who_holds_a_topic(add, found, database):
    ids = {name: add(name) for name in ("ann", "bob", "cid", "dan", "eve", "fay")}
    permit(database, ids["ann"])
    permit(database, ids["bob"], expires_at=NOW)
    permit(database, ids["cid"], stopped_at=NOW)
    permit(database, ids["dan"], next_allowed_at=None)
    permit(database, ids["eve"], next_allowed_at=None, frequency="weekly", expires_at=None)
    permit(database, ids["fay"], topic="other")
    assert found(Rule(About.TOPIC, How.YES, "news")) == ["eve", "ann"]
    assert found(Rule(About.TOPIC, How.NO, "news")) == ["fay", "dan", "cid", "bob"]
    with database.reading() as connection:
        held = contacts.topics_held(connection, list(ids.values()), NOW)
    assert held == {ids["ann"]: ["news"], ids["eve"]: ["news"], ids["fay"]: ["other"]}


def test_rules_about_time(add, found):
    add("ann", acted=NOW - timedelta(hours=23), seen=NOW - 3 * DAY)
    add("bob", acted=NOW - DAY, seen=NOW - DAY)
    add("cid", seen=NOW)
    assert found(Rule(About.WINDOW, How.YES)) == ["ann"]
    assert found(Rule(About.WINDOW, How.NO)) == ["cid", "bob"]
    assert found(Rule(About.ANSWERED, How.WITHIN, value="2")) == ["bob", "ann"]
    assert found(Rule(About.ANSWERED, How.BEFORE, value="1")) == ["cid", "bob"]
    assert found(Rule(About.SEEN, How.WITHIN, value="2")) == ["cid", "bob"]


def test_rules_about_language_and_reach(add, found):
    add("ann", {"locale": "de_DE"})
    add("bob", {"locale": "de"}, unreachable_at=NOW)
    add("cid", {"locale": "den_X"})
    add("dan")
    assert found(Rule(About.LANGUAGE, How.IS, value="de")) == ["bob", "ann"]
    assert found(Rule(About.LANGUAGE, How.IS_NOT, value="de")) == ["dan", "cid"]
    assert found(Rule(About.REACHABLE, How.NO)) == ["bob"]


def test_all_or_any_of_the_rules(add, found):
    add("ann", tags=["a"])
    add("bob", tags=["b"])
    add("cid", {"first_name": "Cid"}, tags=["a", "b"])
    both = Rule(About.TAG, How.YES, "a"), Rule(About.TAG, How.YES, "b")
    assert found(*both) == ["cid"]
    assert found(*both, all=False) == ["cid", "bob", "ann"]
    assert found(*both, all=False, words="cid") == ["cid"]


def test_a_segment_is_kept_and_finds_its_people(add, database):
    vips = Audience((Rule(About.TAG, How.YES, "vip"),), words="ann")
    add("bob", tags=["vip"])
    ann = add("ann", {"first_name": "Ann"}, ["vip"])
    with database.writing() as connection:
        id = segments.add(connection, PAGE, " Very  important ", vips, NOW)
        segments.add(connection, PAGE, "Everybody", EVERYBODY, NOW)
    with database.reading() as connection:
        rows = segments.all_segments(connection, PAGE)
        assert [(row.name, row.audience) for row in rows] == [
            ("Everybody", EVERYBODY),
            ("Very important", vips),
        ]
        ids = connection.scalars(segments.contact_ids(connection, PAGE, id, NOW)).all()
    assert ids == [ann]


def test_a_segment_of_the_same_name_takes_the_place_of_the_other(database):
    other = Audience(words="x")
    with database.writing() as connection:
        id = segments.add(connection, PAGE, "VIPs", EVERYBODY, NOW)
        assert segments.add(connection, PAGE, "vips", other, NOW) == id
        (row,) = segments.all_segments(connection, PAGE)
        assert (row.name, row.audience) == ("vips", other)
        segments.remove(connection, "2", id)
        assert segments.all_segments(connection, PAGE) == [row]
        segments.remove(connection, PAGE, id)
        assert segments.all_segments(connection, PAGE) == []
        with pytest.raises(Problem, match="not there any more"):
            segments.contact_ids(connection, PAGE, id, NOW)


@pytest.mark.parametrize(("name", "why"), [(" ", "needs a name"), ("x" * 66, "at most 65")])
def test_a_name_that_can_t_be_is_refused(database, name, why):
    with database.writing() as connection, pytest.raises(Problem, match=why):
        segments.add(connection, PAGE, name, EVERYBODY, NOW)
