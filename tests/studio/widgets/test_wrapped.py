"""Texts of several lines begin all at the same edge, and say what they were given."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from otn_studio.studio.widgets.look import text

HEBREW = "הבלוק הזה לא מחובר לשום דבר ולכן אף אחד לא יגיע אליו לעולם ולא יראה אותו"
ENGLISH = "Nothing leads to this block, so nobody will ever come to it, nor see it"
WIDTH = 200


@pytest.mark.usefixtures("theme")
def test_each_line_begins_at_the_edge(qtbot, direction):
    is_from_right = direction is Qt.LayoutDirection.RightToLeft
    label = text(HEBREW if is_from_right else ENGLISH, wraps=True)
    qtbot.addWidget(label)
    label.resize(WIDTH, label.heightForWidth(WIDTH))
    gaps = list(_gaps(label.grab().toImage(), label.fontMetrics().lineSpacing(), is_from_right))
    assert len(gaps) > 1
    assert max(gaps) - min(gaps) <= 2


def _gaps(image: QImage, line: int, is_from_right: bool):
    """How far from the edge each line begins to be inked."""
    ground = image.pixel(image.width() // 2, 0)
    across = range(image.width())
    across = reversed(across) if is_from_right else across
    across = list(across)
    for top in range(0, image.height() - line + 1, line):
        inked = [x for x in across if any(image.pixel(x, top + y) != ground for y in range(line))]
        yield across.index(inked[0])


@pytest.mark.usefixtures("theme", "direction")
@pytest.mark.parametrize("wraps", [True, False])
def test_what_looks_like_markup_is_said_as_it_is(qtbot, wraps):
    label = text('<b>5 < 6 & 7</b>\nsaid "Ann"', wraps=wraps)
    qtbot.addWidget(label)
    assert label.text() == '<b>5 < 6 & 7</b>\nsaid "Ann"'
    assert label.sizeHint().height() < 3 * label.fontMetrics().lineSpacing()
    narrow = text("5", wraps=wraps)
    qtbot.addWidget(narrow)
    assert label.sizeHint().width() > narrow.sizeHint().width() * 4


@pytest.mark.usefixtures("theme", "direction")
def test_blanks_that_people_put_are_kept(qtbot):
    wide, narrow = text("a" + 20 * " " + "b", wraps=True), text("a b", wraps=True)
    for label in (wide, narrow):
        qtbot.addWidget(label)
        label.resize(2 * WIDTH, label.heightForWidth(2 * WIDTH))
    assert _inked(wide) > _inked(narrow) + 50


def _inked(label: QLabel) -> int:
    """How far its ink reaches from side to side."""
    image = label.grab().toImage()
    ground, rows = image.pixel(image.width() // 2, 0), range(image.height())
    across = range(image.width())
    inked = [x for x in across if any(image.pixel(x, y) != ground for y in rows)]
    return inked[-1] - inked[0]
