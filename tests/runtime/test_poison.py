"""What breaks one person's lane holds up nobody else, and is put aside after a few tries."""

from sqlalchemy import select, update

from otn_studio.storage import poison
from otn_studio.storage.tables import contact, event, lane
from tests.interpreter.flows import flow, keyword, says

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")


def _break(shop, person):
    with shop.database.writing() as connection:
        id = select(contact.c.id).where(contact.c.person_id == person).scalar_subquery()
        broken = update(lane).where(lane.c.contact_id == id)
        connection.execute(broken.values(conversation="not a conversation"))


def _parked(shop):
    with shop.database.reading() as connection:
        query = select(event.c.tries, event.c.problem, event.c.body)
        return connection.execute(query.where(event.c.problem.is_not(None))).all()


def test_a_lane_that_breaks_is_left_behind_and_the_others_go_on(shop):
    shop.publish(GREETING)
    for person in ("ann", "ben"):
        shop.write("first", person)
    _break(shop, "ben")
    for person in ("ben", "ann"):
        shop.write("hi", person, settle=False)
    shop.wait_until(lambda: "Hello" in shop.far_end.texts())
    shop.settle()
    ((tries, problem, body),) = _parked(shop)
    assert tries == poison.TRIES
    assert "JSONDecodeError" in problem
    assert body["message"]["text"] == "hi"
