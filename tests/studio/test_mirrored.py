"""From right to left everything stands on the other side, and the canvas as it is."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

from otn_studio import shipped
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Connect
from otn_studio.flow.reading import load
from otn_studio.studio import words
from otn_studio.studio.document.document import Document
from otn_studio.studio.phone.bubbles import Replies, Said
from otn_studio.studio.phone.phone import Phone
from otn_studio.studio.theme import icons, sides
from otn_studio.studio.widgets.look import text
from tests.studio.desk import Desk
from tests.studio.mirror import mirror


@pytest.fixture
def mirrored_desk(qapp, qtbot, theme, tmp_path):
    before = words._TRANSLATOR
    mirror(qapp)
    desk = Desk(qtbot, theme, tmp_path)
    desk.window.open(Document(load(shipped.path("flows/back-in-stock.json"))))
    theme.choose(theme.choice)
    yield desk
    desk.window.close()
    words._TRANSLATOR = before
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme.choose(theme.choice)


def left_of(desk, name: str) -> int:
    widget = desk.find(name)
    return widget.mapTo(desk.window, widget.rect().topLeft()).x()


def test_menu_and_panel_change_sides(mirrored_desk):
    assert left_of(mirrored_desk, "panel") < left_of(mirrored_desk, "canvas_view")
    assert left_of(mirrored_desk, "canvas_view") < left_of(mirrored_desk, "menu_flows")
    assert left_of(mirrored_desk, "publish") < left_of(mirrored_desk, "flow_menu")


def test_the_canvas_goes_on_from_left_to_right(mirrored_desk):
    plan = mirrored_desk.canvas.plan
    start = mirrored_desk.pixel(plan.boxes["start"].corner)
    asked = mirrored_desk.pixel(plan.boxes["ask"].corner)
    assert start.x() < asked.x()


def test_tools_stand_on_the_canvas_beside_the_menu(mirrored_desk):
    middle = mirrored_desk.canvas.width() / 2
    assert mirrored_desk.find("palette").x() > middle
    minus = mirrored_desk.find("zoom_out")
    within = minus.mapTo(mirrored_desk.canvas, minus.rect().topRight()).x()
    assert middle < within < mirrored_desk.canvas.width() - 8
    mirrored_desk.press("palette_message")
    menu = mirrored_desk.canvas.quick_add
    assert menu.geometry().right() < mirrored_desk.find("palette").geometry().center().x()


def test_a_block_is_found_where_it_is_seen(mirrored_desk):
    mirrored_desk.canvas.view.fit()
    mirrored_desk.click(mirrored_desk.middle("ask"))
    assert mirrored_desk.window.builder.selection.only == "ask"


def show(desk, *bubbles) -> Phone:
    """The phone beside the canvas with this on it."""
    phone = desk.window.builder.preview.phone
    phone.show_bubbles(bubbles)
    return phone


def test_on_the_phone_the_page_stands_at_the_right_and_the_person_at_the_left(mirrored_desk):
    phone = show(mirrored_desk, Said(text="Which size?"), Said(text="42", by_person=True))
    page, person = (part.geometry() for part in phone.parts)
    across = phone.parts[0].parentWidget().width()
    assert person.left() < across - person.right()
    assert page.left() > across - page.right()


def test_quick_replies_begin_at_the_right_and_go_on_to_the_left(mirrored_desk):
    phone = show(mirrored_desk, Replies(titles=tuple(f"Answer {n}" for n in range(9))))
    area = phone.parts[0].findChild(QScrollArea)
    pills = phone.parts[0].tappables()
    assert pills[0].x() > pills[1].x()

    def is_seen(pill) -> bool:
        return area.viewport().rect().contains(pill.mapTo(area.viewport(), pill.rect().center()))

    assert is_seen(pills[0])
    assert not is_seen(pills[-1])
    on = phone.parts[0].findChild(QAbstractButton, "replies.on")
    assert on.x() < area.width() / 2
    for _press in range(4):
        on.click()
    assert is_seen(pills[-1])
    assert not is_seen(pills[0])
    drag(area.widget(), pills[4], -200)
    assert not is_seen(pills[-1])


def drag(ground, pill, by: int) -> None:
    """Press beside a pill, and pull it along."""
    place = pill.geometry().center() + QPoint(pill.width() // 2 + 4, 0)
    QTest.mousePress(ground, Qt.MouseButton.LeftButton, pos=place)
    at = QPointF(ground.mapToGlobal(place + QPoint(by, 0)))
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(QEvent.Type.MouseMove, ground.mapFromGlobal(at), at, button, button, none)
    QApplication.sendEvent(ground, moved)
    QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=place)


def test_problems_begin_at_the_right(mirrored_desk, theme):
    """The sign for how bad it is has a colour of its own: where that is, the line begins."""
    desk = mirrored_desk
    desk.document.do(Connect("start", "next", None), Words("Disconnect"))
    desk.bot.waitUntil(lambda: bool(desk.window.builder.checker.findings))
    desk.press("problems_toggle")
    table = desk.find("problems")
    picture = table.viewport().grab().toImage()
    row = table.visualRect(table.model().index(0, 0))
    warning = QColor(theme.roles.warning)
    found = [
        x
        for x in range(row.left(), row.right())
        for y in range(row.top(), row.bottom())
        if picture.pixelColor(x, y) == warning
    ]
    assert min(found) > row.center().x()


def test_what_points_along_the_line_is_turned_and_nothing_else(mirrored_desk, monkeypatch):
    def tip(name: str) -> float:
        """How far to the right it is, half way down."""
        picture = icons.icon(name, "#000000").pixmap(QSize(64, 64)).toImage()
        inks = [picture.pixelColor(x, 32).alpha() for x in range(64)]
        return sum(x * ink for x, ink in enumerate(inks)) / sum(inks)

    turned = {name: tip(name) for name in ("chevron-left", "play")}
    monkeypatch.setattr(sides, "are_swapped", lambda: False)
    assert turned["chevron-left"] == pytest.approx(tip("chevron-right"), abs=1)
    assert turned["chevron-left"] > tip("chevron-left") + 8
    assert turned["play"] == tip("play")


def test_the_words_of_another_script_stand_where_lines_begin(mirrored_desk):
    """Latin names too, of which a label would make an island at the left."""
    label = text("Kicks & Co")
    assert label.alignment() & Qt.AlignmentFlag.AlignRight
    assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute


def test_titles_and_fields_of_the_panel_end_at_one_line(mirrored_desk):
    desk = mirrored_desk
    desk.window.builder.selection.select(["ask"])
    QApplication.processEvents()

    def right_of(widget) -> int:
        return widget.mapTo(desk.window, widget.rect().topRight()).x()

    assert right_of(desk.find("panel title")) == right_of(desk.find("title"))
