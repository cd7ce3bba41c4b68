"""New people are known by name soon after they first write, without anybody waiting for that."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.runtime.page import Page
from otn_studio.runtime.people.introducing import Introductions
from otn_studio.storage import pages
from otn_studio.storage.database import Database, Writer
from otn_studio.storage.engine import inbox, lanes
from otn_studio.storage.tables import contact
from tests.builders import START, a_flow, say
from tests.runtime.far_end import PAGE, FarEnd, HandClock

HELLO = "Hello {{ contact.first_name | default: 'you' }}!"
ANN = {"first_name": "Ann", "last_name": "Lee", "locale": "de_DE", "timezone": 9, "id": "ann"}


@pytest.fixture
def talking(shop):
    shop.publish(a_flow({"start": START, "say": say(HELLO)}, "start > say"))
    return shop


def fields(shop, person: str = "ann") -> dict[str, Any]:
    with shop.database.reading() as connection:
        return connection.scalar(select(contact.c.fields).where(contact.c.person_id == person))


def is_asked(shop, times: int = 1) -> None:
    """Let a moment pass, and wait until it was asked that often in all, and written down."""
    shop.advance(seconds=2)
    shop.wait_until(lambda: len(shop.far_end.asked_about) >= times)
    shop.advance(seconds=0)


def test_somebody_new_is_greeted_at_once_and_by_name_the_next_time(talking):
    talking.far_end.people["ann"] = ANN
    talking.write("hello")
    is_asked(talking)
    talking.wait_until(lambda: "first_name" in fields(talking))
    talking.write("hello")
    assert talking.far_end.texts()[-1] == "Hello Ann!"
    assert fields(talking) == {
        "first_name": "Ann",
        "last_name": "Lee",
        "locale": "de_DE",
        "time_zone": "Etc/GMT-9",
    }


def test_messenger_is_asked_once(talking):
    talking.far_end.people |= {"ann": ANN, "ben": {"first_name": "Ben"}}
    talking.write("hello")
    talking.write("hello", "ben")
    is_asked(talking, 2)
    talking.wait_until(lambda: "first_name" in fields(talking, "ben"))
    talking.advance(days=30)
    talking.write("hello")
    is_asked(talking, 2)
    assert sorted(talking.far_end.asked_about) == ["ann", "ben"]


def test_what_is_known_already_stays(shop):
    blocks = {"start": START, "set": SetField(field="first_name", value="Annie"), "say": say(HELLO)}
    shop.publish(a_flow(blocks, "start > set", "set > say"))
    shop.far_end.people["ann"] = ANN | {"timezone": None}
    shop.write("hello")
    is_asked(shop)
    shop.wait_until(lambda: "last_name" in fields(shop))
    assert fields(shop) == {"first_name": "Annie", "last_name": "Lee", "locale": "de_DE"}


@pytest.fixture
def alone(tmp_path):
    """Ann is new to the Page; nothing but the introductions is at work."""
    clock, far_end = HandClock(), FarEnd()
    database = Database.open(f"sqlite:///{tmp_path / 'shop.db'}")
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        inbox.contacts_of(connection, PAGE, ["ann"], clock.now())
    writer = database.writer()
    yield Alone(Introductions(database, Page(PAGE), far_end, clock), clock, far_end, writer)
    writer.close()
    database.close()


@dataclass
class Alone:
    introductions: Introductions
    clock: HandClock
    far_end: FarEnd
    writer: Writer

    def live(self, hours: int) -> None:
        for _ in range(hours):
            self.clock.advance(hours=1)
            if self.introductions.is_due(self.clock.now()):
                self.introductions.ask()
                self.introductions.write_down(self.writer)


def test_whoever_tells_nothing_is_asked_about_later_and_later_and_then_no_more(alone):
    alone.live(hours=24)
    assert len(alone.far_end.asked_about) == 5
    alone.live(hours=24 * 12)
    assert len(alone.far_end.asked_about) == 9
    alone.live(hours=24 * 30)
    assert len(alone.far_end.asked_about) == 9


def test_after_a_failed_call_nobody_is_asked_about_for_a_while(alone):
    alone.clock.advance(seconds=1)
    assert alone.introductions.is_due(alone.clock.now())
    assert not alone.introductions.is_due(alone.clock.now())
    alone.introductions.ask()
    alone.introductions.write_down(alone.writer)
    with alone.writer.writing() as connection:
        inbox.contacts_of(connection, PAGE, ["ben"], alone.clock.now())
    assert not alone.introductions.is_due(alone.clock.now())
    alone.clock.advance(seconds=11)
    assert alone.introductions.is_due(alone.clock.now())


def test_what_is_heard_is_written_once_all_have_been_asked_about(alone, monkeypatch):
    alone.far_end.people |= {"ann": ANN, "ben": {"first_name": "Ben"}}
    with alone.writer.writing() as connection:
        inbox.contacts_of(connection, PAGE, ["ben"], alone.clock.now())
    person, written = alone.far_end.person, []

    def write_down() -> None:
        alone.introductions.write_down(alone.writer)
        with alone.writer.writing() as connection:
            written.append(lanes.count_woken(connection, PAGE))

    def person_meanwhile(person_id: str) -> dict[str, Any]:
        write_down()
        return person(person_id)

    monkeypatch.setattr(alone.far_end, "person", person_meanwhile)
    alone.clock.advance(seconds=1)
    assert alone.introductions.is_due(alone.clock.now())
    alone.introductions.ask()
    write_down()
    assert written == [0, 0, 2]


def test_an_answer_that_breaks_us_does_not_end_the_asking(alone, monkeypatch):
    def breaks(person_id: str) -> dict[str, Any]:
        raise RuntimeError

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(alone.far_end, "person", breaks)
        alone.clock.advance(seconds=1)
        assert alone.introductions.is_due(alone.clock.now())
        with pytest.raises(RuntimeError):
            alone.introductions.ask()
    alone.clock.advance(seconds=2)
    assert alone.introductions.is_due(alone.clock.now())
