from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.block import Role
from otn_studio.blocks.comparing import Operator, compare
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.testing import TimeTest, TopicTest, WindowTest
from otn_studio.blocks.turn import Contact, Go, PageFacts, Turn
from tests.builders import NOW, a_turn

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
        ("I can’t", "is", "i can't", True),
        ("I can't come", "contains", "“can’t”", False),
        ("dark blue", "contains", "BLUE", True),
        ("dark", "contains", "blue", False),
        ("dark", "contains", "", True),
        ("Ja, gern!", "has_words", "ja", True),
        ("know", "has_words", "no", False),
        ("", "has_words", "no", False),
        ("It is AB-123, please", "has_pattern", "ab-[0-9]+", True),
        ("It is AB-123, please", "has_pattern", "^[a-z]+-[0-9]+$", False),
        (" AB-123 ", "has_pattern", " ^ab-[0-9]+$ ", True),
        ("10969\nBerlin", "has_pattern", "^berlin$", True),
        ("(", "has_pattern", "(", False),
        ("", "has_pattern", "^$", True),
        ("Call +49 30 901820!", "has_phone", "", True),
        ("Call 030 901820!", "has_phone", "", False),
        ("", "has_phone", "", False),
        ("Mail to Ann.Lee+shop@example.co.uk.", "has_email", "", True),
        ("Seen @home, at 8", "has_email", "", False),
        ("so: HTTPS://example.com/42", "has_link", "", True),
        ("www.example.com", "has_link", "", True),
        ("www or https", "has_link", "", False),
        ("Order 66", "starts_with", "order", True),
        ("orders", "starts_with", "order", False),
        ("my order", "starts_with", "order", False),
        ("18", "at_least", "18", True),
        ("17.9", "at_least", "18", False),
        ("", "at_least", "18", False),
        ("18.0", "at_most", "18", True),
        ("many", "at_most", "18", False),
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
        ("1e999999", "more_than", "1", False),
        ("2026-12-24", "after", "2026-12-23 23:59", True),
        ("24.12.2026", "before", "2026-12-24 00:01", True),
        ("soon", "before", "2026-12-24", False),
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
    assert test.holds(a_turn(size=found)) is holds


@pytest.mark.parametrize(
    ("type", "found", "operator", "wanted", "holds"),
    [
        ("number", "42", "is", "42.0", True),
        ("number", "many", "is", "many", False),
        ("number", "many", "is_not", "many", True),
        ("number", "9", "after", "10", False),
        ("date", "2026-12-24", "is", "24.12.2026", True),
        ("date", "2026-12-24", "more_than", "2026-12-23", True),
        ("date", "2026-12-24", "contains", "12-2", True),
        ("time", "09:30", "before", "9:31", True),
        ("date_time", "2026-12-24T09:30:00Z", "after", "2026-12-24", True),
        ("date_time", "2026-12-24T09:30:00Z", "is", "2026-12-24 9:30", True),
        ("yes_no", "yes", "is", "TRUE", True),
        ("yes_no", "", "is", "no", False),
        ("yes_no", "", "is_not", "no", True),
    ],
)
def test_a_field_is_compared_as_what_it_is(type, found, operator, wanted, holds):
    test = FieldTest(field="size", operator=operator, value=wanted)
    typed = replace(a_turn(size=found), fields={"size": Field("Size", FieldType(type))})
    assert test.holds(typed) is holds


@pytest.mark.parametrize(("country", "holds"), [("DE", True), ("", False)])
def test_a_telephone_number_without_a_country_is_one_of_the_pages_country(country, holds):
    turn = replace(a_turn(size="030 901820"), page=PageFacts(country=country))
    assert FieldTest(field="size", operator="has_phone").holds(turn) is holds


@pytest.mark.parametrize("operator", Operator)
def test_a_field_that_the_contact_does_not_have_is_an_empty_one(operator):
    test = FieldTest(field="size", operator=operator, value="42")
    nobody, cleared, empty = (
        Contact("ann", fields) for fields in ({}, {"size": None}, {"size": ""})
    )
    assert len({test.holds(Turn(NOW, contact)) for contact in (nobody, cleared, empty)}) == 1


@given(st.sampled_from(Operator), st.text(), st.text())
def test_every_comparison_has_an_answer_for_any_two_texts(operator, found, wanted):
    for type in FieldType:
        assert compare(operator, found, wanted, type, UTC) in (True, False)


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
    assert TagTest(tag="vip", has=has).holds(a_turn(*tags)) is holds


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


@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize("several", [True, False])
def test_what_the_moment_says_is_told_of_those_who_go_a_way(match, several):
    tests = [WindowTest(), TopicTest(topic="shoes"), *([YES] if several else [])]
    effect = Condition(match=match, tests=tests).effect()
    assert effect.momentary
    assert dict(effect.window) == ({"yes": True} if match == "all" else {"no": False})
    assert dict(effect.holds) == ({"yes": "shoes"} if match == "all" else {})


def test_a_single_test_says_something_of_both_ways():
    assert dict(Condition(tests=[WindowTest(open=False)]).effect().window) == {
        "yes": False,
        "no": True,
    }


@pytest.mark.parametrize(
    ("test", "codes"),
    [
        (FieldTest(field="size", value="many"), ["value_of_another_type"]),
        (FieldTest(field="size", value="42"), []),
        (FieldTest(field="size", operator="contains", value="many"), []),
        (FieldTest(field="size", value="{{ contact.other }}"), []),
        (FieldTest(field="mood", operator="before", value="soon"), ["value_of_another_type"]),
        (FieldTest(field="mood", operator="more_than", value="few"), ["value_of_another_type"]),
        (FieldTest(field="mood", value="good"), []),
        (FieldTest(field="mood"), ["no_value"]),
        (FieldTest(field="mood", operator="has_phone"), []),
        (FieldTest(field="mood", operator="has_pattern"), ["no_value"]),
        (FieldTest(field="size", operator="has_pattern", value="^[0-9]+$"), []),
        (FieldTest(field="mood", operator="has_pattern", value="(a"), ["broken_pattern"]),
        (FieldTest(field="mood", operator="has_pattern", value="({{ contact.x }}"), []),
        (FieldTest(field="mood", operator="has_pattern", value="a+", example="Aaa"), []),
        (
            FieldTest(field="mood", operator="has_pattern", value="a+", example="b"),
            ["example_does_not_fit"],
        ),
        (TimeTest(begins="09:00", ends="09:00"), ["no_time"]),
        (TimeTest(), []),
    ],
)
def test_values_that_can_not_be_compared_are_found(test, codes):
    fields = {"size": Field("Size", FieldType.NUMBER), "mood": Field("Mood")}
    assert [f.code for f in Condition(tests=[test]).findings(Lookup(fields=fields))] == codes
