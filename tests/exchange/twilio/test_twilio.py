"""Flows of Twilio Studio: in, out, and back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio import shipped
from otn_studio.blocks.actions.http_request import HttpRequest, KeptValue
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.stop_topic import StopTopic
from otn_studio.blocks.actions.tag import Tag
from otn_studio.blocks.actions.untag import Untag
from otn_studio.blocks.asking import SentValue
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.question import Question
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.words import Problem
from otn_studio.checks.check import check
from otn_studio.exchange import formats
from otn_studio.exchange.report import Fate, Imported
from otn_studio.flow import reading
from otn_studio.flow.document import Flow
from otn_studio.flow.json_text import Unreadable
from otn_studio.flow.project import Project
from otn_studio.flow.reading import from_text
from otn_studio.flow.writing import to_text
from tests.builders import START, a_flow, say
from tests.exchange.hostile import LEAVES, places, put
from tests.exchange.talking import answered, talk

BOOKING = Path(__file__).with_name("booking.json").read_bytes()
"""Written by hand after the examples of twilio.com/docs/studio; nothing of it is copied."""
TWILIO = formats.named("twilio")


def imported(content: bytes = BOOKING, **more: object) -> Imported:
    return TWILIO.read(content, Project(), "booking", **more)


def fates(found: Imported) -> dict[str, Fate]:
    return {item.name: item.fate for item in found.items}


def test_it_is_recognised():
    assert formats.recognised(BOOKING) is TWILIO


def test_what_rest_answers_is_read_too():
    wrapped = {"sid": "FW1", "friendly_name": "Tables", "definition": json.loads(BOOKING)}
    assert imported(json.dumps(wrapped).encode()).flows[0].name == "Tables"


def test_the_flow_can_be_written_and_read_as_a_file():
    [flow] = imported().flows
    assert from_text(to_text(flow)) == flow


def test_the_same_file_makes_the_same_flow():
    assert imported() == imported()


def test_people_book_a_table():
    [flow] = imported().flows
    free = answered("look_up", '{"table": {"name": "by the window"}}')
    assert talk(flow, "Hello?", "book", "4", answers=free) == [
        ["https://example.com/menu.jpg", "Write TABLE to book one."],
        ["For how many people?"],
        ["Table by the window for 4."],
    ]
    assert talk(flow, "TABLE", "12") == [
        ["For how many people?"],
        ["For 12 people please call us."],
    ]
    assert talk(flow, "table", "a few", "12")[1:] == [
        ["For how many people?"],
        ["For 12 people please call us."],
    ]
    assert talk(flow, "table", "None") == [["For how many people?"], ["See you another time."]]
    broken = answered("look_up", "", status=500)
    assert talk(flow, "table", "2", answers=broken)[1] == ["Something is broken here, sorry."]


def test_who_does_not_answer_in_time_is_reminded():
    [flow] = imported().flows
    assert talk(flow, "table", "+89 minutes", "+1 minute")[1:] == [[], ["Are you still there?"]]


def test_what_is_not_the_same_is_said():
    found = fates(imported())
    lost = {name for name, fate in found.items() if fate is Fate.LOST}
    assert lost == {"incomingCall", "incomingRequest", "note_it", "say_sorry"}
    changed = {name for name, fate in found.items() if fate is Fate.CHANGED}
    assert changed == {
        *("first_words", "set_people", "how_many", "ask_more", "to_colleagues", "too_many")
    }
    assert all(i.why for i in imported().items if i.fate in (Fate.CHANGED, Fate.LOST))


def test_every_widget_is_accounted_for_once():
    items = [item.where for item in imported().items]
    states = json.loads(BOOKING)["states"]
    assert sorted(w for w in items if w.count("/") == 2) == sorted(
        f"/states/{number}" for number in range(len(states))
    )
    assert items.count("") == 1


def test_a_flow_that_is_here_already_is_gone_to():
    data = json.loads(BOOKING)
    data["states"][9]["properties"]["flow_sid"] = "more"
    here = Project.of(Flow("more", "More"))
    found = TWILIO.read(json.dumps(data).encode(), here, "booking")
    assert fates(found)["ask_more"] is Fate.CREATED
    assert found.flows[0].blocks["ask-more"].flow == "more"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"states": 3, "transitions": []}, "“states” is not written as"),
        ({"states": [3]}, "“/states/0” is not written as"),
        ({"states": [{"name": "a"}]}, "“/states/0” has no name or no type"),
        ({"states": [{"name": "a", "type": "b"}] * 2}, "Two widgets are called “a”"),
        ({"states": [{"name": "a", "type": "b", "transitions": 1}]}, "transitions” is not written"),
        ({"definition": {}}, "no flow of Twilio Studio"),
        ([], "“flow” is not written as"),
    ],
    ids=range(7),
)
def test_broken_definitions_are_refused_in_one_sentence(content, said):
    with pytest.raises(Unreadable, match=said):
        imported(json.dumps(content).encode())


def test_widgets_that_lead_in_circles_or_nowhere():
    split = {"type": "split-based-on", "properties": {"input": "{{flow.variables.x}}"}}
    states = [
        {
            "name": "Trigger",
            "type": "trigger",
            "transitions": [{"event": "incomingMessage", "next": "a"}],
        },
        {"name": "a", **split, "transitions": [{"event": "noMatch", "next": "b"}]},
        {"name": "b", **split, "transitions": [{"event": "noMatch", "next": "a"}]},
        {"name": "c", "type": "set-variables", "transitions": [{"event": "next", "next": "gone"}]},
    ]
    found = imported(json.dumps({"states": states}).encode())
    assert not found.flows[0].connections
    [lost] = [item for item in found.items if item.fate is Fate.LOST]
    assert (str(lost.kind), lost.name) == ("connection", "gone")


def test_ways_out_that_are_not_here_are_lost_with_a_word():
    states = [
        {
            "name": "a",
            "type": "send-message",
            "properties": {"body": "Hi"},
            "transitions": [{"event": "read", "next": "a"}, {"event": "match", "next": "a"}],
        }
    ]
    found = imported(json.dumps({"states": states}).encode())
    assert [item.where for item in found.items if item.fate is Fate.LOST] == [
        "/states/0/transitions/0",
        "/states/0/transitions/1",
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_changed_in_a_file_is_read_or_refused(data):
    changed = json.loads(BOOKING)
    place = data.draw(st.sampled_from(places(changed)[1:]))
    put(changed, place, data.draw(LEAVES))
    try:
        found = imported(json.dumps(changed).encode())
    except Unreadable:
        return
    assert from_text(to_text(found.flows[0])) == found.flows[0]


def a_shop() -> Flow:
    ask = Question(id="q", text="Which size?", field="size", tries=1, time=Duration(2, "hour"))
    is_large = FieldTest(field="size", operator=Operator.MORE_THAN, value="42")
    is_one = FieldTest(field="size", operator=Operator.IS, value="one size")
    is_set = FieldTest(field="size", operator=Operator.AT_LEAST, value="43")
    blocks = {
        "start": START,
        "other": DefaultReply(),
        "hint": say("Write hello."),
        "ask": SendMessage(
            elements=[Picture(id="p", url="https://example.com/a.jpg"), ask],
        ),
        "large": Condition(match="any", tests=[is_large, is_one]),
        "twice": SetField(field="twice", value="{{ contact.size | times: 2 }}"),
        "sure": Condition(match="all", tests=[is_set, is_large]),
        "shop": HttpRequest(
            method="POST",
            url="https://shop.example/sizes",
            sends="json",
            values=[SentValue(name="size", value="{{ contact.size }}")],
            answer=[KeptValue(path="$.pairs[0].name", field="pair")],
        ),
        "yes": say("We have {{ contact.pair }} in {{ contact.size }}, not {{ contact.twice }}."),
        "no": say("Only large ones."),
        "sorry": say("Nobody knows."),
        "late": say("Still there?"),
    }
    return a_flow(
        blocks,
        *("start > ask", "other > hint", "ask > large", "ask.q.no_answer > late"),
        *("large.yes > twice", "large.no > no", "twice > sure", "sure.yes > shop", "sure.no > no"),
        *("shop.success > yes", "shop.failure > sorry", "shop.no_answer > sorry"),
        fields=("size", "twice", "pair"),
        topics=(),
    )


def back(flow: Flow) -> Flow:
    out = TWILIO.write(Project.of(flow))
    [found] = imported(out.content).flows
    return found


@pytest.mark.parametrize(
    "deeds",
    [
        ("hello", "43"),
        ("Hello", "41"),
        ("hello", "one size"),
        ("hello", "+119 minutes", "+1 minute"),
        ("what", "hello", "44", "hello", "1"),
    ],
)
@pytest.mark.parametrize("status", [200, 500])
def test_there_and_back_the_conversations_are_the_same(deeds, status):
    body = '{"pairs": [{"name": "blue ones"}]}'
    answers = answered("shop", body, status)
    there = a_shop()
    assert talk(there, *deeds, answers=answers) == talk(back(there), *deeds, answers=answers)


def test_all_of_that_is_created_and_passes_the_checks():
    out = TWILIO.write(Project.of(a_shop()))
    assert {item.fate for item in out.items} == {Fate.CREATED}
    flow = back(a_shop())
    errors = [f for f in check(Project.of(flow))[flow.id] if f.severity == "error"]
    assert errors == []


def test_what_could_be_tapped_can_be_written():
    buttons = Buttons(
        id="b", text="Size?", buttons=[Button(id="x", title="41"), Button(id="y", title="42")]
    )
    blocks = {
        "start": START,
        "ask": SendMessage(elements=[buttons]),
        "it": say("41!"),
        "no": say("No."),
    }
    flow = a_flow(blocks, "start > ask", "ask.b.x > it", "ask.b.y > no")
    out = TWILIO.write(Project.of(flow))
    assert [str(i.why) for i in out.items if i.fate is Fate.CHANGED] == [
        "What could be tapped is written as an answer instead."
    ]
    assert talk(back(flow), "hello", "41") == [["Size?\n- 41\n- 42"], ["41!"]]


def test_what_twilio_has_not_is_lost_with_a_word_and_passed_by():
    blocks = {"start": START, "stop": StopTopic(), "say": say("Hi {{ contact.first_name }}")}
    flow = a_flow(blocks, "start > stop", "stop > say")
    out = TWILIO.write(Project.of(flow))
    assert [(i.where, i.fate) for i in out.items] == [
        ("/blocks/start", Fate.CREATED),
        ("/blocks/stop", Fate.LOST),
        ("/blocks/say", Fate.CHANGED),
    ]
    assert talk(back(flow), "hello") == [["Hi "]]


def test_a_tag_becomes_a_variable_which_is_asked_for():
    blocks = {
        "start": START,
        "on": Tag(tag="VIP"),
        "off": Untag(tag="Other"),
        "if": Condition(tests=[TagTest(tag="vip"), TagTest(tag="other", has=False)]),
        "yes": say("Welcome back!"),
        "no": say("Welcome!"),
    }
    ways = ("start > on", "on > off", "off > if", "if.yes > yes", "if.no > no")
    flow = a_flow(blocks, *ways)
    whys = {i.where: i.why for i in TWILIO.write(Project.of(flow)).items}
    assert "has no tags" in str(whys["/blocks/on"])
    assert talk(back(flow), "hello") == talk(flow, "hello") == [["Welcome back!"]]


@pytest.mark.parametrize(
    ("operator", "value", "fitting", "other"),
    [
        ("has_pattern", "^[0-9]{5}$", "10969", "SW1A 1AA"),
        ("has_email", "", "It is ann@example.com", "I have none"),
        ("has_link", "", "See www.example.com", "I have none"),
        ("has_words", "blue", "The blue one", "Red"),
    ],
)
def test_what_an_answer_looks_like_is_asked_for_there_too(operator, value, fitting, other):
    blocks = {
        "start": START,
        "wait": WaitForAnswer(field="size"),
        "if": Condition(tests=[FieldTest(field="size", operator=operator, value=value)]),
        "yes": say("Thanks"),
        "no": say("What?"),
    }
    flow = a_flow(blocks, "start > wait", "wait > if", "if.yes > yes", "if.no > no")
    for answer, said in ((fitting, "Thanks"), (other, "What?")):
        assert [talk(f, "hello", answer)[1] for f in (flow, back(flow))] == [[said], [said]]


def test_one_file_holds_one_flow():
    with pytest.raises(Problem, match="holds one flow"):
        TWILIO.write(Project.of(Flow("a", "A"), Flow("b", "B")))


@pytest.mark.parametrize("name", sorted(p.stem for p in shipped.path("flows").glob("*[a-z].json")))
def test_every_sample_goes_out_and_comes_back(name):
    flow = reading.load(shipped.path(f"flows/{name}.json"))
    out = TWILIO.write(Project.of(flow))
    parts = [*(f"/blocks/{id}" for id in flow.blocks), *(f"/frames/{id}" for id in flow.frames)]
    parts += [f"/translations/{language}" for language in flow.translations]
    assert sorted(item.where for item in out.items) == sorted(parts)
    states = json.loads(out.content)["states"]
    names = [state["name"] for state in states]
    assert len(set(names)) == len(names)
    leads = {t["next"] for state in states for t in state["transitions"] if "next" in t}
    assert leads <= set(names)
    [found] = imported(out.content).flows
    assert replace(found, layout={}) == from_text(to_text(found))


def test_messages_of_two_kinds_that_lead_elsewhere_are_told():
    flow = json.loads(BOOKING)
    ways = flow["states"][0]["transitions"]
    (other,) = (way for way in ways if way["event"] == "incomingConversationMessage")
    lost = {i.name for i in imported(json.dumps(flow).encode()).items if i.fate is Fate.LOST}
    for leads, added in (("first_words", set()), ("welcome", {"incomingConversationMessage"})):
        other["next"] = leads
        found = imported(json.dumps(flow).encode())
        assert {i.name for i in found.items if i.fate is Fate.LOST} == lost | added
