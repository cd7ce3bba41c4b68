"""Bots of Typebot, as they are exported now and as they were."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.checks.check import check
from otn_studio.exchange import formats
from otn_studio.exchange.report import Fate, Imported
from otn_studio.flow.document import Flow
from otn_studio.flow.json_text import Unreadable
from otn_studio.flow.project import Project
from otn_studio.flow.reading import from_text
from otn_studio.flow.writing import to_text
from tests.exchange.hostile import LEAVES, places, put
from tests.exchange.talking import answered, begin

QUIZ = Path(__file__).with_name("quiz.json").read_bytes()
"""Written by hand after the schemas of version 6; nothing of it is copied."""
TYPEBOT = formats.named("typebot")


def imported(content: bytes = QUIZ) -> Imported:
    return TYPEBOT.read(content, Project(), "bot")


def flow_of(content: bytes = QUIZ) -> Flow:
    [flow] = imported(content).flows
    return flow


def older(version: int) -> bytes:
    """The same bot as older versions of Typebot wrote it."""
    bot = json.loads(QUIZ)
    bot["version"] = str(version)
    events = bot.pop("events")
    start = {"id": "b0", "type": "start", "label": "Start", "outgoingEdgeId": "e0"}
    bot["groups"].insert(0, {"id": "g0", "title": "Start", "blocks": [start]})
    assert events[0]["outgoingEdgeId"] == "e0"
    if version < 3:
        bot["blocks"] = bot.pop("groups")
        for group in bot["blocks"]:
            group["steps"] = group.pop("blocks")
        for edge in bot["edges"]:
            to = edge["to"]
            edge["to"] = {"blockId": to["groupId"]}
            if "blockId" in to:
                edge["to"]["stepId"] = to["blockId"]
    return json.dumps(bot).encode()


def talked(flow: Flow, *deeds: str) -> list[list[str]]:
    [start] = [id for id, block in flow.blocks.items() if isinstance(block, GetStarted)]
    body = '{"pairs": [{"name": "blue ones"}]}'
    return begin(flow, start, *deeds, answers=answered("webhook", body))


WELCOME = [
    "Hi !\nLook: our shop (https://example.com)",
    "https://example.com/shoe.gif",
    "What are you looking for?",
]


@pytest.mark.parametrize("content", [QUIZ, older(5), older(3), older(1)], ids=["6", "5", "3", "1"])
def test_every_version_talks_alike(content):
    assert formats.recognised(content) is TYPEBOT
    flow = flow_of(content)
    assert talked(flow, "Sneakers", "big", "44") == [
        WELCOME,
        ["Which size?"],
        ["A number, please."],
        ["Size 44, or 45.", "We have blue ones."],
    ]
    small = ["Small ones are sold out.", "Goodbye, .", "https://example.com/bye"]
    assert talked(flow, "sneakers", "39") == [WELCOME, ["Which size?"], small]
    assert talked(flow, "Boots for a very lo…") == [WELCOME, small]
    assert talked(flow, "Nothing") == [WELCOME, small[1:]]


@pytest.mark.parametrize(
    ("operator", "value", "fitting", "other"),
    [
        ("Greater or equal to", "42", "42", "41"),
        ("Less or equal to", "42", "42", "43"),
        ("Ends with", ".5", "42.5", "425"),
        ("Ends with", "{{Size}}", "42", None),
        ("Matches regex", "/^4[0-9]$/", "42", "423"),
        ("Matches regex", "^4", "42", "24"),
        ("Does not match regex", "^4", "24", "42"),
    ],
)
def test_sizes_are_compared(operator, value, fitting, other):
    bot = json.loads(QUIZ)
    [split] = [b for g in bot["groups"] for b in g["blocks"] if b["type"] == "Condition"]
    content = split["items"][0]["content"]
    content["comparisons"] = [
        {"id": "x", "variableId": "v3", "comparisonOperator": operator, "value": value}
    ]
    flow = flow_of(json.dumps(bot).encode())
    for size, holds in ((fitting, True), (other, False)):
        if size is not None:
            said = talked(flow, "Sneakers", size)[-1]
            assert said[0].startswith("Size ") is holds


def test_what_is_shortened_is_kept_whole():
    question = next(
        block.question
        for block in flow_of().blocks.values()
        if getattr(block, "question", None) and block.question.choices
    )
    assert question.choices[1].value == "Boots for a very long winter"


def test_a_bot_that_has_changed_since_is_known_by_its_id():
    bot = json.loads(QUIZ)
    bot["id"] = "cl1"
    first = flow_of(json.dumps(bot).encode())
    bot["groups"].append({"id": "more", "title": "More", "blocks": []})
    bot["groups"][-1]["blocks"] = [{"id": "more-1", "type": "text", "content": {"richText": []}}]
    assert flow_of(json.dumps(bot).encode()).id == first.id


def test_what_comes_again_is_matched():
    here = Project.of(flow_of())
    again = TYPEBOT.read(QUIZ, here, "bot")
    assert again.new == ()
    assert Fate.CREATED not in {item.fate for item in again.items}
    other = TYPEBOT.read(QUIZ.replace(b"?", b"!"), here, "bot")
    assert other.new == other.flows
    (bot,) = (item for item in other.items if str(item.kind) == "bot")
    assert "takes the place" in str(bot.why)


def test_what_is_not_the_same_is_said():
    items = imported().items
    by_fate = {fate: {i.where for i in items if i.fate is fate} for fate in Fate}
    assert by_fate[Fate.LOST] == {
        "/events/1",
        "/groups/1/blocks/3",
        "/groups/3/blocks/0",
        "/theme",
        "/settings",
    }
    assert by_fate[Fate.CHANGED] == {
        "/events/0",
        "/groups/0/blocks/3",
        "/groups/2/blocks/1",
        "/groups/2/blocks/5",
        "/groups/4/blocks/1",
    }
    assert all(i.why for i in items if i.fate in (Fate.CHANGED, Fate.LOST))


def test_every_part_is_accounted_for_once():
    bot = json.loads(QUIZ)
    expected = {""} | {
        f"/{name}/{n}"
        for name in ("events", "variables", "groups")
        for n, _ in enumerate(bot[name])
    }
    for number, group in enumerate(bot["groups"]):
        expected |= {f"/groups/{number}/blocks/{n}" for n, _ in enumerate(group["blocks"])}
    found = [i.where for i in imported().items if "comparisons" not in i.where]
    assert sorted(found) == sorted(expected | {"/theme", "/settings"})


def test_it_passes_the_checks_but_for_what_has_to_be_chosen():
    flow = flow_of()
    assert from_text(to_text(flow)) == flow
    errors = [f for f in check(Project.of(flow))[flow.id] if f.severity == "error"]
    assert [(f.block, f.field) for f in errors] == [("typebot-link", "flow")]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0", "0"),
        ("{{Score}} + 5", "{{ contact.score | plus: 5 }}"),
        ("{{Score}} * {{Rate}}", "{{ contact.score | times: contact.rate }}"),
        ('"Hello"', "Hello"),
        ("Dear {{Score}}", "Dear {{ contact.score }}"),
        ("{% if x %}", '{{ "{" }}% if x %}'),
        ("{{Score}}.toUpperCase()", None),
        ("Math.max(1, 2)", None),
        ("{{Score}} > 3 ? 'a' : 'b'", None),
    ],
)
def test_what_variables_are_set_to(expression, value):
    block = {
        "id": "b",
        "type": "Set variable",
        "options": {"variableId": "v", "expressionToEvaluate": expression},
    }
    bot = {
        "groups": [{"id": "g", "title": "G", "blocks": [block]}],
        "edges": [],
        "variables": [{"id": "v", "name": "Score"}],
    }
    found = imported(json.dumps(bot).encode())
    [made] = found.flows[0].blocks.values()
    assert getattr(made, "value", None) == value


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"edges": [], "steps": 1}, "no bot of Typebot"),
        ({"edges": 1, "groups": []}, "“edges” is not written as"),
        ({"edges": [], "groups": [{}]}, "“/groups/0” has no id"),
        (
            {"edges": [], "groups": [{"id": "g", "blocks": [{"id": "b"}, {"id": "b"}]}]},
            "the same id",
        ),
    ],
    ids=range(4),
)
def test_broken_bots_are_refused_in_one_sentence(content, said):
    with pytest.raises(Unreadable, match=said):
        imported(json.dumps(content).encode())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_changed_in_a_file_is_read_or_refused(data):
    changed = json.loads(QUIZ)
    place = data.draw(st.sampled_from(places(changed)[1:]))
    put(changed, place, data.draw(LEAVES))
    try:
        flow = flow_of(json.dumps(changed).encode())
    except Unreadable:
        return
    assert from_text(to_text(flow)) == flow


@pytest.mark.parametrize(("seconds", "told"), [("3", False), ("{{Pause}}", True), ("", False)])
def test_a_wait_whose_length_is_filled_in_is_told(seconds, told):
    block = {"id": "b", "type": "Wait", "options": {"secondsToWaitFor": seconds}}
    group = {"id": "g", "title": "G", "blocks": [block]}
    found = imported(json.dumps({"groups": [group], "edges": [], "variables": []}).encode())
    why = next(item.why for item in found.items if item.where == "/groups/0/blocks/0")
    assert bool(why) is told


def asked(type_: str, **options):
    """What becomes of one input with a text before it: the question, and why it is not the same."""
    said = {"id": "t", "type": "text", "content": {"plainText": "How was it?"}}
    block = {"id": "b", "type": type_, "options": options}
    group = {"id": "g", "title": "G", "blocks": [said, block]}
    found = imported(json.dumps({"groups": [group], "edges": [], "variables": []}).encode())
    [made] = found.flows[0].blocks.values()
    why = next(str(i.why or "") for i in found.items if i.where == "/groups/0/blocks/1")
    return made.elements[-1], why


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ({}, range(11)),
        ({"length": 5}, range(6)),
        ({"length": 5, "startsAt": 1}, range(1, 6)),
        ({"length": 5, "startsAt": 9}, range(6)),
        ({"length": 5, "buttonType": "Icons"}, range(1, 6)),
        ({"length": "many", "buttonType": "Numbers"}, range(11)),
    ],
)
def test_the_numbers_of_a_rating_are_those_that_people_saw(options, numbers):
    question, why = asked("rating input", **options)
    assert [choice.title for choice in question.choices] == [str(n) for n in numbers]
    assert (question.text, why) == ("How was it?", "")


def test_what_the_ends_of_a_rating_mean_is_said_in_the_question():
    question, _why = asked("rating input", labels={"left": "Bad", "right": "Good"}, length=3)
    assert question.text == "How was it?\n0: Bad, 3: Good"
    question, _why = asked("rating input", labels={"right": "Good"}, buttonType="Icons")
    assert question.text == "How was it?\n10: Good"


@pytest.mark.parametrize(
    ("type_", "options", "why"),
    [
        ("number input", {"min": 0}, "Any number is taken"),
        ("number input", {"labels": {"placeholder": "42"}}, ""),
        ("date input", {"max": "2030-01-01", "hasTime": True}, "Any day is taken"),
        ("date input", {"isRange": True}, "It asks for one day"),
        ("date input", {"hasTime": False, "isRange": False}, ""),
        ("file input", {"isMultipleAllowed": True}, "It takes one file"),
        ("file input", {"isRequired": False}, "It could be skipped there"),
        ("rating input", {"startsAt": "{{Least}}"}, "Its first number was filled in"),
    ],
)
def test_what_is_asked_more_of_an_answer_there_is_said(type_, options, why):
    assert asked(type_, **options)[1].startswith(why)
    assert bool(asked(type_, **options)[1]) is bool(why)
