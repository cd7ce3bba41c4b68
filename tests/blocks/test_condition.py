import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.block import Role
from otn_studio.blocks.logic.condition import COMPARISONS, Condition, FieldTest, Operator, TagTest
from otn_studio.blocks.turn import Contact, Go
from tests.builders import a_turn

YES = FieldTest(field="size", operator=Operator.IS_SET)
NO = FieldTest(field="gone", operator=Operator.IS_SET)


@pytest.mark.parametrize(
    ("found", "operator", "wanted", "holds"),
    [
        ("42", "is", "42", True),
        (" Straße ", "is", "STRASSE", True),
        ("42", "is", "42.0", False),
        ("", "is", "", True),
        ("42", "is_not", "41", True),
        ("Blue", "is_not", "blue", False),
        ("", "is_not", "41", True),
        ("dark blue", "contains", "BLUE", True),
        ("dark", "contains", "blue", False),
        ("dark", "contains", "", True),
        ("43", "more_than", "42", True),
        ("42", "more_than", "42", False),
        ("9", "more_than", "10", False),
        ("10", "more_than", "9", True),
        ("1,5", "more_than", "1.4", True),
        ("1.5", "less_than", "1,6", True),
        ("0.1", "less_than", "0.10", False),
        (" -3 ", "less_than", "2", True),
        ("٤٢", "more_than", "41", True),
        ("1e3", "more_than", "999", True),
        ("1e999999", "more_than", "1", True),
        ("1.000,5", "more_than", "1", False),
        ("many", "more_than", "1", False),
        ("many", "less_than", "1", False),
        ("42", "more_than", "few", False),
        ("", "less_than", "1", False),
        ("NaN", "more_than", "0", False),
        ("NaN", "less_than", "0", False),
        ("sNaN", "less_than", "0", False),
        ("inf", "more_than", "0", False),
        ("-Infinity", "less_than", "0", False),
        ("1", "less_than", "inf", False),
        ("1e99999999999999999999", "more_than", "0", False),
        ("0", "is_set", "", True),
        (" ", "is_set", "", True),
        ("", "is_set", "", False),
        ("", "is_not_set", "", True),
        ("0", "is_not_set", "", False),
    ],
)
def test_a_field_is_compared(found, operator, wanted, holds):
    test = FieldTest(field="size", operator=operator, value=wanted)
    assert test.holds(Contact("ann", {"size": found})) is holds


@pytest.mark.parametrize("operator", Operator)
def test_a_field_that_the_contact_does_not_have_is_an_empty_one(operator):
    test = FieldTest(field="size", operator=operator, value="42")
    nobody, cleared, empty = (
        Contact("ann", fields) for fields in ({}, {"size": None}, {"size": ""})
    )
    assert test.holds(nobody) == test.holds(cleared) == test.holds(empty)


@given(st.sampled_from(Operator), st.text(), st.text())
def test_every_comparison_has_an_answer_for_any_two_texts(operator, found, wanted):
    assert COMPARISONS[operator](found, wanted) in (True, False)


@pytest.mark.parametrize(
    ("tags", "has", "holds"),
    [
        (["VIP"], True, True),
        ([], True, False),
        (["vip "], False, False),
        (["VIPs"], False, True),
    ],
)
def test_a_tag_is_worn_or_not(tags, has, holds):
    assert TagTest(tag="vip", has=has).holds(Contact("ann", tags=frozenset(tags))) is holds


@pytest.mark.parametrize(
    ("match", "tests", "port"),
    [
        ("all", (YES, YES), "yes"),
        ("all", (YES, NO), "no"),
        ("any", (NO, YES), "yes"),
        ("any", (NO, NO), "no"),
        ("all", (), "yes"),
        ("any", (), "no"),
    ],
)
def test_all_or_any_of_the_tests_have_to_hold(match, tests, port):
    assert Condition(match=match, tests=tests).step(a_turn(size="42")).then == Go(port)


def test_its_ways_out_are_branches():
    assert [(p.id, p.role) for p in Condition().ports()] == [
        ("yes", Role.BRANCH),
        ("no", Role.BRANCH),
    ]
