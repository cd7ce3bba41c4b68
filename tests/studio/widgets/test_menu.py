"""Menus are round, and what lies below them is seen beside their corners."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

from otn_studio.studio.widgets.menu import Menu, Popup


def corners(popup: QWidget) -> list[int]:
    """How much of each corner's pixel is covered."""
    popup.adjustSize()
    picture = popup.grab().toImage()
    right, bottom = picture.width() - 1, picture.height() - 1
    places = ((0, 0), (right, 0), (0, bottom), (right, bottom))
    return [picture.pixelColor(*place).alpha() for place in places]


@pytest.mark.usefixtures("theme")
def test_menus_and_those_in_them_are_seen_through_beside_their_round_corners(qtbot):
    menu = Menu()
    qtbot.addWidget(menu)
    menu.addAction("Copy")
    submenu = menu.addMenu("Color")
    submenu.addAction("Blue")
    assert corners(menu) == corners(submenu) == [0, 0, 0, 0]
    assert menu.grab().toImage().pixelColor(menu.rect().center()).alpha() == 255


@pytest.mark.usefixtures("theme")
def test_so_is_a_frame_that_opens_as_a_menu_does(qtbot):
    popup = Popup(None)
    qtbot.addWidget(popup)
    popup.setMinimumSize(80, 40)
    assert corners(popup) == [0, 0, 0, 0]
    assert popup.grab().toImage().pixelColor(popup.rect().center()).alpha() == 255


@pytest.mark.usefixtures("theme")
def test_what_opens_a_further_menu_says_so_at_its_end(qtbot, direction):
    menu = Menu()
    qtbot.addWidget(menu)
    menu.addMenu("Color")
    menu.addAction("Copy")
    menu.adjustSize()
    picture = menu.grab().toImage()
    further, other = (
        _inked_end(picture, menu.actionGeometry(one), direction) for one in menu.actions()
    )
    assert further > 10
    assert other == 0


def _inked_end(picture: QImage, row: QRect, direction: Qt.LayoutDirection) -> int:
    """How many pixels are not of the ground where a row ends."""
    is_left = direction is Qt.LayoutDirection.RightToLeft
    across = range(row.left(), row.left() + 22) if is_left else range(row.right() - 22, row.right())
    ground = picture.pixel(row.center().x(), row.top() + 1)
    places = ((x, y) for x in across for y in range(row.top() + 1, row.bottom()))
    return sum(picture.pixel(*place) != ground for place in places)


@pytest.mark.usefixtures("theme", "direction")
def test_one_that_a_button_opens_begins_where_the_button_does(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    button.move(400, 200)
    button.show()
    menu = Menu(button)
    menu.addAction("Something that is wider than its button")
    above, below = (_opened(menu, way) for way in (menu.open_above, menu.open_below))
    corner = button.mapToGlobal(QPoint())
    assert (above[1], below[0]) == (corner.y() - 1, corner.y() + button.height())
    edges = menu.geometry().left(), button.geometry().left()
    if button.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        edges = menu.geometry().right(), button.geometry().right()
    assert edges[0] == edges[1]


def _opened(menu: Menu, way) -> tuple[int, int]:
    """Its top and bottom on the screen."""
    menu.close()
    way(menu.parentWidget())
    return menu.geometry().top(), menu.geometry().bottom()
