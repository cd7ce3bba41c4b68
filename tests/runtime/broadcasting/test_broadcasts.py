"""Broadcasts from beginning to end: who gets one, when, and what the report says of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from otn_studio.blocks.words import Problem
from otn_studio.flow.audience import About, Audience, How, Rule
from otn_studio.messenger.graph import NotReached
from otn_studio.policy.profiles import CLASSIC
from otn_studio.runtime.broadcasting import broadcasts, reporting, telling
from otn_studio.runtime.broadcasting.broadcasts import Draft
from otn_studio.storage import pages
from otn_studio.storage.people import erasing, searching, segments
from otn_studio.storage.permissions import topics
from otn_studio.storage.tables import contact, recipient, send
from tests.interpreter.flows import ASKING, TOPIC
from tests.runtime.far_end import PAGE, Shop, lost, refused
from tests.runtime.permissions import recurring
from tests.runtime.permissions.recurring import NEWS

PEOPLE = ("ann", "bob", "cem", "dia", "eva")


@pytest.fixture
def waiting(shop) -> Shop:
    """Five people hold a permission for the one-time topic."""
    shop.publish(ASKING)
    for person in PEOPLE:
        shop.write("restock", person)
        shop.opts_in(f"t-{person}", person)
    shop.far_end.texts()
    shop.advance(days=3)
    return shop


def plan(shop: Shop, text: str = "It is back", topic: str = TOPIC, **more) -> int:
    number = broadcasts.plan(shop.database, PAGE, Draft(topic, text, **more), shop.clock.now())
    ring(shop)
    return number


def ring(shop: Shop) -> None:
    shop.ring()
    shop.settle()


def turn(shop: Shop, verb, number: int) -> None:
    verb(shop.database, PAGE, number, shop.clock.now())
    ring(shop)


def state(shop: Shop, number: int) -> str:
    return broadcasts.numbered(shop.database, PAGE, number).state


def report(shop: Shop, number: int) -> reporting.Report:
    """The report, whose sums agree."""
    found = reporting.report(shop.database, PAGE, number, shop.clock.now())
    reached = found.messages if found.people else 0
    assert found.people == found.waiting + found.later + sum(found.left_out.values()) + reached
    return found


def told(shop: Shop) -> list[str]:
    """The tokens of those who were written to since the last look, in order."""
    calls, shop.far_end.calls = shop.far_end.calls, []
    return sorted(token for call in calls for token in call["recipient"].values())


def outlook(shop: Shop, **draft) -> broadcasts.Outlook:
    made = Draft(**{"topic_id": NEWS, "text": "News!"} | draft)
    return broadcasts.outlook(shop.database, PAGE, made, shop.clock.now(), CLASSIC)


def test_everybody_gets_it_once_and_it_is_done(waiting):
    number = plan(waiting)
    assert told(waiting) == [f"t-{person}" for person in PEOPLE]
    waiting.advance(seconds=2)
    assert state(waiting, number) == "done"
    found = report(waiting, number)
    assert (found.people, found.sent, found.left_out) == (5, 5, {})
    waiting.advance(days=30)
    assert told(waiting) == []


def test_the_text_is_filled_in_for_each(waiting):
    with waiting.database.writing() as connection:
        named = contact.update().where(contact.c.person_id == "bob")
        connection.execute(named.values(fields={"first_name": "Bob"}))
        pages.set_fields(connection, PAGE, {"opens": "9:00"})
    plan(waiting, "Hi {{ contact.name | default: 'you' }}, we open at {{ page.opens }}")
    said = ["Hi Bob, we open at 9:00", *["Hi you, we open at 9:00"] * 4]
    assert sorted(waiting.far_end.texts()) == said


def test_one_that_is_planned_begins_at_its_time(waiting):
    number = plan(waiting, at=waiting.clock.now() + timedelta(hours=2))
    waiting.advance(minutes=119)
    assert (told(waiting), state(waiting, number)) == ([], "planned")
    waiting.advance(minutes=1)
    assert len(told(waiting)) == 5


def test_whoever_has_to_wait_gets_it_when_their_next_time_comes(shop):
    recurring.say_yes(shop)
    first = plan(shop, "One", NEWS)
    second = plan(shop, "Two", NEWS)
    assert shop.far_end.texts() == ["One"]
    found = report(shop, second)
    assert (found.people, found.later, state(shop, second)) == (1, 1, "sending")
    shop.advance(days=7)
    assert shop.far_end.texts() == ["Two"]
    shop.advance(seconds=2)
    assert (state(shop, first), state(shop, second)) == ("done", "done")
    assert report(shop, second).sent == 1


def test_whoever_stops_while_they_wait_is_left_out(shop):
    recurring.say_yes(shop)
    plan(shop, "One", NEWS)
    number = plan(shop, "Two", NEWS)
    recurring.stops(shop)
    shop.advance(days=8)
    assert shop.far_end.texts() == ["One"]
    assert report(shop, number).left_out == {"stopped": 1}
    assert state(shop, number) == "done"


def test_of_two_at_once_each_reaches_everybody_in_turn(shop):
    """The second one meets permissions that messages of the first have just now."""
    recurring.say_yes(shop)
    shop.engine.stop()
    for text in ("One", "Two"):
        broadcasts.plan(shop.database, PAGE, Draft(NEWS, text), shop.clock.now())
    shop.make_messages()
    shop.start()
    shop.settle()
    assert shop.far_end.texts() == ["One"]
    shop.advance(minutes=2)
    assert shop.far_end.texts() == []
    shop.advance(days=7)
    assert shop.far_end.texts() == ["Two"]


def test_a_pause_takes_back_what_has_not_gone_and_lets_others_use_the_permissions(
    waiting, monkeypatch
):
    monkeypatch.setattr(telling, "TOLD_AT_ONCE", 2)
    waiting.far_end.will_answer(*[NotReached("away")] * 2)
    number = plan(waiting)
    turn(waiting, broadcasts.pause, number)
    sent = told(waiting)
    found = report(waiting, number)
    assert found.waiting == 5 - found.sent
    assert state(waiting, number) == "paused"
    waiting.advance(hours=1)
    assert told(waiting) == []
    turn(waiting, broadcasts.resume, number)
    waiting.advance(minutes=10)
    assert report(waiting, number).sent == 5
    assert set(told(waiting)) | set(sent) == {f"t-{person}" for person in PEOPLE}


def test_one_that_is_paused_before_it_begins_waits_for_its_time_again(waiting):
    number = plan(waiting, at=waiting.clock.now() + timedelta(hours=2))
    turn(waiting, broadcasts.pause, number)
    turn(waiting, broadcasts.resume, number)
    assert state(waiting, number) == "planned"
    turn(waiting, broadcasts.pause, number)
    waiting.advance(hours=3)
    assert told(waiting) == []
    turn(waiting, broadcasts.resume, number)
    assert len(told(waiting)) == 5


def test_what_is_cancelled_goes_to_nobody_else(shop):
    recurring.say_yes(shop)
    plan(shop, "One", NEWS)
    number = plan(shop, "Two", NEWS)
    turn(shop, broadcasts.cancel, number)
    shop.advance(days=8)
    assert shop.far_end.texts() == ["One"]
    assert report(shop, number).left_out == {"cancelled": 1}
    assert state(shop, number) == "cancelled"
    for verb in (broadcasts.pause, broadcasts.resume, broadcasts.cancel):
        with pytest.raises(Problem, match="The broadcast was canceled"):
            verb(shop.database, PAGE, number, shop.clock.now())


def test_every_failure_has_its_reason(waiting):
    answers = [refused(551), refused(100), lost(), refused(10, 1893015)]
    waiting.far_end.will_answer(*answers)
    number = plan(waiting)
    found = report(waiting, number)
    assert found.failed == {"refused": 1, "stopped": 1, "unreachable": 1}
    assert (found.sent, found.unknown) == (1, 1)


def test_whoever_is_deleted_meanwhile_is_counted(shop):
    recurring.say_yes(shop)
    plan(shop, "One", NEWS)
    number = plan(shop, "Two", NEWS)
    with shop.database.writing() as connection:
        assert erasing.forget(connection, PAGE, "ann")
    assert report(shop, number).left_out == {"forgotten": 1}
    shop.advance(days=8)
    assert state(shop, number) == "done"


def test_a_segment_gets_it_and_nobody_else(waiting):
    with waiting.database.writing() as connection:
        named = contact.update().where(contact.c.person_id.in_(("bob", "eva")))
        connection.execute(named.values(fields={"first_name": "X"}))
        searching.learn_all(connection)
        audience = Audience(rules=(Rule(About.FIELD, How.YES, "first_name"),))
        segment = segments.add(connection, PAGE, "Named", audience, waiting.clock.now())
    found = outlook(waiting, topic_id=TOPIC, segment=segment)
    assert found.reach.now == 2
    number = plan(waiting, segment=segment)
    assert told(waiting) == ["t-bob", "t-eva"]
    assert broadcasts.numbered(waiting.database, PAGE, number).segment == "Named"


def test_a_flow_begins_for_everybody(waiting):
    draft = Draft(TOPIC, flow_id=ASKING.id)
    assert broadcasts.flows_for(waiting.database, PAGE, TOPIC) == {ASKING.id: ASKING.name}
    number = broadcasts.plan(waiting.database, PAGE, draft, waiting.clock.now())
    ring(waiting)
    assert len(told(waiting)) == 5
    found = report(waiting, number)
    assert (found.people, found.begun, found.sent) == (5, 5, 5)


def test_before_it_is_sent_it_is_known_whom_it_reaches(shop):
    recurring.say_yes(shop, "r-ann", "ann")
    for person in ("bob", "cem", "dia"):
        shop.write("birds", person)
        recurring.opts_in(shop, f"r-{person}", person)
    recurring.stops(shop, "r-bob", "bob")
    shop.advance(hours=1)
    found = outlook(shop)
    assert (found.reach.now, found.reach.waiting, found.reach.stopped) == (3, 0, 1)
    assert found.warning is None
    plan(shop, "News!", NEWS)
    found = outlook(shop)
    assert (found.reach.now, found.reach.waiting) == (0, 3)
    assert found.reach.until == shop.clock.now().replace(hour=0) + timedelta(days=7)
    later = outlook(shop, at=found.reach.until)
    assert (later.reach.now, later.warning) == (3, None)
    shop.advance(days=300)
    assert outlook(shop).reach == replace(found.reach, waiting=0, stopped=0, expired=4, until=None)


def test_two_in_one_week_on_a_weekly_topic_are_told_of_before(shop):
    recurring.say_yes(shop)
    monday = shop.clock.now()
    plan(shop, "Wednesday", NEWS, at=monday + timedelta(days=2))
    assert "goes out at 2026-11-25" in str(outlook(shop, at=monday + timedelta(days=4)).warning)
    assert "is planned for 2026-11-25" in str(outlook(shop, at=monday + timedelta(days=1)).warning)
    assert outlook(shop, at=monday + timedelta(days=7)).warning is None


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (Draft(TOPIC, " "), "The text is empty."),
        (Draft(TOPIC, "x" * 2001), "The text has 2001 characters"),
        (Draft(TOPIC, "{{ contact."), "The text can’t be filled in"),
        (Draft(TOPIC, "Hi {{ conact.name }}"), "The text asks for “conact”"),
        (Draft("nothing", "Hi"), "There is no topic “nothing”."),
        (Draft(TOPIC, flow_id="none"), "The flow is not published"),
    ],
)
def test_what_can_not_be_sent_is_refused(shop, draft, sentence):
    shop.publish(ASKING)
    with pytest.raises(Problem, match=sentence.replace(".", r"\.")):
        broadcasts.plan(shop.database, PAGE, draft, shop.clock.now())


def test_a_topic_that_is_deleted_is_left_alone_until_it_is_back(waiting):
    number = plan(waiting, at=waiting.clock.now() + timedelta(hours=1))
    with waiting.database.writing() as connection:
        topics.delete(connection, PAGE, TOPIC, waiting.clock.now())
    waiting.advance(hours=2)
    assert told(waiting) == []
    with pytest.raises(Problem, match="There is no topic"):
        plan(waiting)
    with waiting.database.writing() as connection:
        topics.restore(connection, PAGE, TOPIC)
    waiting.advance(minutes=1)
    assert len(told(waiting)) == 5
    assert report(waiting, number).sent == 5


def test_nothing_is_left_of_one_that_is_done(waiting):
    plan(waiting)
    waiting.advance(seconds=2)
    with waiting.database.reading() as connection:
        assert connection.scalars(select(recipient.c.contact_id)).all() == []
        assert len(connection.scalars(select(send.c.id)).all()) >= 5
