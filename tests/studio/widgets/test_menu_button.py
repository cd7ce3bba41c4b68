"""The button that opens a menu: its words and its chevron stand apart, and as far from the edges."""

from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from otn_studio.studio.widgets.menu_button import MenuButton


def gaps(button: MenuButton) -> list[int]:
    """How wide the stretches are in which nothing stands, from left to right."""
    image = button.grab().toImage()
    middle = range(image.height() // 4, image.height() * 3 // 4)
    ground = image.pixel(6, image.height() // 2)
    empty = [all(image.pixel(x, y) == ground for y in middle) for x in range(2, image.width() - 2)]
    return [len(list(run)) for is_empty, run in groupby(empty) if is_empty]


@pytest.mark.parametrize("has_menu", [True, False], ids=["a menu", "one for the moment"])
def test_words_and_chevron_stand_apart(qtbot, theme, direction, has_menu):
    button = MenuButton(theme, "primary", QMenu() if has_menu else None, "on_accent")
    qtbot.addWidget(button)
    button.setText("|||||")
    button.adjustSize()
    left, *between, right = gaps(button)
    assert min(left, right) >= 8
    apart = between[-1] if direction is Qt.LayoutDirection.LeftToRight else between[0]
    assert apart >= 5
    assert abs(left - right) <= 5
