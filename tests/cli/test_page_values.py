"""The values of the Page: what flows set and ask for, and what is written by hand."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from otn_studio.blocks.actions.set_page_value import SetPageValue
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.words import Problem
from otn_studio.cli.services.page_values import StoredPageValues
from otn_studio.runtime.engine import Engine
from otn_studio.studio.services.page_values import ValueRow
from tests.builders import START, a_flow, say
from tests.runtime.far_end import PAGE, Shop

LEFT = Field("Pairs left", FieldType.NUMBER, of_page=True)
FLOW = replace(
    a_flow(
        {
            "start": START,
            "one_less": SetPageValue(field="left", value="{{ page.left | minus: 1 }}"),
            "say": say("{{ page.left }} left"),
        },
        "start > one_less",
        "one_less > say",
    ),
    fields={"left": LEFT, "until": Field("Until", FieldType.DATE_TIME, of_page=True)},
)


@pytest.fixture
def shop(tmp_path):
    shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}", Engine)
    yield shop
    shop.close()


@pytest.fixture
def values(shop):
    shop.publish(FLOW)
    return StoredPageValues(shop.database, PAGE, ZoneInfo("Europe/Berlin"))


def test_what_is_written_by_hand_is_what_flows_count_with_for_everybody(shop, values):
    values.set("left", "12,0")
    shop.write("hello")
    shop.write("hello", "ben")
    assert shop.far_end.texts() == ["11 left", "10 left"]
    assert values.all()[0] == ValueRow("left", "Pairs left", FieldType.NUMBER, "10", ("Shop",))


def test_a_value_is_shown_as_people_read_it_and_can_be_cleared(values):
    values.set("until", "24.12.2026, 18:30")
    assert [row.value for row in values.all()] == ["", "2026-12-24 18:30"]
    values.set("until", " ")
    assert [row.value for row in values.all()] == ["", ""]


def test_what_does_not_fit_is_refused(values):
    with pytest.raises(Problem, match=r"^“few” can’t be kept in “Pairs left”. Write a number.$"):
        values.set("left", "few")


def test_what_no_live_flow_knows_any_more_can_still_be_seen_and_cleared(values):
    values.set("gone", "old")
    assert values.all()[0] == ValueRow("gone", "gone", FieldType.TEXT, "old")
    values.set("gone", "")
    assert [row.key for row in values.all()] == ["left", "until"]
