"""What came is read after Messenger got its answer, whatever happens in between."""

import pytest
from sqlalchemy import select

from otn_studio.runtime.receiving import unpacking
from otn_studio.storage.engine import webhooks
from otn_studio.storage.tables import contact, event
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.conftest import ONE_MACHINE
from tests.runtime.far_end import PAGE, Shop, webhook

HOSTS = (ONE_MACHINE,)
"""Several machines read what came before they answer."""
GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")


def hi(shop: Shop, person: str, text: str = "hi") -> bytes:
    return webhook("message", {"message": {"text": text}}, person, shop.clock.now(), person)


def died_before_reading(shop: Shop, *bodies: bytes) -> None:
    """What a process leaves that ends between its answer and the reading."""
    shop.engine.stop()
    with shop.database.writing() as connection:
        webhooks.keep(connection, PAGE, bodies, shop.clock.now())


def people(shop: Shop) -> set[str]:
    with shop.database.reading() as connection:
        return set(connection.scalars(select(contact.c.person_id)))


def test_what_was_answered_is_read_by_the_next_process(shop):
    shop.publish(GREETING)
    died_before_reading(shop, hi(shop, "ann"), hi(shop, "ben"))
    shop.start()
    shop.settle()
    assert shop.far_end.texts() == ["Hello", "Hello"]


def test_what_came_again_meanwhile_is_read_once(shop):
    shop.publish(GREETING)
    died_before_reading(shop, hi(shop, "ann"))
    shop.start()
    shop.engine.take([hi(shop, "ann")]).result(10)
    shop.settle()
    assert shop.far_end.texts() == ["Hello"]


@pytest.fixture
def breaks(monkeypatch):
    """A mistake of ours: what holds the word can't be read."""

    def unpack(body, now):
        if b"breaks us" in body:
            raise ValueError("a mistake of ours")
        return as_it_is(body, now)

    as_it_is = unpacking.unpack
    monkeypatch.setattr(unpacking, "unpack", unpack)
    return lambda: monkeypatch.setattr(unpacking, "unpack", as_it_is)


def test_what_breaks_us_is_set_aside_alone_and_read_by_a_program_that_can(shop, breaks, caplog):
    shop.publish(GREETING)
    came = [hi(shop, "ann"), hi(shop, "ben", "breaks us"), hi(shop, "cleo")]
    shop.engine.take(came).result(10)
    shop.settle()
    assert shop.far_end.texts() == ["Hello", "Hello"]
    assert people(shop) == {"ann", "cleo"}
    assert shop.engine.health()["webhooks_set_aside"] == 1
    assert "a webhook can't be read" in caplog.text
    breaks()
    shop.engine.stop()
    shop.start()
    shop.settle()
    assert people(shop) == {"ann", "ben", "cleo"}
    assert shop.engine.health()["webhooks_set_aside"] == 0


def test_all_is_taken_out_of_a_database_with_which_no_engine_works(shop):
    died_before_reading(shop, *(hi(shop, f"p{number}") for number in range(450)))
    unpacking.take_out_all(shop.database, shop.page)
    with shop.database.reading() as connection:
        assert webhooks.oldest(connection, PAGE) == []
        unread = connection.scalars(select(event.c.id).where(event.c.done_at.is_(None))).all()
    assert len(unread) == 450
    shop.start()
