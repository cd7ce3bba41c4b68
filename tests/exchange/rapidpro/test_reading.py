"""What becomes of the parts of a container."""

from dataclasses import replace

import pytest

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.elements.quick_replies import QuickReplies
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.logic.random_split import RandomSplit
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.exchange.report import Fate
from otn_studio.flow.document import Flow, Position, Topic
from otn_studio.flow.json_text import Unreadable
from otn_studio.flow.project import Project
from otn_studio.policy.calendar import Frequency
from tests.exchange.rapidpro.accounting import unaccounted
from tests.exchange.rapidpro.containers import (
    RAPIDPRO,
    WAIT,
    a_flow,
    a_node,
    a_split,
    container,
    imported,
    lost,
    says,
    sets,
    why,
)
from tests.interpreter.talk import Talk

SIZES = a_flow(
    a_node("ask", says("Size?", "S", "L"), to="split"),
    a_split(
        "split",
        ("has_any_word", ["s small"], "small"),
        ("has_number_between", ["40", "46"], "shoe"),
        other="again",
        wait=WAIT,
        result="Size",
    ),
    a_node("small", says("Small: @results.size", id="m"), sets("size", "@results.size.category")),
    a_node("shoe", says("A shoe of @(results.size + 0)", id="n")),
    a_node("again", says("Pardon?", id="p"), to="split"),
)
HI = [{"trigger_type": "K", "keyword": "hi", "flow": {"uuid": "shop-flow", "name": "Shop"}}]


def blocks(found, kind):
    return [b for flow in found.flows for b in flow.blocks.values() if isinstance(b, kind)]


def a_talk(*flows, **more):
    return Talk(*imported(*flows, **{"triggers": HI, **more}).flows)


def test_a_conversation_goes_as_it_did():
    talk = a_talk(SIZES).write("hi there")
    assert talk.texts() == ["Size?"]
    assert talk.write("no idea").texts() == ["Pardon?"]
    assert talk.write("Small, please").texts() == ["Small: Small, please"]
    assert talk.contact.fields["size"] == "Small"


def test_an_answer_is_tapped_as_well_as_written():
    talk = a_talk(SIZES).write("hi")
    talk.received.clear()
    assert talk.tap("S").texts() == ["Small: S"]


def test_numbers_are_compared_as_numbers():
    assert a_talk(SIZES).write("hi").write("42").texts()[-1] == "A shoe of 42"
    assert a_talk(SIZES).write("hi").write("47").texts()[-1] == "Pardon?"


def test_every_part_is_accounted_for():
    source = container(SIZES, triggers=HI)
    assert unaccounted(source, imported(SIZES, triggers=HI)) == []


def test_messages_of_one_step_go_together():
    found = imported(a_flow(a_node("a", says("One"), says("Two", "Yes", id="b"), says("Three"))))
    first, second = blocks(found, SendMessage)
    assert [e.text for e in first.elements] == ["One", "Two"]
    assert isinstance(first.elements[-1], QuickReplies)
    assert [e.text for e in second.elements] == ["Three"]


def test_pictures_come_first_and_what_is_no_picture_is_lost():
    action = says("Look", attachments=["image/jpeg:https://x.example/a.jpg", "geo:1,2"])
    found = imported(a_flow(a_node("a", action)))
    (block,) = blocks(found, SendMessage)
    assert [e.kind.name for e in block.elements] == ["picture", "text"]
    assert next(item.name for item in lost(found)) == "geo:1,2"


def test_a_message_is_said_in_further_languages():
    spanish = {"spa": {"say": {"text": ["¿Talla?"], "quick_replies": ["Sí"]}}}
    flow = a_flow(a_node("a", says("Size?", "Yes")), localization=spanish)
    found = imported(flow, triggers=HI)
    (translated,) = found.flows[0].translations["es"].values()
    assert sorted(translated.values()) == ["Sí", "¿Talla?"]


def test_the_flows_own_language_is_no_translation():
    own = {"eng": {"say": {"text": ["Never seen"]}}}
    found = imported(a_flow(a_node("a", says("Size?")), localization=own))
    assert found.flows[0].translations == {}
    assert "own language" in why(found, "/flows/0/localization/eng/say")


def test_a_test_looks_for_the_words_of_all_languages():
    spanish = {"spa": {"split-0": {"arguments": ["si"]}}}
    split = a_split("split", ("has_any_word", ["yes"], "good"), wait=WAIT)
    flow = a_flow(split, a_node("good", says("Good")), localization=spanish)
    assert a_talk(flow).write("hi").write("si").texts() == ["Good"]


