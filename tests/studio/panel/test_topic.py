"""The topic chooser: what there is, what can be made, and who is told."""

import pytest
from PySide6.QtCore import QPoint, Qt

from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import SetTopic
from otn_studio.flow.document import Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, Rules
from otn_studio.studio.panel.shelf import Shelf
from tests.builders import a_flow, ask, ask_weekly, say, started

DOWN, ENTER, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def here(stage):
    made = stage(a_flow({"it": Announced(), "say": say()}, "it > say"))
    made.select("it", "topic")
    return made


def name_in(here) -> str:
    return here.find("topic").text()


def test_an_empty_field_offers_all_topics_with_who_waits(here):
    assert here.offers("topic") == [
        "Boots One-time · 12 permissions",
        "Boots, kids One-time · 0 permissions",
        "Shoes One-time · 1,218 permissions",
    ]


def test_a_new_name_can_be_created_and_stands_first(here):
    here.type("Boots 43")
    assert here.offers("topic") == [
        "+ Create topic “Boots 43”",
        "Boots One-time · 12 permissions",
        "Boots, kids One-time · 0 permissions",
    ]


def test_names_compare_without_regard_to_case(here):
    here.type("BOOTS")
    assert here.offers("topic") == [
        "Boots One-time · 12 permissions",
        "Boots, kids One-time · 0 permissions",
    ]


def test_a_topic_is_created_on_the_spot_in_the_flow_and_on_the_page(here):
    here.type("Blue  sneakers 43 ")
    here.press(ENTER)
    id = here.block().topic
    assert here.flow.topics[id].name == "Blue sneakers 43"
    assert id.startswith("blue-sneakers-43-")
    assert name_in(here) == "Blue sneakers 43"
    assert here.undo_says() == "Create topic “Blue sneakers 43”"
    here.wait(lambda: here.page.names.get(id) == "Blue sneakers 43")


def test_undo_takes_a_created_topic_out_of_the_flow_again(here):
    before = here.flow
    here.type("Hats")
    here.press(ENTER)
    here.document.undo()
    assert here.flow == before
    assert name_in(here) == ""


def test_an_existing_topic_is_chosen_by_arrows_and_enter(here):
    here.type("boots")
    here.press(DOWN)
    here.press(ENTER)
    assert here.block().topic == "boots-2"
    assert here.flow.topics["boots-2"].name == "Boots, kids"
    assert here.undo_says() == "Choose topic “Boots, kids”"
    here.document.undo()
    assert "boots-2" not in here.flow.topics


def test_a_topic_is_chosen_by_the_mouse(here):
    rows = here.find("topic suggestions")
    place = rows.visualItemRect(rows.item(2)).center()
    here.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert here.block().topic == "shoes"
    assert here.offers("topic") == []
    assert here.focus.objectName() == "topic"


def test_the_names_that_the_page_has_are_the_right_ones(stage):
    here = stage(a_flow({"it": Announced(topic="shoes")}, topics=("shoes", "own")))
    here.select()
    assert name_in(here) == "Shoes"
    here.click("topic")
    assert "Own One-time · only in this flow" in here.offers("topic")


def test_escape_leaves_everything_as_it_was(stage):
    here = stage(a_flow({"it": Announced(topic="shoes")}))
    here.select("it", "topic")
    before = here.flow
    here.type("zzz")
    here.press(ESCAPE)
    assert here.offers("topic") == []
    assert name_in(here) == "Shoes"
    assert here.flow is before
    assert here.selection.only == "it"


def test_leaving_with_half_a_name_makes_no_topic(here):
    here.type("Half a na")
    here.click("title")
    assert here.block().topic == ""
    assert name_in(here) == ""
    assert here.offers("topic") == []


def test_emptying_the_field_takes_the_topic_away(stage):
    here = stage(a_flow({"it": Announced(topic="shoes")}))
    here.click("flow name")
    here.select("it", "topic")
    here.focus.selectAll()
    here.press(Qt.Key.Key_Delete)
    here.click("title")
    assert here.block().topic == ""


def test_a_name_that_is_too_long_is_said_beside_the_field_and_not_offered(here):
    here.type("x" * 66)
    assert here.offers("topic") == []
    assert here.said_beside("topic")[-1] == (
        "A topic’s name has at most 65 characters; this one has 66."
    )
    here.press(ENTER)
    assert here.block().topic == ""
    here.press(Qt.Key.Key_Backspace)
    assert len(here.offers("topic")) == 1


def test_what_the_page_refuses_is_said_beside_the_field(here):
    here.page.refuses = "There is a topic “Hats” already."
    here.type("Hats")
    here.press(ENTER)
    here.wait(lambda: here.page.refuses in here.said_beside("topic"))


