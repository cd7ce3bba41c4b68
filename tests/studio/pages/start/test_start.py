"""The start page: begin, open, or go on with one of the last."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget

from otn_studio import shipped
from otn_studio.studio.document.samples import all_samples
from otn_studio.studio.pages.start.gallery import FlowPicture, SampleCard
from otn_studio.studio.pages.start.page import StartPage
from otn_studio.studio.pages.start.recent import RecentFlows
from tests.studio.pages.fakes import NOW

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def recent(tmp_path):
    return RecentFlows(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def page(qtbot, theme, recent):
    page = StartPage(recent, theme, lambda: NOW)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def press(qtbot, page, name, place=0):
    qtbot.mouseClick(page.findChildren(QPushButton, name)[place], LEFT)


def words(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_a_new_flow_and_any_other_can_be_asked_for(page, qtbot):
    with qtbot.waitSignal(page.new_requested):
        press(qtbot, page, "new_flow")
    with qtbot.waitSignal(page.open_requested):
        press(qtbot, page, "open_flow_file")


def test_every_sample_is_one_press_away(page, qtbot):
    names = [path.stem for path in shipped.path("flows").glob("*.json")]
    qtbot.waitUntil(lambda: len(page.findChildren(SampleCard)) == len(names))
    for name in names:
        with qtbot.waitSignal(page.sample_requested) as asked:
            press(qtbot, page, f"open_sample_{name}")
        assert asked.args == [name]


def test_samples_are_called_as_their_flows_are():
    assert all(str(sample.title) == sample.flow.name for sample in all_samples())


def test_a_sample_shows_its_picture_its_name_and_what_it_is_good_for(page, qtbot):
    qtbot.waitUntil(lambda: bool(page.findChildren(SampleCard)))
    card = page.findChildren(SampleCard)[1]
    qtbot.waitUntil(card.isVisible)
    assert words(card) == [
        "Price drop",
        "Write once the price is what somebody wished for, and not before.",
    ]
    picture = card.findChild(FlowPicture).grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(0, 230, 2) for y in range(0, 100, 2)}
    roles = page._theme.roles
    assert {color.lower() for color in (roles.canvas, roles.start, roles.message)} <= colors
    with qtbot.waitSignal(page.sample_requested):
        qtbot.mouseClick(card.findChild(FlowPicture), LEFT)


def test_a_page_without_recent_flows_says_what_will_be_here(page):
    assert "Flows that you open will be listed here." in words(page)


def test_a_recent_flow_shows_where_and_when_and_opens_by_a_press(page, qtbot, recent, tmp_path):
    file = tmp_path / "shop" / "welcome.json"
    file.parent.mkdir()
    file.write_text("{}")
    recent.add(file, "Welcome", NOW - timedelta(days=40))
    qtbot.waitUntil(lambda: "Welcome" in words(page))
    assert str(file.parent) in words(page)
    assert "14 Oct 2026" in words(page)
    with qtbot.waitSignal(page.open_path) as opened:
        press(qtbot, page, "open_flow")
    assert opened.args == [file]


def test_a_recent_flow_opens_from_the_keyboard(page, qtbot, recent, tmp_path):
    (tmp_path / "a.json").write_text("{}")
    recent.add(tmp_path / "a.json", "A", NOW)
    row = page.findChild(QPushButton, "open_flow")
    row.setFocus()
    with qtbot.waitSignal(page.open_path):
        qtbot.keyClick(row, Qt.Key.Key_Space)


def test_a_file_that_is_gone_is_quiet_and_can_be_taken_out(page, qtbot, recent, tmp_path):
    recent.add(tmp_path / "gone.json", "Gone", NOW)
    qtbot.waitUntil(lambda: "not found" in words(page))
    assert not page.findChild(QPushButton, "open_flow").isEnabled()
    qtbot.mouseClick(page.findChild(QToolButton, "forget_flow"), LEFT)
    assert recent.all() == ()
    qtbot.waitUntil(lambda: "Gone" not in words(page))


def test_a_recent_flow_has_a_menu(page, qtbot, recent, tmp_path):
    (tmp_path / "a.json").write_text("{}")
    recent.add(tmp_path / "a.json", "A", NOW)
    row = page.findChild(QWidget, "recent_flow")
    place = row.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, row.mapToGlobal(place))
    QApplication.sendEvent(row, event)
    menu = row.findChild(QMenu, "row_menu")
    open_, forget = menu.actions()
    with qtbot.waitSignal(page.open_path) as opened:
        open_.trigger()
    assert opened.args == [tmp_path / "a.json"]
    menu.close()
    forget.trigger()
    assert recent.all() == ()


def test_the_cross_shows_while_the_row_is_pointed_at_or_focused(page, qtbot, recent, tmp_path):
    recent.add(tmp_path / "a.json", "A", NOW)
    qtbot.waitUntil(lambda: "not found" in words(page))
    cross = page.findChild(QToolButton, "forget_flow")

    def drawn():
        return cross.grab().toImage()

    page.findChild(QPushButton, "new_flow").setFocus()
    hidden = drawn()
    cross.setFocus()
    assert drawn() != hidden
    page.findChild(QPushButton, "new_flow").setFocus()
    assert drawn() == hidden
    qtbot.mouseMove(page.findChild(QPushButton, "open_flow"), QPoint(5, 5))
    assert drawn() != hidden
