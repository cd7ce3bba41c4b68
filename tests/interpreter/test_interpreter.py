from dataclasses import replace

import pytest

from otn_studio.blocks import event as events
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.me_link import MeLink
from otn_studio.blocks.turn import Contact
from otn_studio.interpreter.conversation import Conversation
from tests.interpreter.flows import ASKING, TOPIC, asks, flow, keyword, says
from tests.interpreter.talk import Talk


def offers(*titles: str) -> SendMessage:
    buttons = [Button(id=title.lower(), title=title) for title in titles]
    return SendMessage(elements=[Buttons(id="b", text="Which?", buttons=buttons)])


def test_a_keyword_starts_the_flow_whatever_its_case():
    talk = Talk(flow({"s": keyword("Hello"), "m": says("Hi")}, "s.next > m"))
    assert talk.write("hELLO ").texts() == ["Hi"]
    assert talk.write("something else").texts() == []


def test_next_goes_on_at_once_through_several_messages():
    talk = Talk(
        flow({"s": keyword("hi"), "a": says("1", "2"), "b": says("3")}, "s.next > a", "a.next > b")
    )
    assert talk.write("hi").texts() == ["1", "2", "3"]


def test_of_several_starts_the_most_particular_answers():
    blocks = {
        "k": keyword("hi"),
        "d": DefaultReply(),
        "l": MeLink(ref="poster"),
        "g": GetStarted(),
        "mk": says("keyword"),
        "md": says("default"),
        "ml": says("link"),
        "mg": says("get started"),
    }
    talk = Talk(flow(blocks, "k.next > mk", "d.next > md", "l.next > ml", "g.next > mg"))
    assert talk.write("hi").texts() == ["keyword"]
    assert talk.write("").texts() == ["default"]
    assert talk.happens(events.OpenedLink(talk.now, "poster")).texts() == ["link"]
    assert talk.happens(events.OpenedLink(talk.now, "other")).texts() == []
    assert talk.happens(events.PressedGetStarted(talk.now, "poster")).texts() == ["link"]
    assert talk.happens(events.PressedGetStarted(talk.now)).texts() == ["get started"]


def test_wait_goes_on_after_its_time_and_not_before():
    talk = Talk(
        flow(
            {"s": keyword("hi"), "w": Wait(for_="3 days"), "m": says("There")},
            "s.next > w",
            "w.next > m",
        )
    )
    assert talk.write("hi").wait(days=2, hours=23).texts() == []
    assert talk.wait(hours=1).texts() == ["There"]


def test_a_start_word_begins_the_run_anew_and_stops_its_waits():
    talk = Talk(
        flow(
            {"s": keyword("hi"), "w": Wait(for_="2 hours"), "m": says("There")},
            "s.next > w",
            "w.next > m",
        )
    )
    talk.write("hi").wait(hours=1).write("hi")
    assert talk.wait(hours=1).texts() == []
    assert talk.wait(hours=1).texts() == ["There"]


def test_a_start_word_leaves_the_runs_of_other_flows_alone():
    waits = flow(
        {"s": keyword("one"), "w": Wait(for_="1 hour"), "m": says("One")},
        "s.next > w",
        "w.next > m",
    )
    other = flow({"s": keyword("two"), "m": says("Two")}, "s.next > m", id="g")
    talk = Talk(waits, other).write("one").write("two")
    assert talk.texts() == ["Two"]
    assert talk.wait(hours=1).texts() == ["One"]


def test_buttons_stay_alive_after_the_run_has_ended():
    talk = Talk(
        flow(
            {"s": keyword("hi"), "o": offers("Red"), "m": says("Red it is")},
            "s.next > o",
            "o.b.red > m",
        )
    )
    talk.write("hi").wait(days=300)
    talk.received.clear()
    assert talk.tap("Red").texts() == ["Red it is"]
    assert talk.tap("Red").texts() == ["Red it is"]


