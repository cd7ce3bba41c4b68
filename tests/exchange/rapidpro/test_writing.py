"""Flows for RapidPro, and back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from otn_studio.blocks.actions.http_request import HttpRequest, KeptValue
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.tag import Tag
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.question import AnswerChoice, Question
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.field import Field
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest, WindowTest
from otn_studio.blocks.logic.end_flow import EndFlow
from otn_studio.blocks.logic.go_to_flow import GoToFlow, Result
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.exchange.rapidpro import read, write
from otn_studio.exchange.report import Fate
from otn_studio.flow.document import Frame
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from tests.exchange.conformance import FOLDER, PROJECTS, there_and_back
from tests.exchange.rapidpro.accounting import unaccounted
from tests.interpreter.flows import flow, keyword, says
from tests.interpreter.talk import Talk

SHIPPED = sorted((Path(__file__).parents[3] / "flows").glob("*.json"))


def back(*flows):
    return read(write(Project.of(*flows)).content, Project(), "back").flows


def told(*flows):
    """What becomes of each block."""
    items = write(Project.of(*flows)).items
    return {item.where.removeprefix("/blocks/"): item for item in items}


def same(flows, *deeds):
    """What is said either way, after the same deeds."""
    ours, theirs = Talk(*flows), Talk(*back(*flows))
    for deed in deeds:
        for talk in (ours, theirs):
            talk.wait(hours=deed) if isinstance(deed, int) else talk.write(deed)
    said = ours.texts()
    assert theirs.texts() == said
    return said


def is_field(key, operator, value=""):
    return FieldTest(field=key, operator=operator, value=value)


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the samples are not in {FOLDER}")
@pytest.mark.parametrize("name", PROJECTS)
def test_a_project_talks_as_it_did_after_a_way_there_and_back(name):
    found = there_and_back(name)
    assert found.turns > 20
    assert found.differences == []


def test_what_a_person_fills_in_and_answers():
    blocks = {
        "s": keyword("hi"),
        "ask": says("Size of {{ contact.first_name | default: 'you' }}?"),
        "w": WaitForAnswer(field="size"),
        "set": SetField(field="mood", value="{{ contact.size | plus: 1 }} {{ contact.size }}"),
        "m": says("Then {{ contact.mood | upcase }}"),
    }
    flows = [flow(blocks, "s.next > ask", "ask.next > w", "w.next > set", "set.next > m")]
    assert same(flows, "hi", "41") == ["Size of you?", "Then 42 41"]


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        *((Operator.IS, "blue"), (Operator.IS_NOT, "blue"), (Operator.HAS_WORDS, "dark blue")),
        *((Operator.STARTS_WITH, "dark"), (Operator.MORE_THAN, "5"), (Operator.AT_LEAST, "7")),
        *((Operator.LESS_THAN, "7"), (Operator.AT_MOST, "7"), (Operator.IS_SET, "")),
        *((Operator.IS_NOT_SET, ""), (Operator.AFTER, "2026-01-01")),
        *((Operator.HAS_PATTERN, "^(dark )?blue$"), (Operator.HAS_PATTERN, "@|[0-9]{1}")),
        *((Operator.HAS_EMAIL, ""), (Operator.HAS_PHONE, ""), (Operator.HAS_LINK, "")),
    ],
)
def test_a_condition(operator, value):
    blocks = {
        "s": keyword("hi"),
        "w": WaitForAnswer(field="size"),
        "if": Condition(tests=[is_field("size", operator, value)]),
        "yes": says("Yes"),
        "no": says("No"),
    }
    flows = [flow(blocks, "s.next > w", "w.next > if", "if.yes > yes", "if.no > no")]
    written = ("me@example.com", "+49 30 901820", "see https://example.com")
    for answer in ("blue", "Dark blue", "7", "2026-05-05", "x", *written):
        assert same(flows, "hi", answer) in (["Yes"], ["No"])


@pytest.mark.parametrize("match", ["all", "any"])
def test_several_tests(match):
    tests = [TagTest(tag="vip"), is_field("size", Operator.AT_LEAST, "40")]
    blocks = {
        "s": keyword("hi"),
        "w": WaitForAnswer(field="size"),
        "if": Condition(match=match, tests=tests),
        "yes": Tag(tag="vip"),
        "again": says("Tagged"),
        "no": says("No"),
    }
    ways = ("s.next > w", "w.next > if", "if.yes > yes", "yes.next > again", "if.no > no")
    for answers in (("hi", "41", "hi", "12"), ("hi", "12", "hi", "41")):
        assert same([flow(blocks, *ways)], *answers)


def test_answers_to_choose_from():
    quick = [QuickReply(id="s", title="Small"), QuickReply(id="l", title="Large")]
    blocks = {
        "s": keyword("hi"),
        "ask": SendMessage(elements=[QuickReplies(id="q", text="Size?", replies=quick)]),
        "small": says("Little"),
        "w": WaitForAnswer(field="size"),
        "else": says("So {{ contact.size }}"),
    }
    ways = ("s.next > ask", "ask.q.s > small", "ask.next > w", "w.next > else")
    theirs = Talk(*back(flow(blocks, *ways)))
    assert theirs.write("hi").tap("Small").texts() == ["Size?", "Little"]
    assert theirs.write("hi").write("Huge").texts() == ["Size?", "So Huge"]


def test_a_question_is_asked_again():
    choices = [AnswerChoice(id="a", title="Red"), AnswerChoice(id="b", title="Blue")]
    question = Question(id="q", text="Color?", answer="choice", choices=choices, field="mood")
    blocks = {"s": keyword("hi"), "ask": SendMessage(elements=[question]), "m": says("Nice")}
    flows = [flow(blocks, "s.next > ask", "ask.next > m")]
    assert same(flows, "hi", "pink", "blue") == ["Color?", "Color?", "Nice"]


def test_another_flow_and_how_it_ended():
    main = {
        "s": keyword("hi"),
        "go": GoToFlow(flow="sub", results=[Result(id="expired", name="expired")]),
        "done": says("Done"),
        "late": says("Late"),
    }
    sub = {
        "s": AnotherFlow(),
        "ask": says("Sure?"),
        "w": WaitForAnswer(time="2 hours", field="mood"),
        "end": EndFlow(result="expired"),
    }
    flows = [
        flow(main, "s.next > go", "go.next > done", "go.expired > late"),
        flow(sub, "s.next > ask", "ask.next > w", "w.no_answer > end", id="sub", name="Sub"),
    ]
    assert same(flows, "hi", "yes") == ["Sure?", "Done"]
    assert same(flows, "hi", 3) == ["Sure?", "Late"]


def test_a_call_of_another_program():
    call = HttpRequest(
        url="https://shop.example/{{ contact.size }}",
        answer=[KeptValue(path="$.order.status", field="mood")],
    )
    blocks = {"s": keyword("hi"), "c": call, "m": says("{{ contact.mood }}"), "no": says("Sorry")}
    ways = ("s.next > c", "c.success > m", "c.failure > no", "c.no_answer > no")
    for talk in (Talk(flow(blocks, *ways)), Talk(*back(flow(blocks, *ways)))):
        talk.write("hi").fetched(status=200, body='{"order": {"status": "sent"}}')
        assert talk.texts() == ["sent"]
        assert talk.write("hi").fetched(status=500).texts() == ["Sorry"]


def test_what_is_said_in_further_languages_comes_back():
    quick = QuickReplies(id="q", text="Size?", replies=[QuickReply(id="s", title="Small")])
    made = flow({"s": keyword("hi"), "ask": SendMessage(elements=[quick])}, "s.next > ask")
    spanish = {"ask": {"q.text": "¿Talla?", "q.s.title": "Pequeña"}}
    made = made.__class__(**{**vars(made), "language": "en", "translations": {"es": spanish}})
    (again,) = back(made)
    (texts,) = again.translations["es"].values()
    assert again.language == "en"
    assert sorted(texts.values()) == ["Pequeña", "¿Talla?"]


def test_what_is_lost_or_changed_is_said():
    offer = Buttons(id="b", text="Look", buttons=[Button(id="u", title="Shop", url="https://x.y")])
    blocks = {
        "s": Keyword(match="contains", keywords=("hi",)),
        "offer": SendMessage(elements=[offer], by_topic="t1"),
        "if": Condition(tests=[WindowTest()]),
        "wait": Wait(for_="1 day"),
    }
    fates = told(flow(blocks, "s.next > offer", "offer.next > if", "if.yes > wait"))
    assert {id: fates[id].fate for id in blocks} == dict.fromkeys(blocks, Fate.CHANGED)
    assert "no topic’s permission" in str(fates["offer"].why)
    assert "links stand in the text" in str(fates["offer"].why)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_block_of_our_samples_is_accounted_for(path):
    ours = load(path)
    done = write(Project.of(ours))
    told = {item.where.removeprefix("/blocks/") for item in done.items}
    assert set(ours.blocks) - told <= {
        id for id, block in ours.blocks.items() if isinstance(block, AnotherFlow)
    }
    assert all(item.why for item in done.items if item.fate in (Fate.CHANGED, Fate.LOST))
    source = json.loads(done.content)
    assert unaccounted(source, read(done.content, Project(), "x")) == []
    assert write(Project.of(ours)).content == done.content


def test_frames_and_values_of_the_page_are_told():
    shop = replace(
        flow({"start": keyword("hello"), "hi": says("Till {{ page.hours }}")}, "start.next > hi"),
        fields={"hours": Field("Hours", of_page=True), "size": Field("Size")},
        frames={"f1": Frame("Welcome", 10.5, 20, 300, 200, note="Say hello")},
    )
    written = write(Project.of(shop))
    why = {item.where: item.name for item in written.items if item.why}
    assert why == {"/fields/hours": "Hours", "/frames/f1": "Welcome"}
    [made] = json.loads(written.content)["flows"]
    [sticky] = made["_ui"]["stickies"].values()
    position = {"left": 10, "top": 20}
    expected = {"title": "Welcome", "body": "Say hello", "position": position, "color": "yellow"}
    assert sticky == expected
