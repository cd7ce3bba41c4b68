"""Our conditions as splits of RapidPro."""

from dataclasses import dataclass, replace
from typing import Final

from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.field import FieldType
from otn_studio.blocks.logic.condition import Condition, TagTest
from otn_studio.blocks.patterns import LINK
from otn_studio.blocks.testing import ConditionTest
from otn_studio.blocks.testing_fields import FieldTest
from otn_studio.blocks.words import Words
from otn_studio.exchange.rapidpro.cases import words_in
from otn_studio.exchange.rapidpro.paper import Paper
from otn_studio.exchange.rapidpro.templates import known_as

TESTS: Final = {
    Operator.HAS_WORDS: "has_phrase",
    Operator.CONTAINS: "has_phrase",
    Operator.STARTS_WITH: "has_beginning",
    Operator.MORE_THAN: "has_number_gt",
    Operator.LESS_THAN: "has_number_lt",
    Operator.AT_LEAST: "has_number_gte",
    Operator.AT_MOST: "has_number_lte",
    Operator.AFTER: "has_date_gt",
    Operator.BEFORE: "has_date_lt",
    Operator.HAS_PATTERN: "has_pattern",
}
ALONE: Final = {
    Operator.IS_SET: "has_text",
    Operator.HAS_PHONE: "has_phone",
    Operator.HAS_EMAIL: "has_email",
}
"""Tests that compare with nothing."""
NOT: Final = {Operator.IS_NOT: Operator.IS, Operator.IS_NOT_SET: Operator.IS_SET}
WHOLE_WORDS: Final = Words("RapidPro looks for whole words.")
NO_SUCH_TEST: Final = Words("RapidPro has no such test, so it counts as not so.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A test as RapidPro asks it: what it looks at, how, and whether that has to be so."""

    operand: str
    kind: str
    cases: tuple[tuple[str, list[str], int], ...]
    is_so: bool = True


def condition(paper: Paper, id: str, block: Condition) -> None:
    """A split for each test, one after the other; one for all where that says the same."""
    yes, no = paper.after(id, "yes"), paper.after(id, "no")
    is_all, asked = block.match == "all", [_asked(paper, test) for test in block.tests]
    if not is_all:
        asked = _together(asked)
    for number, one in enumerate(asked):
        node = paper.entry(id) if number == 0 else paper.id("test", id, str(number))
        is_last = number == len(asked) - 1
        onwards = None if is_last else paper.id("test", id, str(number + 1))
        holds = (onwards or yes) if is_all else yes
        fails = no if is_all else (onwards or no)
        if not one.is_so:
            holds, fails = fails, holds
        ways = [(block.title or "Yes", holds), ("No", fails)]
        paper.split(node or "", one.kind, ways, list(one.cases), operand=one.operand)
    if not asked:
        paper.step(paper.entry(id) or "", [], yes if is_all else no)


def _together(asked: list[Asked]) -> list[Asked]:
    """Tests of the same thing, any of which has to be so, as one."""
    same = {(one.operand, one.kind) for one in asked}
    if len(same) != 1 or not all(one.is_so for one in asked):
        return asked
    cases = tuple(case for one in asked for case in one.cases)
    return [replace(asked[0], cases=cases)]


def _asked(paper: Paper, test: ConditionTest) -> Asked:
    match test:
        case TagTest(tag=tag, has=has):
            group = paper.group(tag)
            case = ("has_group", [group["uuid"], group["name"]], 0)
            return Asked("@contact.groups", "split_by_groups", (case,), has)
        case FieldTest():
            field = paper.flow.fields.get(test.field)
            operand = f"@{known_as(test.field, bool(field and field.of_page))}"
            cases = tuple(_of_field(paper, test))
            return Asked(operand, "split_by_contact_field", cases, test.operator not in NOT)
    paper.note(NO_SUCH_TEST)
    return Asked('@("")', "split_by_expression", ())


def _of_field(paper: Paper, test: FieldTest) -> list[tuple[str, list[str], int]]:
    operator, value = NOT.get(test.operator, test.operator), paper.text(test.value)
    if operator in ALONE:
        return [(ALONE[operator], [], 0)]
    if operator is Operator.HAS_LINK:
        return [("has_pattern", [LINK], 0)]
    if operator is Operator.IS:
        return [_is(paper, test.field, value)]
    if operator is Operator.CONTAINS:
        paper.note(WHOLE_WORDS)
    return [(TESTS[operator], [value], 0)]


def _is(paper: Paper, key: str, value: str) -> tuple[str, list[str], int]:
    field = paper.flow.fields.get(key)
    match field.type if field else FieldType.TEXT:
        case FieldType.NUMBER:
            return "has_number_eq", [value], 0
        case FieldType.DATE | FieldType.DATE_TIME:
            return "has_date_eq", [value], 0
    return ("has_only_phrase" if words_in(value) else "has_only_text"), [value], 0
