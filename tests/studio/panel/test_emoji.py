"""Emoji go into texts from a small popup."""

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.studio.panel.emoji import known
from otn_studio.studio.panel.emoji.chooser import EmojiChooser
from tests.builders import started

TEXT = "elements.0.text"


@pytest.fixture(autouse=True)
def _in_english():
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def here(stage):
    made = stage(started(SendMessage(elements=(Text(id="hi", text="Hi 🥑!"),))))
    made.select("it", TEXT)
    made.press(Qt.Key.Key_Home)
    made.press(Qt.Key.Key_Right)
    made.press(Qt.Key.Key_Right)
    return made


def opened(here) -> EmojiChooser:
    here.click(f"{TEXT} emoji")
    (popup,) = (one for one in here.panel.findChildren(EmojiChooser) if one.isVisible())
    return popup


def offered(popup) -> list[str]:
    grid = popup.findChild(QListWidget)
    return [grid.item(row).text() for row in range(grid.count())]


def search(here, popup, text: str) -> QLineEdit:
    line = popup.findChild(QLineEdit)
    here.qtbot.keyClicks(line, text)
    return line


def choose(here, popup, emoji: str) -> None:
    grid = popup.findChild(QListWidget)
    item = next(grid.item(row) for row in range(grid.count()) if grid.item(row).text() == emoji)
    grid.scrollToItem(item)
    place = grid.visualItemRect(item).center()
    here.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_press_puts_it_in_at_the_cursor_and_one_writes_on(here):
    popup = opened(here)
    choose(here, popup, "🎉")
    assert here.block().elements[0].text == "Hi🎉 🥑!"
    assert here.undo_says() == "Insert 🎉"
    assert not popup.isVisible()
    here.find(TEXT).setFocus()
    here.type("!")
    assert here.block().elements[0].text == "Hi🎉! 🥑!"
    here.document.undo()
    here.document.undo()
    assert here.block().elements[0].text == "Hi 🥑!"


def test_what_is_searched_for_is_found_by_name_and_taken_with_enter(here):
    popup = opened(here)
    line = search(here, popup, "party pop")
    assert offered(popup) == ["🎉"]
    here.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert here.block().elements[0].text == "Hi🎉 🥑!"


def test_the_arrow_leads_from_the_search_into_what_was_found(here):
    popup = opened(here)
    line = search(here, popup, "heart")
    here.qtbot.keyClick(line, Qt.Key.Key_Down)
    grid = popup.findChild(QListWidget)
    here.qtbot.keyClick(grid, Qt.Key.Key_Right)
    second = offered(popup)[1]
    here.qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert here.block().elements[0].text == f"Hi{second} 🥑!"


def test_names_of_the_language_are_found_too(here):
    QLocale.setDefault(QLocale("de"))
    popup = opened(here)
    search(here, popup, "konfettibombe")
    assert offered(popup) == ["🎉"]


def test_where_none_is_called_so_it_says_so_and_enter_changes_nothing(here):
    popup = opened(here)
    none = popup.findChild(QLabel, "emoji none")
    assert not none.isVisible()
    line = search(here, popup, "xyzzy")
    assert offered(popup) == []
    assert none.isVisible()
    assert none.mapTo(popup, QPoint()).y() < popup.height() // 3
    here.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert here.block().elements[0].text == "Hi 🥑!"
    popup.close()


def test_recent_ones_come_first_then_those_of_the_flow(here):
    choose(here, opened(here), "🎉")
    choose(here, opened(here), "🙏")
    assert offered(opened(here))[:4] == ["🙏", "🎉", "🥑", "😀"]


def test_a_group_leads_to_its_first(here):
    popup = opened(here)
    here.qtbot.mouseClick(popup.findChild(object, "emoji group 3"), Qt.MouseButton.LeftButton)
    assert popup.findChild(QListWidget).currentItem().text() == known.GROUPS[3].emoji[0]


def test_escape_closes_it_and_changes_nothing(here):
    popup = opened(here)
    here.qtbot.keyClick(popup.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert here.block().elements[0].text == "Hi 🥑!"


def test_it_stays_on_the_screen(here):
    popup = opened(here)
    screen = QApplication.primaryScreen().availableGeometry()
    assert screen.contains(popup.geometry())
    popup.close()


def test_texts_that_nobody_of_the_page_reads_offer_none(stage):
    here = stage(started(SetField(field="size", value="42")))
    here.select("it", "value")
    assert here.has("value insert")
    assert not here.has("value emoji")


def test_each_of_the_usual_ones_is_known_and_stands_there_once():
    usual = [one for group in known.GROUPS for one in group.emoji]
    assert len(usual) == len(set(usual))
    assert all(known.name(one) != one for one in usual)