def test_opting_in_starts_a_thread_of_its_own_beside_the_run():
    blocks = {
        "s": keyword("hi"),
        "a": asks("Tell me"),
        "w": Wait(for_="1 hour"),
        "later": says("Later"),
        "thanks": says("Thanks"),
    }
    talk = Talk(
        flow(blocks, "s.next > a", "a.next > w", "w.next > later", "a.card.opted_in > thanks")
    )
    talk.write("hi")
    talk.received.clear()
    assert talk.opt_in("Tell me").texts() == ["Thanks"]
    assert talk.wait(hours=1).texts() == ["Later"]


def test_a_tap_goes_on_in_the_version_that_sent_the_card():
    old = flow(
        {"s": keyword("hi"), "o": offers("Red"), "m": says("Old")}, "s.next > o", "o.b.red > m"
    )
    talk = Talk(old).write("hi")
    talk.publish(replace(old, blocks={**old.blocks, "m": says("New")}), version=2)
    talk.received.clear()
    assert talk.tap("Red").texts() == ["Old"]
    talk.write("hi")
    talk.received.clear()
    assert talk.tap("Red").texts() == ["New"]


def test_people_in_the_middle_go_on_in_their_version():
    old = flow(
        {"s": keyword("hi"), "w": Wait(for_="1 hour"), "m": says("Old")}, "s.next > w", "w.next > m"
    )
    talk = Talk(old).write("hi")
    talk.publish(replace(old, blocks={**old.blocks, "m": says("New")}), version=2)
    assert talk.wait(hours=1).texts() == ["Old"]


@pytest.mark.parametrize(("too_late", "way_out"), [(True, "Too late"), (False, "Could not send")])
def test_a_message_that_cannot_go_takes_its_way_out(too_late, way_out):
    blocks = {
        "s": keyword("hi"),
        "m": says("Hi"),
        "next": SetField(field="mood", value="sent"),
        "late": SetField(field="mood", value="Too late"),
        "not": SetField(field="mood", value="Could not send"),
    }
    talk = Talk(
        flow(blocks, "s.next > m", "m.next > next", "m.too_late > late", "m.could_not_send > not")
    )
    talk.refuse(too_late).write("hi")
    assert talk.contact.fields["mood"] == way_out


def test_left_open_the_way_out_ends_the_run_with_the_reason_in_the_timeline():
    talk = Talk(
        flow({"s": keyword("hi"), "m": says("Hi"), "n": says("Next")}, "s.next > m", "m.next > n")
    )
    talk.refuse(too_late=True).write("hi")
    assert talk.notes[-1] == "Not sent: the 24 hours since the person last wrote were over"
    assert Conversation.from_text(talk.saved).threads == {}


def test_what_is_noted_of_a_person_is_known_to_the_next_block():
    blocks = {
        "s": keyword("hi"),
        "f": SetField(field="size", value="{{ 40 | plus: 2 }}"),
        "m": says("Size {{ contact.size }}"),
    }
    assert Talk(flow(blocks, "s.next > f", "f.next > m")).write("hi").texts() == ["Size 42"]


def test_an_empty_value_clears_the_field():
    talk = Talk(flow({"s": keyword("hi"), "f": SetField(field="size")}, "s.next > f"))
    talk.contact = Contact("ann", {"size": "42", "mood": "good"})
    assert talk.write("hi").contact.fields == {"mood": "good"}


@pytest.mark.parametrize(
    ("tests", "answer"),
    [
        ([FieldTest(field="size", value="42")], "yes"),
        ([FieldTest(field="size", value="41")], "no"),
        ([TagTest(tag="VIP")], "yes"),
        ([TagTest(tag="vip", has=False)], "no"),
        ([FieldTest(field="size", value="42"), TagTest(tag="new")], "no"),
    ],
)
def test_a_condition_goes_by_fields_and_tags(tests, answer):
    blocks = {"s": keyword("hi"), "c": Condition(tests=tests), "y": says("yes"), "n": says("no")}
    talk = Talk(flow(blocks, "s.next > c", "c.yes > y", "c.no > n"))
    talk.contact = Contact("ann", {"size": "42"}, frozenset({"vip"}))
    assert talk.write("hi").texts() == [answer]


