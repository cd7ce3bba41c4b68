"""Rows drawn by hand: what has no room in one line stands in two."""

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from otn_studio.studio.theme.type import font
from otn_studio.studio.widgets.rows import Cell
from otn_studio.studio.widgets.table import CalmTable

SENTENCE = "This message can only come when the 24 hours are over."


@pytest.fixture
def inked(qtbot, theme):
    """How many lines a sentence takes in a place of that width, by the rows of its ink."""
    table = CalmTable(theme, (0,))
    qtbot.addWidget(table)

    def lines_of(words: str, width: int) -> list[int]:
        picture = QImage(width, 40, QImage.Format.Format_ARGB32)
        picture.fill(0)
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 40)
        painter = QPainter(picture)
        cell = Cell(painter, option, table, theme.roles)
        cell.sentence(words, font(), "text", QRectF(option.rect))
        painter.end()
        return [y for y in range(40) if any(picture.pixelColor(x, y).alpha() for x in range(width))]

    return lines_of


def test_a_sentence_that_fits_stands_in_the_middle(inked):
    rows = inked(SENTENCE, 600)
    assert min(rows) > 10
    assert max(rows) < 30


def test_a_longer_one_stands_in_two_lines_within_its_row(inked):
    rows = inked(SENTENCE, 240)
    assert 0 < min(rows) < 10
    assert 30 < max(rows) < 39
