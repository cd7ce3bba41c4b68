"""The figures are those that anybody would count by hand, however often they are brought up to date."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.keeping import insights as counting
from otn_studio.runtime.keeping.housekeeping import Housekeeping
from otn_studio.storage.insights import of_messages
from otn_studio.storage.insights.of_messages import Chosen
from otn_studio.storage.insights.progress import Figures
from otn_studio.storage.keeping import trimming
from otn_studio.storage.people import erasing
from otn_studio.storage.tables import counted, event, figure, passage, reach
from tests.builders import START, a_flow, ask
from tests.runtime.far_end import PAGE, Shop
from tests.runtime.keeping.insights.history import (
    DAY,
    HOUR,
    MANY,
    MINUTE,
    SECOND,
    World,
    assert_flow_same,
    assert_same,
    steps,
)

LATER = SendMessage(elements=(Text(id="text", text="Back!"),), by_topic="shoes")
ASKING = a_flow(
    {"start": START, "ask": ask(), "later": LATER}, "start > ask", "ask.card.opted_in > later"
)
pauses = st.sampled_from((timedelta(), 2 * SECOND, MINUTE, HOUR, 7 * HOUR))
histories = st.lists(st.tuples(pauses, steps), min_size=20, max_size=60)


@given(history=histories)
@MANY
def test_figures_are_those_that_one_counts_by_hand(database, monkeypatch, history):
    monkeypatch.setattr(counting, "EVENTS_AT_ONCE", 3)
    world = World(database)
    for passes, (verb, *how) in history:
        world.now += passes
        getattr(world, verb)(*how)
    world.write_down_sent()
    world.count()
    own, asked = list(world.by_hand()), list(world.request_figures())
    assert_same(world, own, asked)
    assert_flow_same(world, [*own, *asked])


def test_what_came_after_a_person_was_forgotten_is_counted_too(database):
    world = World(database)
    world.send(0, "", "shop", "hello", None, "sent", False)
    world.write_down_sent()
    world.now += HOUR
    world.act(0, "message", MINUTE)
    world.count()
    with database.writing() as connection:
        assert erasing.forget(connection, world.page, "Ann")
    world.send(1, "", "shop", "hello", None, "sent", False)
    world.write_down_sent()
    world.count()
    with database.reading() as connection:
        assert connection.scalars(select(reach.c.contact_id)).all() == [world.people[1]]
        found = of_messages.of_blocks(connection, world.page, "shop", 0)
    assert found["hello"] == Figures(sent=2, delivered=1, read=1, answered=1)


def test_old_events_go_and_the_figures_stay(database):
    world = World(database)
    world.send(0, "news", "shop", "hello", None, "sent", False)
    world.write_down_sent()
    world.now += MINUTE
    world.mark(0, "read", timedelta())
    world.count()
    list(trimming.trim(database, world.now + DAY))
    world.now += 500 * DAY
    world.act(0, "message", timedelta())
    world.count()
    with database.reading() as connection:
        found = of_messages.by_topic(connection, Chosen(world.page, 0, 10**5))
    assert found == {"news": Figures(sent=1, delivered=1, read=1)}


def test_looking_at_everything_again_changes_nothing(database):
    world = World(database)
    world.send(0, "news", "shop", "hello", "sales", "sent", False)
    world.write_down_sent()
    world.now += MINUTE
    world.say_yes(0, "hello", "sales", timedelta())
    world.count()
    with database.writing() as connection:
        before = connection.execute(select(figure)).all()
        connection.execute(update(counted).values(event_id=0))
    world.count()
    with database.reading() as connection:
        assert connection.execute(select(figure)).all() == before
        assert connection.scalar(select(figure.c.opted_in).where(figure.c.topic_id == "sales")) == 1


def test_the_engine_leaves_behind_what_figures_are_made_of(tmp_path):
    """A person comes through a flow, is asked, reads, says yes, and gets the message."""
    shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}", Engine)
    try:
        shop.publish(ASKING)
        shop.write("hello")
        shop.arrives("read", {"read": {"watermark": shop.clock.now().timestamp() * 1000}})
        shop.advance(minutes=3)
        shop.opts_in("token")
        list(counting.bring_up_to_date(shop.database, PAGE))
        with shop.database.reading() as connection:
            blocks = of_messages.of_blocks(connection, PAGE, "shop", 0)
            ways = of_messages.of_ways(connection, PAGE, "shop", 0)
            everything = of_messages.by_topic(connection, Chosen(PAGE, 0, 10**6))
            left = connection.scalars(select(passage.c.id)).all()
    finally:
        shop.close()
    read = Figures(sent=1, delivered=1, read=1, answered=1)
    assert blocks["ask"] == replace(read, asked=1, opted_in=1)
    assert everything == {"shoes": Figures(asked=1, opted_in=1, sent=1)}
    assert ways["start", ""] == ways["start", "next"] == ways["ask", ""] == 1
    assert ways["ask", "card.opted_in"] == ways["later", ""] == 1
    assert not left


def test_the_daily_work_counts_what_events_say_before_they_go(database):
    world = World(database)
    world.send(0, "news", "shop", "hello", None, "sent", False)
    world.write_down_sent()
    world.now += MINUTE
    world.mark(0, "read", timedelta())
    work = Housekeeping(database, keep_events=DAY, pause_seconds=0)
    assert work.look(world.now + 3 * DAY)
    work.turn()
    with database.reading() as connection:
        assert not connection.scalars(select(event.c.id).where(event.c.page_id == world.page)).all()
        found = of_messages.by_topic(connection, Chosen(world.page, 0, 10**5))
    assert found == {"news": Figures(sent=1, delivered=1, read=1)}
