"""What people come for, from the first press to the last, by what they can see and press."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from tests.studio.desk import Desk
from tests.studio.test_main_job import Maker

ENTER = Qt.Key.Key_Return


@pytest.fixture
def maker(desk):
    return Maker(desk)


@pytest.fixture
def fresh(qtbot, theme, tmp_path):
    """The window as it is before any flow was opened."""
    desk = Desk(qtbot, theme, tmp_path)
    yield desk
    desk.window.close()


def press_cell(desk: Desk, name: str, row: int, column: int) -> None:
    table = desk.find(name)
    assert isinstance(table, QTableView)
    place = table.visualRect(table.model().index(row, column)).center()
    desk.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_a_first_flow_from_a_template(fresh):
    desk = fresh
    desk.bot.waitUntil(lambda: _is_seen(desk, "open_sample_price-drop"))
    desk.press("open_sample_price-drop")
    (start,) = [id for id, b in desk.flow.blocks.items() if b.kind.name == "keyword"]
    desk.key(Qt.Key.Key_F)
    desk.click(desk.middle(start))
    desk.press("keywords.0")
    desk.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.bot.keyClicks(QApplication.focusWidget(), "bargain")
    assert desk.flow.blocks[start].keywords[0] == "bargain"
    desk.bot.waitUntil(lambda: not desk.window.builder.checker.findings)
    desk.press("publish")
    desk.bot.waitUntil(lambda: desk.publishing.published == [desk.flow])


def test_a_topic_from_the_overview_is_asked_for_in_a_flow(maker):
    desk = maker.desk
    desk.press("menu_contents")
    desk.press("new_topic")
    desk.type("new_topic_name", "Green sneakers")
    desk.press("add_topic")
    desk.bot.waitUntil(lambda: "Green sneakers" in {t.name for t in desk.topics.rows.values()})
    desk.window.activateWindow()  # as a window manager does once a dialog is closed
    desk.press("menu_flows")
    start = desk.add("someone writes")
    maker.fill("keywords.0", "green")
    asked = maker.follow(start, "next", 0, "otn")
    maker.fill("elements.0.topic", "green sneakers")
    desk.bot.keyClick(QApplication.focusWidget(), ENTER)
    maker.fill("elements.0.title", "Get told when they are back")
    (topic,) = desk.flow.topics
    assert desk.flow.topics[topic].name == "Green sneakers"
    assert topic in desk.topics.rows
    assert desk.flow.blocks[asked].elements[0].topic == topic


def test_a_finding_is_understood_and_repaired(maker):
    desk = maker.desk
    start = desk.add("someone writes")
    maker.fill("keywords.0", "hello")
    asked = maker.follow(start, "next", 0, "quick replies")
    maker.enter(0)
    maker.fill("elements.0.text", "Which size do you wear?")
    desk.press("elements.0.replies add")
    desk.bot.keyClicks(QApplication.focusWidget(), "Forty-one and a half, wide")
    desk.press("problems_toggle")
    desk.bot.waitUntil(lambda: any("20" in words for words in _problems(desk)))
    row = next(n for n, words in enumerate(_problems(desk)) if "20" in words)
    press_cell(desk, "problems", row, 0)
    assert desk.window.builder.selection.only == asked
    press_cell(desk, "problems", row, 2)
    (reply,) = desk.flow.blocks[asked].elements[0].replies
    assert len(reply.title) <= 20
    desk.bot.waitUntil(lambda: not any("20" in words for words in _problems(desk)))


def test_a_broadcast_is_counted_and_sent(fresh):
    desk = fresh
    desk.press("menu_broadcasts")
    desk.press("new_broadcast")
    desk.bot.waitUntil(desk.find("broadcast_next").isEnabled)
    desk.type("broadcast_text", "They are back!")
    desk.press("broadcast_next")
    desk.bot.waitUntil(lambda: desk.find("broadcast_next").text().startswith("Send to "))
    desk.press("broadcast_next")
    desk.bot.waitUntil(lambda: desk.find("broadcast_state").text() == "Sending")


def test_a_version_is_rolled_back(maker):
    desk = maker.desk
    start = desk.add("someone writes")
    maker.fill("keywords.0", "hello")
    maker.follow(start, "next", 0, "text")
    maker.element(0, text="Hi there")
    _publish(desk)
    desk.press("panel back") if _is_in_an_element(desk) else None
    maker.element(0, text=", and welcome")
    _publish(desk)
    desk.window.findChild(QAction, "action_versions").trigger()
    desk.bot.waitUntil(lambda: desk.find("versions").count() == 3)
    desk.find("versions").setCurrentRow(2)
    desk.press("go_back")
    desk.bot.waitUntil(lambda: desk.publishing.live_version(desk.flow.id) == 1)


def _is_seen(desk: Desk, name: str) -> bool:
    return any(w.isVisible() for w in desk.window.findChildren(QWidget, name))


def _problems(desk: Desk) -> list[str]:
    """Those that are listed."""
    table = desk.window.findChild(QTableView, "problems")
    model = table and table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())] if model else []


def _is_in_an_element(desk: Desk) -> bool:
    return desk.window.builder.selection.field.startswith("elements.")


def _publish(desk: Desk) -> None:
    count = len(desk.publishing.published)
    desk.bot.waitUntil(lambda: not desk.window.builder.checker.findings)
    desk.press("publish")
    desk.bot.waitUntil(lambda: len(desk.publishing.published) == count + 1)
