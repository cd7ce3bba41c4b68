"""What breaks one person's lane holds up nobody else, and is put aside after a few tries."""

from sqlalchemy import select, update

from otn_studio.storage.engine import poison
from otn_studio.storage.tables import contact, event, lane
from tests.interpreter.flows import flow, keyword, says

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")


def _set_conversation(shop, person, conversation):
    with shop.database.writing() as connection:
        id = select(contact.c.id).where(contact.c.person_id == person).scalar_subquery()
        changed = update(lane).where(lane.c.contact_id == id)
        connection.execute(changed.values(conversation=conversation))


def _rest_and_try_again(shop):
    for rest in poison.RESTS:
        assert shop.far_end.texts() == []
        shop.advance(seconds=rest.total_seconds())


def _parked(shop):
    with shop.database.reading() as connection:
        query = select(event.c.tries, event.c.problem, event.c.kind)
        return connection.execute(query.where(event.c.problem.is_not(None))).all()


def test_an_event_that_breaks_us_is_tried_a_few_times_then_parked_and_the_next_goes_on(shop):
    shop.publish(GREETING)
    shop.announced({"nothing": "in it"})
    shop.write("hi")
    _rest_and_try_again(shop)
    assert shop.far_end.texts() == ["Hello"]
    ((tries, problem, kind),) = _parked(shop)
    assert (tries, kind) == (poison.TRIES, "announced")
    assert "KeyError" in problem


def test_a_lane_that_breaks_is_left_behind_and_the_others_go_on(shop):
    shop.publish(GREETING)
    for person in ("ann", "ben"):
        shop.write("first", person)
    _set_conversation(shop, "ben", "not a conversation")
    for person in ("ben", "ann"):
        shop.write("hi", person, settle=False)
    shop.wait_until(lambda: "Hello" in shop.far_end.texts())
    shop.settle()
    _rest_and_try_again(shop)
    ((tries, problem, kind),) = _parked(shop)
    assert (tries, kind) == (poison.TRIES, "message")
    assert "ValueError" in problem


def test_what_works_after_a_rest_is_read_and_has_no_problem(shop):
    shop.publish(GREETING)
    shop.write("first")
    _set_conversation(shop, "ann", "not a conversation")
    shop.write("hi")
    _set_conversation(shop, "ann", "{}")
    shop.advance(seconds=poison.RESTS[0].total_seconds())
    assert shop.far_end.texts() == ["Hello"]
    assert _parked(shop) == []


def test_a_clock_that_is_set_back_lets_no_lane_rest_for_long(shop):
    shop.publish(GREETING)
    shop.write("first")
    _set_conversation(shop, "ann", "not a conversation")
    shop.write("hi")
    _set_conversation(shop, "ann", "{}")
    shop.advance(days=-1)
    shop.wait_until(lambda: shop.far_end.texts() == ["Hello"])