def test_another_flow_is_gone_to_and_comes_back_by_how_it_ended():
    enter = {"type": "enter_flow", "uuid": "go", "flow": {"uuid": "sub-flow", "name": "Sub"}}
    split = a_split(
        "split",
        ("has_only_text", ["completed"], "done"),
        ("has_only_text", ["expired"], "late"),
        operand="@child.status",
        actions=(enter,),
    )
    main = a_flow(split, a_node("done", says("Done")), a_node("late", says("Too late")))
    sub = a_flow(a_node("q", says("Sure?"), to="w"), a_split("w", wait=WAIT), name="Sub")
    assert a_talk(main, sub).write("hi").write("yes").texts() == ["Sure?", "Done"]
    assert a_talk(main, sub).write("hi").wait(days=8).texts() == ["Sure?", "Too late"]


def test_a_flow_that_is_not_in_the_file_is_matched_or_asked_for():
    enter = {"type": "enter_flow", "uuid": "go", "flow": {"uuid": "x", "name": "Elsewhere"}}
    where, flow = "/flows/0/nodes/0/actions/0", a_flow(a_node("a", enter))
    assert "Import it, too" in why(imported(flow), where)
    here = Project.of(imported(a_flow(a_node("b"), name="Elsewhere")).flows[0])
    fates = {item.where: item.fate for item in imported(flow, here=here).items}
    assert fates[where] is Fate.MATCHED


def test_results_are_handed_to_the_flow_that_asks_for_them():
    enter = {"type": "enter_flow", "uuid": "go", "flow": {"uuid": "sub-flow", "name": "Sub"}}
    result = {"type": "set_run_result", "uuid": "r", "name": "Size", "value": "42"}
    main = a_flow(a_node("a", result, enter, to="b"), a_node("b", says("Back: @child.results.fit")))
    fit = {"type": "set_run_result", "uuid": "f", "name": "Fit", "value": "good"}
    sub = a_flow(a_node("c", says("You said @parent.results.size"), fit), name="Sub")
    assert a_talk(main, sub).write("hi").texts() == ["You said 42", "Back: good"]


def test_a_call_goes_two_ways_and_its_answer_is_kept():
    call = {"type": "call_webhook", "uuid": "c", "method": "GET", "url": "https://x.example/o"}
    split = a_split(
        "s",
        ("has_only_text", ["Success"], "well"),
        other="badly",
        operand="@results.order.category",
        actions=({**call, "result_name": "Order"},),
    )
    flow = a_flow(
        split, a_node("well", says("It is @webhook.status")), a_node("badly", says("Sorry"))
    )
    well = a_talk(flow).write("hi").fetched(status=200, body='{"status": "sent"}')
    assert well.texts() == ["It is sent"]
    assert a_talk(flow).write("hi").fetched(status=500).texts() == ["Sorry"]


def test_newer_versions_ask_for_the_status_of_a_call():
    call = {"type": "call_webhook", "uuid": "c", "method": "GET", "url": "https://x.example/o"}
    split = a_split(
        "s",
        ("has_number_between", ["200", "299"], "well"),
        other="badly",
        operand="@webhook.status",
        actions=(call,),
    )
    well = a_node("well", says("It is @webhook.json.status"))
    flow = a_flow(split, well, a_node("badly", says("Sorry")), spec_version="14.1.0")
    talk = a_talk(flow).write("hi").fetched(status=200, body='{"status": "sent"}')
    assert talk.texts() == ["It is sent"]
    assert a_talk(flow).write("hi").fetched(status=404).texts() == ["Sorry"]


def test_a_ticket_is_a_hand_over_that_went_well():
    ticket = {"type": "open_ticket", "uuid": "t", "note": "?", "result_name": "Ticket"}
    well = ("has_category", ["Success"], "well")
    old = a_split("s", well, operand="@results.ticket", actions=(ticket,))
    new = a_split("s", ("has_text", [], "well"), operand="@locals._new_ticket", actions=(ticket,))
    for split in (old, new):
        assert a_talk(a_flow(split, a_node("well", says("Wait")))).write("hi").texts() == ["Wait"]


def test_what_is_known_for_a_run_only():
    def local(operation, value=""):
        action = {"type": "set_run_local", "uuid": operation, "local": "_n", "value": value}
        return {**action, "operation": operation}

    flow = a_flow(a_node("a", local("set", "2"), local("increment", "3"), says("@locals._n")))
    assert a_talk(flow).write("hi").texts() == ["5"]


def test_a_campaign_writes_in_all_its_languages():
    event = {
        "event_type": "M",
        "offset": 1,
        "unit": "D",
        "delivery_hour": -1,
        "uuid": "e",
        "relative_to": {"key": "created_on", "label": "Created on"},
        "base_language": "swa",
        "message": {"swa": "Habari", "eng": "Hello"},
    }
    campaign = {"uuid": "c", "name": "Care", "group": {"name": "New"}, "events": [event]}
    (flow,) = imported(campaigns=[campaign]).flows
    assert flow.language == "sw"
    assert [list(t.values()) for t in flow.translations["en"].values()] == [["Hello"]]


