"""Send as: in the conversation, or by the permission for a topic."""

from PySide6.QtCore import Qt

from otn_studio.policy.calendar import Frequency
from tests.builders import say, started


def shows_topic(here) -> bool:
    return here.find("by_topic").isVisible()


def test_a_permission_is_chosen_with_its_topic(stage):
    here = stage(started(say()))
    here.select()
    assert not shows_topic(here)
    here.click("by_topic as 1")
    assert shows_topic(here)
    assert here.block().by_topic == ""
    here.type("shoes")
    here.press(Qt.Key.Key_Return)
    assert here.block().by_topic == "shoes"
    assert shows_topic(here)


def test_back_to_the_conversation_gives_the_topic_up(stage):
    here = stage(started(say().model_copy(update={"by_topic": "shoes"})))
    here.select()
    assert shows_topic(here)
    here.click("by_topic as 0")
    assert here.block().by_topic == ""
    assert not shows_topic(here)
    assert here.undo_says() == "Send in the conversation"
    here.document.undo()
    assert shows_topic(here)
    assert here.find("by_topic").text() == "Shoes"


def test_each_topic_says_how_often_it_may_be_used(stage):
    by_topic = say().model_copy(update={"by_topic": "shoes"})
    here = stage(started(by_topic, recurring={"news": Frequency.WEEKLY}))
    here.select()
    assert here.find("by_topic often").text() == "One yes is good for one message."
    here.click("by_topic")
    rows = here.find("by_topic suggestions")
    shown = [rows.item(row).data(Qt.ItemDataRole.UserRole) for row in range(rows.count())]
    assert [(one.text, one.note) for one in shown[2:]] == [
        ("News", "Weekly · only in this flow"),
        ("Shoes", "One-time · 1,218 permissions"),
    ]
    here.type("news")
    here.press(Qt.Key.Key_Return)
    assert here.find("by_topic often").text() == (
        "One yes is good for one message a week, until people stop it."
    )
