"""The findings about fields, what they are compared with, and blocks that wait or split."""

from dataclasses import replace

import pytest

from otn_studio.blocks.actions.note import Note
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.set_page_value import SetPageValue
from otn_studio.blocks.block import Block
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.logic.condition import Condition, FieldTest, TimeTest
from otn_studio.blocks.logic.go_to_flow import GoToFlow, Result
from otn_studio.blocks.logic.random_split import RandomSplit, Way
from otn_studio.blocks.logic.wait_until_date import WaitUntilDate
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from tests.builders import START, a_flow, say, started
from tests.checks.cases import error, found, warning

FIELDS = {
    "age": Field("Age", FieldType.NUMBER),
    "born": Field("Born", FieldType.DATE),
    "left": Field("Left", FieldType.NUMBER, of_page=True),
}


def typed(block: Block) -> Flow:
    return replace(started(block), fields=FIELDS)


def asks(field: str, operator: Operator, value: str) -> Flow:
    return typed(Condition(tests=(FieldTest(field=field, operator=operator, value=value),)))


def split(*weights: int) -> Flow:
    ways = [Way(id=f"w{number}", weight=weight) for number, weight in enumerate(weights)]
    return typed(RandomSplit(ways=ways))


def going(*results: tuple[str, str]) -> Flow:
    ways = [Result(id=id, name=name) for id, name in results]
    return started(GoToFlow(flow="other", results=ways))


OTHER_TYPE = "value_of_another_type"
CASES = [
    error(OTHER_TYPE, asks("age", Operator.IS, "old"), asks("age", Operator.IS, "42"), "it",
          "tests.0.value"),
    error(OTHER_TYPE, asks("left", Operator.LESS_THAN, "few"), asks("left", Operator.LESS_THAN, "5"),
          "it", "tests.0.value"),
    error(OTHER_TYPE, asks("born", Operator.BEFORE, "May"), asks("born", Operator.BEFORE, "{{ now }}"),
          "it", "tests.0.value"),
    error(OTHER_TYPE, typed(SetField(field="age", value="old")),
          typed(SetField(field="age", value="{{ contact.age | plus: 1 }}")), "it", "value"),
    error(OTHER_TYPE, typed(SetPageValue(field="left", value="few")),
          typed(SetPageValue(field="left", value="")), "it", "value"),
    error("missing_field", typed(SetField(field="left", value="1")),
          typed(SetField(field="age", value="1")), "it", "field"),
    error("missing_page_field", typed(SetPageValue(field="age", value="1")),
          typed(SetPageValue(field="left", value="1")), "it", "field"),
    warning("unknown_page_field", typed(say("{{ page.age }}")), typed(say("{{ page.left }}")), "it",
            "elements.0.text"),
    error("no_time", typed(Condition(tests=[TimeTest(begins="09:00", ends="09:00")])),
          typed(Condition(tests=[TimeTest(begins="22:00", ends="06:00")])), "it", "tests.0.ends"),
    error("no_date", typed(WaitUntilDate(until="Christmas")),
          typed(WaitUntilDate(until="24.12.2026")), "it", "until"),
    error("no_shares", split(0, 0), split(0, 1), "it", "ways"),
    error("double_id", typed(RandomSplit(ways=[Way(id="a"), Way(id="a")])), split(1, 1), "it",
          "ways"),
    error("double_id", going(("a", "Yes"), ("a", "No")), going(("a", "Yes"), ("b", "No")), "it",
          "results"),
    error("result_twice", going(("a", "Yes"), ("b", "yes ")), going(("a", "Yes"), ("b", "No")), "it",
          "results.1.name"),
]  # fmt: skip


@pytest.mark.parametrize("connected", [True, False])
def test_nothing_need_lead_to_a_note(connected):
    blocks = {"start": START, "note": Note(text="Ask Ann"), "say": say()}
    arrows = ["start > note", "note > say"] if connected else ["start > say"]
    assert found(a_flow(blocks, *arrows)) == []


def test_a_field_holds_the_same_in_all_flows():
    one = replace(a_flow({"start": START, "say": say()}, "start > say"), fields=FIELDS)
    same = replace(one, id="same", fields={"age": Field("How old", FieldType.NUMBER)})
    other = replace(one, id="other", name="Other", fields={"age": Field("Age"), "x": Field("X")})
    assert check(Project.of(one, same))["shop"] == check(Project.of(one, same))["same"]
    [finding] = [f for f in check(Project.of(one, other))["shop"] if f.code != "same_start"]
    assert str(finding.words) == (
        "The field “Age” holds something else in the flow “Other”. Let it hold the same in both, or"
        " make a new one."
    )
    moved = replace(other, fields={"left": replace(FIELDS["left"], of_page=False)})
    codes = [f.code for f in check(Project.of(one, moved))["other"]]
    assert codes[0] == "field_of_two_types"