def test_a_random_split():
    names = [{"uuid": n, "name": n, "exit_uuid": f"{n}-exit"} for n in ("one", "two")]
    exits = [{"uuid": f"{n}-exit", "destination_uuid": n} for n in ("one", "two")]
    router = {"type": "random", "categories": names}
    flow = a_flow(
        {"uuid": "r", "actions": [], "router": router, "exits": exits},
        a_node("one", says("1")),
        a_node("two", says("2")),
    )
    found = imported(flow, triggers=HI)
    (split,) = blocks(found, RandomSplit)
    assert [way.name for way in split.ways] == ["one", "two"]
    assert Talk(*found.flows).write("hi").texts() in (["1"], ["2"])


def test_triggers_are_starts():
    flow = {"uuid": "shop-flow", "name": "Shop"}
    triggers = [*HI, {"trigger_type": "C", "flow": flow}, {"trigger_type": "S", "flow": flow}]
    found = imported(a_flow(a_node("a", says("Hi"))), triggers=triggers)
    assert [b.keywords for b in blocks(found, Keyword)] == [("hi",)]
    assert len(blocks(found, DefaultReply)) == 1
    assert "timetable" in why(found, "/triggers/2")


def test_a_campaign_is_a_sequence_that_its_group_is_on():
    group = {"uuid": "g", "name": "New moms"}
    event = {
        "event_type": "F",
        "offset": 7,
        "unit": "D",
        "delivery_hour": 10,
        "relative_to": {"key": "due", "label": "Due"},
        "flow": {"uuid": "shop-flow", "name": "Shop"},
    }
    campaign = {"uuid": "camp", "name": "Care", "group": group, "events": [event]}
    join = {"type": "add_contact_groups", "uuid": "j", "groups": [group]}
    field = {"key": "due", "name": "Due", "type": "datetime"}
    flow = a_flow(a_node("a", sets("due", "2026-12-01"), join, to="b"), a_node("b", says("Hello")))
    source = {"campaigns": [campaign], "groups": [group], "fields": [field], "triggers": HI}
    found = imported(flow, **source)
    assert len(blocks(found, Joined)) == 1
    assert unaccounted(container(flow, **source), found) == []
    talk = Talk(*found.flows).write("hi")
    assert talk.texts() == ["Hello"]
    assert talk.wait(days=16).texts() == ["Hello"]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ({"type": "add_input_labels", "labels": []}, "no labels here"),
        ({"type": "transfer_airtime", "amounts": {}}, "Airtime can’t be given"),
        ({"type": "unheard_of"}, "nothing like it here"),
    ],
)
def test_an_action_that_nothing_corresponds_to_is_lost_with_a_word(action, said):
    found = imported(a_flow(a_node("a", {"uuid": "x", **action})))
    assert said in why(found, "/flows/0/nodes/0/actions/0")


def test_details_that_nobody_asks_for_are_lost_with_a_word():
    found = imported(a_flow(a_node("a", says("Hi", all_urns=True, templating={"x": 1}))))
    assert {"all_urns", "templating"} <= {item.name for item in lost(found)}


def test_a_test_that_is_not_known_lets_nobody_through():
    split = a_split("s", ("has_state", [], "there"), other="other", wait=WAIT)
    flow = a_flow(split, a_node("there", says("There")), a_node("other", says("Where?")))
    found = imported(flow, triggers=HI)
    assert "nobody goes this way" in why(found, "/flows/0/nodes/0/router/cases/0")
    assert Talk(*found.flows).write("hi").write("Kingston").texts() == ["Where?"]


@pytest.mark.parametrize(
    ("test", "arguments", "fitting", "other"),
    [
        ("has_pattern", [r"buy (\w+)"], "Please BUY cheese", "Sell cheese"),
        ("has_pattern", ["^[0-9]{5}$"], " 10969 ", "SW1A 1AA"),
        ("has_pattern", ["@@example"], "ann@example.com", "ann"),
        ("has_phone", [], "my number is +12067799294 thanks", "none of your business"),
        ("has_phone", ["US"], "it is +1 206 779 9294", "2067"),
        ("has_email", [], "write to <foo@bar2.com>", "I am @ home"),
        ("has_time", [], "the time is 10:30", "just the number 25"),
        ("has_time", [], "at 10 PM", "at 10 people’s"),
    ],
)
def test_what_an_answer_looks_like(test, arguments, fitting, other):
    split = a_split("s", (test, arguments, "there"), other="other", wait=WAIT)
    flow = a_flow(split, a_node("there", says("There")), a_node("other", says("Where?")))
    found = imported(flow, triggers=HI)
    assert "/flows/0/nodes/0/router/cases/0" not in {item.where for item in lost(found)}
    for answer, said in ((fitting, "There"), (other, "Where?")):
        assert Talk(*found.flows).write("hi").write(answer).texts() == [said]