def test_an_announcement_starts_only_the_flow_that_is_announced():
    one = flow({"s": Announced(topic=TOPIC), "m": says("One")}, "s.next > m", id="one")
    two = flow({"s": Announced(topic=TOPIC), "m": says("Two")}, "s.next > m", id="two")
    talk = Talk(one, two)
    assert talk.happens(events.Announced(talk.now, TOPIC, "two")).texts() == ["Two"]
    assert talk.happens(events.Announced(talk.now, "another", "two")).texts() == []


def test_a_text_that_gets_too_long_is_cut_with_a_note():
    card = OtnRequest(id="card", topic=TOPIC, title="Tell {{ contact.mood }} when it is back")
    talk = Talk(flow({"s": keyword("hi"), "a": SendMessage(elements=[card])}, "s.next > a"))
    talk.contact = Contact("ann", {"mood": "😀" * 60})
    (title,) = talk.write("hi").texts()
    assert len(title) == 65
    assert title.endswith("…")
    assert "A text was cut from 81 to 65 characters" in talk.notes


def test_a_flow_that_goes_round_without_end_is_ended():
    talk = Talk(flow({"s": keyword("hi"), "m": says("Round")}, "s.next > m", "m.next > m"))
    assert 50 < len(talk.write("hi").texts()) <= 100
    assert "Ended: it went round without end" in talk.notes


def test_a_loop_with_waits_goes_on():
    talk = Talk(
        flow(
            {"s": keyword("hi"), "m": says("Day"), "w": Wait(for_="1 day")},
            "s.next > m",
            "m.next > w",
            "w.next > m",
        )
    )
    assert len(talk.write("hi").wait(days=300).texts()) == 301


def test_what_leads_to_no_flow_of_ours_is_only_noted():
    talk = Talk(ASKING).happens(events.Tapped(Talk(ASKING).now, "SOMEBODY_ELSES"))
    assert talk.texts() == []
    assert talk.notes == ["Something was tapped that leads to no flow of ours"]


def test_a_ticket_that_nobody_waits_with_means_nothing():
    talk = Talk(ASKING).happens(events.Woke(Talk(ASKING).now, 99))
    assert (talk.texts(), talk.notes) == ([], [])


def test_quick_replies_and_pictures_are_sent_as_written():
    replies = QuickReplies(id="q", text="Size?", replies=[QuickReply(id="s42", title="42")])
    picture = Picture(id="p", url="https://example.com/shoe.jpg")
    blocks = {"s": keyword("hi"), "m": SendMessage(elements=[picture, replies]), "t": says("42!")}
    talk = Talk(flow(blocks, "s.next > m", "m.q.s42 > t")).write("hi")
    assert talk.received[0].url == "https://example.com/shoe.jpg"
    talk.received.clear()
    assert talk.tap("42").texts() == ["42!"]


def sized() -> SendMessage:
    replies = [QuickReply(id="s", title="Small"), QuickReply(id="l", title="Large")]
    return SendMessage(elements=[QuickReplies(id="ask", text="Size?", replies=replies)])


def test_a_quick_reply_that_leads_nowhere_answers_the_wait_that_follows():
    blocks = {"s": keyword("hi"), "ask": sized(), "w": WaitForAnswer(field="size"), "m": says("Ok")}
    talk = Talk(flow(blocks, "s.next > ask", "ask.next > w", "w.next > m")).write("hi")
    assert talk.tap("Large").texts()[-1] == "Ok"
    assert talk.contact.fields["size"] == "Large"


def test_a_quick_reply_that_leads_nowhere_starts_what_its_words_start():
    shop = flow({"s": keyword("hi"), "ask": sized()}, "s.next > ask")
    small = flow({"s": keyword("small"), "m": says("Little")}, "s.next > m", id="small")
    assert Talk(shop, small).write("hi").tap("Small").texts()[-1] == "Little"
