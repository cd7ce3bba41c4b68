"""Small windows have room for all that they say."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from otn_studio.studio.widgets.controls import CheckBox
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import text

WIDTH = 420
WORDS = "Everybody who said yes and has not been told yet gets it later. "


@pytest.fixture
def dialog(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def made(title: str, check: str) -> SmallDialog:
        dialog = SmallDialog(window, "dialog", title, WIDTH)
        parts = text(2 * WORDS, wraps=True), QLineEdit(), CheckBox(theme, check)
        for part in parts:
            dialog.column.addWidget(part)
        dialog.add_button("close", "Close")
        dialog.show()
        return dialog

    return made


def _parts(dialog: SmallDialog) -> list[QWidget]:
    return sorted(dialog.findChildren(QWidget), key=lambda part: part.y())


def test_wide_words_beside_a_tick_make_it_wider_and_nothing_lies_upon_another(dialog):
    wide = dialog("A title", 2 * WORDS)
    tick = wide.findChild(CheckBox)
    assert tick.width() >= tick.sizeHint().width()
    parts = _parts(wide)
    assert all(wide.rect().contains(part.geometry()) for part in parts)
    assert all(one.geometry().bottom() < next.y() for one, next in pairwise(parts))


def test_a_long_title_wraps_within_its_width(dialog):
    long, short = dialog(2 * WORDS, "Short"), dialog("A title", "Short")
    assert (long.width(), short.width()) == (WIDTH, WIDTH)
    assert long.height() > short.height()