def test_expressions_that_liquid_cannot_say_are_told():
    found = imported(a_flow(a_node("a", sets("x", "@(json(contact)) and @contact.name"))))
    (block,) = blocks(found, SetField)
    assert block.value == " and {{ contact.name }}"
    assert "@(json(contact))" in why(found, "/flows/0/nodes/0/actions/0")


def test_that_a_flow_takes_the_place_of_one_is_said():
    (here,) = imported(a_flow(a_node("a", says("Hi")))).flows
    again = imported(a_flow(a_node("a", says("Hello"))), here=Project.of(here))
    assert again.flows[0].id == here.id
    assert "takes the place" in why(again, "/flows/0")
    assert again.new == again.flows


def test_a_flow_that_comes_again_is_matched_and_stays_as_it_was_laid_out():
    flow = a_flow(a_node("a", says("Hi")))
    (made,) = imported(flow).flows
    here = replace(
        made, layout=dict.fromkeys(made.blocks, Position(7, 7)), collapsed={*made.blocks}
    )
    again = imported(flow, here=Project.of(here))
    assert again.flows == (here,)
    assert again.new == ()
    assert Fate.CREATED not in {item.fate for item in again.items if item.flow}
    assert {i.fate for i in again.items if i.where == "/flows/0/nodes/0"} == {Fate.MATCHED}


def test_a_flow_that_was_renamed_there_is_known_by_its_id():
    flow = a_flow(a_node("a", says("Hi")))
    (here,) = imported(flow).flows
    again = imported({**flow, "name": "Called anew"}, here=Project.of(here))
    assert [(flow.id, flow.name) for flow in again.flows] == [(here.id, "Called anew")]


def an_opt_in(name: str) -> dict:
    optin = {"uuid": "248be71d-78e9-4d71-a6c4-9981d369e5cb", "name": name}
    return {"type": "request_optin", "uuid": "ask", "optin": optin}


def test_a_topic_that_was_renamed_there_is_known_by_its_id():
    (first,) = imported(a_flow(a_node("a", an_opt_in("News")))).flows
    [(topic, _)] = first.topics.items()
    weekly = Topic("What is new", Frequency.WEEKLY)
    here = replace(first, topics={topic: weekly})
    again = imported(a_flow(a_node("a", an_opt_in("Daily jokes"))), here=Project.of(here))
    assert again.flows[0].topics == {topic: weekly}
    unchanged = imported(a_flow(a_node("a", an_opt_in("News"))), here=Project.of(here))
    assert unchanged.flows == (here,)
    assert Fate.CHANGED not in {item.fate for item in unchanged.items}


def test_a_topic_that_went_there_is_known_when_it_comes_back():
    request = RecurringRequest(id="e", topic="blue", title="Blue ones")
    ask = SendMessage(elements=[request])
    topics = {"blue": Topic("Blue", Frequency.DAILY)}
    here = Project.of(Flow("shop", "Shop", topics=topics, blocks={"ask": ask}))
    back = RAPIDPRO.read(RAPIDPRO.write(here).content, here, "back")
    assert back.topics == topics


@pytest.mark.parametrize(
    ("flows", "said"),
    [
        ([{"name": "x"}], "it has no flows"),
        ([a_flow(a_node("a")), a_flow(a_node("b"))], "has no id of its own"),
        ([a_flow(spec_version="15.0.0")], "in version 15.0.0 of RapidPro’s format"),
        ([a_flow(a_node("a"), name="N") | {"nodes": [7]}], "“/flows/0/nodes/0” can’t be read"),
        ([a_flow(a_node("a", says(["x"])))], "“/flows/0/nodes/0/actions/0/text” can’t be read"),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(flows, said):
    with pytest.raises(Unreadable, match=said):
        imported(*flows)


def test_fields_are_called_as_the_results_were():
    sure = {"type": "set_run_result", "uuid": "r", "name": "Is Sure", "value": "yes"}
    alone = imported(a_flow(a_node("a", sure))).flows[0]
    assert [field.name for field in alone.fields.values()] == ["Is Sure"]
    both = imported(a_flow(a_node("a", sure)), a_flow(a_node("a", sure), name="Bar")).flows
    names = [field.name for flow in both for field in flow.fields.values()]
    assert names == ["Is Sure (Shop)", "Is Sure (Bar)"]


def test_an_answer_is_kept_once_more_only_where_something_asks_for_it():
    alone = imported(SIZES).flows[0]
    assert "answer" not in alone.fields
    said = a_flow(a_node("a", says("You wrote @input.text")), name="Echo")
    assert "answer" in imported(SIZES, said).flows[0].fields
