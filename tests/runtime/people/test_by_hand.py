"""What people of the Page do by hand with a contact."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from otn_studio.blocks.words import Problem
from otn_studio.flow.audience import Audience
from otn_studio.policy.calendar import Frequency
from otn_studio.runtime.people import by_hand
from otn_studio.storage.people import audiences, contacts
from otn_studio.storage.permissions import permissions
from otn_studio.storage.tables import contact, permission
from tests.interpreter.flows import ASKING, TOPIC, flow, keyword, says
from tests.runtime.far_end import PAGE

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")


@pytest.fixture
def shop(shop):
    shop.publish(GREETING)
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]
    return shop


def ann(shop) -> contacts.ContactRow:
    with shop.database.reading() as connection:
        id = connection.scalar(select(contact.c.id).where(contact.c.person_id == "ann"))
        return contacts.by_ids(connection, PAGE, [id])[id]


def write(shop, text: str) -> None:
    by_hand.write(shop.database, shop.page, ann(shop).id, text, shop.clock.now())
    shop.settle()


def is_agent(shop) -> None:
    """The Page's people may answer for 7 days."""
    shop.engine.stop()
    shop.page = replace(shop.page, human_agent=True)
    shop.start()
    shop.wait_until(lambda: "greeting" in shop.engine.health()["flows"])


def test_within_the_window_it_goes_as_an_answer_and_the_bot_keeps_quiet(shop):
    shop.advance(hours=23)
    write(shop, "Bea here")
    assert shop.far_end.calls[0]["messaging_type"] == "RESPONSE"
    assert shop.far_end.texts() == ["Bea here"]
    assert any("keeps quiet until" in note for note in shop.notes())
    shop.write("hi")
    assert shop.far_end.texts() == []
    shop.advance(hours=1)
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]


def test_its_own_echo_changes_nothing(shop):
    write(shop, "Bea here")
    metadata = shop.far_end.calls[0]["message"]["metadata"]
    notes = shop.notes()
    shop.arrives("echo", {"message": {"mid": "e", "is_echo": True, "metadata": metadata}})
    assert shop.notes() == notes


def test_after_the_window_only_a_human_agent_may_write(shop):
    shop.advance(hours=24)
    with pytest.raises(Problem, match="too long ago"):
        write(shop, "Bea here")
    is_agent(shop)
    write(shop, "Bea here")
    call = shop.far_end.calls[0]
    assert (call["messaging_type"], call["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")
    assert shop.far_end.texts() == ["Bea here"]
    shop.advance(days=6)
    with pytest.raises(Problem, match="too long ago"):
        write(shop, "Still here")
    assert shop.far_end.texts() == []


def test_a_human_agent_answers_as_an_answer_while_the_window_is_open(shop):
    is_agent(shop)
    write(shop, "Bea here")
    assert "tag" not in shop.far_end.calls[0]


@pytest.mark.parametrize(
    ("text", "why"), [("  ", "Write the message"), ("x" * 2001, "Shorten it by 1")]
)
def test_what_messenger_would_not_take_is_refused_at_once(shop, text, why):
    with pytest.raises(Problem, match=why):
        write(shop, text)
    assert shop.far_end.texts() == []


def test_nobody_writes_to_who_is_gone(shop):
    with pytest.raises(Problem, match="not there any more"):
        by_hand.write(shop.database, shop.page, 999, "Hi", shop.clock.now())
    with shop.database.writing() as connection:
        contacts.set_unreachable(connection, ann(shop).id, shop.clock.now())
    with pytest.raises(Problem, match="can’t be reached"):
        write(shop, "Hi")


def test_fields_and_tags_change_with_a_note_and_are_found_by(shop):
    here, id, now = shop.database, ann(shop).id, shop.clock.now()
    by_hand.set_field(here, PAGE, id, "size", " 42 ", now)
    by_hand.set_field(here, PAGE, id, "city", "Rome", now)
    by_hand.set_field(here, PAGE, id, "city", "", now)
    by_hand.add_tag(here, PAGE, id, "vip ", now)
    by_hand.add_tag(here, PAGE, id, "vip", now)
    by_hand.add_tag(here, PAGE, id, "late", now)
    by_hand.remove_tag(here, PAGE, id, "late", now)
    by_hand.remove_tag(here, PAGE, id, "late", now)
    assert (ann(shop).fields, ann(shop).tags) == ({"size": "42"}, ["vip"])
    assert shop.notes()[-6:] == [
        "size was set to “42” by hand",
        "city was set to “Rome” by hand",
        "city was emptied by hand",
        "Tagged “vip” by hand",
        "Tagged “late” by hand",
        "The tag “late” was taken off by hand",
    ]
    with here.reading() as connection:
        for words, people in (("42", 1), ("rome", 0)):
            assert audiences.count(connection, PAGE, Audience(words=words), now) == people


@pytest.mark.parametrize("tag", ["  ", "x" * 66])
def test_a_tag_that_can_t_be_is_refused(shop, tag):
    with pytest.raises(Problem, match="1 to 65"):
        by_hand.add_tag(shop.database, PAGE, ann(shop).id, tag, shop.clock.now())


def test_a_field_holds_so_much(shop):
    with pytest.raises(Problem, match="1000"):
        by_hand.set_field(shop.database, PAGE, ann(shop).id, "a", "x" * 1001, shop.clock.now())


def permission_id(shop) -> int:
    with shop.database.reading() as connection:
        return connection.scalar(select(permission.c.id))


def remove(shop) -> dict:
    return by_hand.remove_permission(
        shop.database, PAGE, ann(shop).id, permission_id(shop), shop.clock.now()
    )


def may_send(shop) -> bool:
    with shop.database.reading() as connection:
        return bool(contacts.topics_held(connection, [ann(shop).id], shop.clock.now()))


def test_a_permission_is_removed_and_that_can_be_taken_back(shop):
    shop.publish(ASKING)
    shop.write("restock")
    shop.opts_in("t-1")
    assert may_send(shop)
    before = remove(shop)
    assert not may_send(shop)
    by_hand.restore_permission(
        shop.database, PAGE, ann(shop).id, permission_id(shop), before, shop.clock.now()
    )
    assert may_send(shop)
    assert shop.notes()[-2:] == [
        "A permission was removed by hand",
        "A permission that was removed by hand was given back",
    ]


def test_a_lasting_one_counts_as_stopped(shop):
    now = shop.clock.now()
    with shop.database.writing() as connection:
        id = ann(shop).id
        permissions.keep(
            connection, PAGE, id, TOPIC, "t", now, None, frequency=Frequency.WEEKLY.value
        )
    before = remove(shop)
    with shop.database.reading() as connection:
        (row,) = permissions.by_id(connection, [permission_id(shop)]).values()
    assert (row.stopped_at, row.expires_at) == (now, None)
    assert before == {"stopped_at": None, "expires_at": None}


def test_nobody_s_permission_is_removed_by_mistake(shop):
    with pytest.raises(Problem, match="permission is not there"):
        by_hand.remove_permission(shop.database, PAGE, ann(shop).id, 77, shop.clock.now())
