"""Where *Go to flow* leads: one of the Page's other live flows, by its name."""

import pytest
from PySide6.QtCore import Qt

from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.start.another_flow import AnotherFlow
from tests.builders import a_flow, say, started

ENTER = Qt.Key.Key_Return
SHOES = a_flow({"in": AnotherFlow(), "say": say()}, "in > say", id="shoes")
NEWS = started(say(), id="news")


@pytest.fixture
def here(stage):
    made = stage(started(GoToFlow()), NEWS, SHOES)
    made.select("it", "flow")
    return made


def test_those_that_can_be_come_to_stand_first(here):
    assert here.offers("flow") == ["Shoes", "News no start “Another flow”"]


def test_it_is_chosen_by_its_name_and_kept_by_its_id(here):
    here.type("sho")
    here.press(ENTER)
    assert here.block().flow == "shoes"
    assert here.find("flow").text() == "Shoes"
    assert here.undo_says() == "Choose flow “Shoes”"
    here.wait(lambda: not here.said_beside("flow"))


def test_a_flow_that_can_not_be_come_to_is_told_beside_the_field(here):
    here.type("news")
    here.press(ENTER)
    here.wait(lambda: here.said_beside("flow")[0].startswith("“News” has no start"))


def test_where_no_other_flow_is_live_it_says_so(stage):
    here = stage(started(GoToFlow()))
    here.select("it", "flow")
    assert here.said_beside("flow")[-1].startswith("No other flow is published yet.")


def test_a_flow_that_was_taken_back_is_told(stage):
    here = stage(started(GoToFlow(flow="gone")))
    here.select()
    assert here.find("flow").text() == "A flow that is gone"


def test_flows_that_are_published_meanwhile_are_there_after_asking_again(here):
    here.publishing.flows.append(a_flow({"in": AnotherFlow()}, id="hats"))
    here.checker.others.refresh()
    here.wait(lambda: here.offers("flow")[0] == "Hats")