def test_topics_made_elsewhere_are_there_after_asking_again(here):
    here.page.names["new"] = "Newest"
    here.panel.refresh_topics()
    here.wait(lambda: "Newest One-time · 0 permissions" in here.offers("topic"))


def test_a_page_that_does_not_answer_leaves_the_flow_s_own_topics(here, monkeypatch):
    monkeypatch.setattr(here.page, "all", lambda: 1 / 0)
    here.panel.refresh_topics()
    here.type("sho")
    here.press(DOWN)
    here.press(ENTER)
    assert here.block().topic == "shoes"


def test_a_new_element_asks_for_its_topic_first(stage):
    here = stage(started(ask("", topic="")))
    here.select("it", "elements.0.topic")
    assert here.focus.objectName() == "elements.0.topic"
    assert here.offers("elements.0.topic")


def test_a_request_for_one_message_offers_and_makes_one_time_topics(stage):
    here = stage(started(ask("", topic="")))
    here.page.often["boots-1"] = Frequency.DAILY
    here.panel.refresh_topics()
    here.select("it", "elements.0.topic")
    here.wait(lambda: "Boots 12 permissions" not in here.offers("elements.0.topic"))
    here.type("b")
    assert here.offers("elements.0.topic") == [
        "+ Create topic “b”",
        "Boots, kids 0 permissions",
    ]
    here.press(ENTER)
    (made,) = [topic for id, topic in here.flow.topics.items() if id != "shoes"]
    assert made.frequency is None


@pytest.mark.parametrize(
    ("downs", "often"), [(0, Frequency.WEEKLY), (1, Frequency.DAILY), (2, Frequency.MONTHLY)]
)
def test_a_recurring_request_makes_recurring_topics_weekly_ones_by_default(stage, downs, often):
    here = stage(started(ask_weekly("", topic="")))
    here.select("it", "elements.0.topic")
    here.type("Deals")
    assert here.offers("elements.0.topic") == [
        "+ Create weekly topic “Deals”",
        "+ Create daily topic “Deals”",
        "+ Create monthly topic “Deals”",
    ]
    for _ in range(downs):
        here.press(DOWN)
    here.press(ENTER)
    id = here.block().elements[0].topic
    assert here.flow.topics[id].frequency is often
    here.wait(lambda: here.page.often.get(id) is often)


def test_a_recurring_topic_of_the_page_comes_into_the_flow_as_it_is(stage):
    here = stage(started(ask_weekly("", topic="")))
    here.page.often["boots-1"] = Frequency.MONTHLY
    here.panel.refresh_topics()
    here.wait(lambda: not here.panel.findChild(Shelf).is_asking)
    here.select("it", "elements.0.topic")
    assert here.offers("elements.0.topic") == ["Boots Monthly · 12 permissions"]
    here.press(ENTER)
    assert here.flow.topics["boots-1"].frequency is Frequency.MONTHLY


def test_what_can_be_stopped_is_recurring(stage):
    here = stage(a_flow({"it": Stopped()}, recurring={"news": Frequency.WEEKLY}))
    here.select("it", "topic")
    assert here.offers("topic") == ["News Weekly · only in this flow"]


def asked_again(here) -> str:
    """The line below the topic of a request."""
    label = here.find("elements.0.topic often")
    return label.text() if label.isVisible() else ""


@pytest.fixture
def request_for(stage):
    def show(frequency: Frequency, *, asks_again: bool = True):
        made = stage(a_flow({"it": ask_weekly("Our deals", "deals")}))
        topic = Topic("Deals", frequency, asks_again)
        made.document.do(SetTopic("deals", topic), Words("Set it"))
        made.select("it", "elements.0.topic")
        return made

    return show


@pytest.mark.parametrize(
    ("frequency", "months"),
    [(Frequency.DAILY, 6), (Frequency.WEEKLY, 9), (Frequency.MONTHLY, 12)],
)
def test_a_request_says_when_messenger_asks_again(request_for, frequency, months):
    said = f"Messenger asks again on the day before the {months} months end."
    assert asked_again(request_for(frequency)) == said


def test_a_request_says_that_messenger_does_not_ask_again(request_for):
    said = "The yes ends after 6 months, and Messenger does not ask again."
    assert asked_again(request_for(Frequency.DAILY, asks_again=False)) == said


def test_a_request_says_nothing_where_a_yes_never_ends(request_for):
    here = request_for(Frequency.WEEKLY)
    assert asked_again(here)
    here.publishing.rules = Rules(PROFILES["rn-2023"])
    here.checker.others.refresh()
    here.wait(lambda: not asked_again(here))
