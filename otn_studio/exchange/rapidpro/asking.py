"""Our conditions as splits of RapidPro."""

from typing import Final

from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.field import FieldType
from otn_studio.blocks.logic.condition import Condition, TagTest
from otn_studio.blocks.testing import ConditionTest, FieldTest
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
}
NOT: Final = {Operator.IS_NOT: Operator.IS, Operator.IS_NOT_SET: Operator.IS_SET}
WHOLE_WORDS: Final = Words("RapidPro looks for whole words.")
NO_SUCH_TEST: Final = Words("RapidPro has no such test, so it counts as not so.")


def condition(paper: Paper, id: str, block: Condition) -> None:
    """A split for each test, one after the other."""
    yes, no = paper.after(id, "yes"), paper.after(id, "no")
    is_all = block.match == "all"
    last = len(block.tests) - 1
    for number, test in enumerate(block.tests):
        node = paper.entry(id) if number == 0 else paper.id("test", id, str(number))
        onwards = None if number == last else paper.id("test", id, str(number + 1))
        holds = (onwards or yes) if is_all else yes
        fails = no if is_all else (onwards or no)
        _test(paper, node or "", test, holds, fails, block.title)
    if not block.tests:
        paper.step(paper.entry(id) or "", [], yes if is_all else no)


def _test(
    paper: Paper, node: str, test: ConditionTest, holds: str | None, fails: str | None, title: str
) -> None:
    name = title or "Yes"
    match test:
        case TagTest(tag=tag, has=has):
            holds, fails = (holds, fails) if has else (fails, holds)
            group = paper.group(tag)
            cases = [("has_group", [group["uuid"], group["name"]], 0)]
            kind, operand = "split_by_groups", "@contact.groups"
        case FieldTest():
            if test.operator in NOT:
                holds, fails = fails, holds
            cases = _of_field(paper, test)
            field = paper.flow.fields.get(test.field)
            operand = f"@{known_as(test.field, bool(field and field.of_page))}"
            kind = "split_by_contact_field"
        case _:
            paper.note(NO_SUCH_TEST)
            cases, kind, operand = [], "split_by_expression", '@("")'
    paper.split(node, kind, [(name, holds), ("No", fails)], cases, operand=operand)


def _of_field(paper: Paper, test: FieldTest) -> list[tuple[str, list[str], int]]:
    operator, value = NOT.get(test.operator, test.operator), paper.text(test.value)
    if operator is Operator.IS_SET:
        return [("has_text", [], 0)]
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
