"""Texts hug their words and break them only where they must."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from otn_studio.studio.phone.laid_text import LaidText
from otn_studio.studio.theme import type

pytestmark = pytest.mark.usefixtures("theme")


def laid(text, width=200):
    return LaidText(text, type.font(), width).size


def test_a_short_text_is_as_wide_as_its_words():
    short, long = laid("Hi"), laid("Hi there, Ann")
    assert short.width() < long.width() < 200
    assert short.height() == long.height()


def test_a_long_text_takes_lines():
    text = "The blue sneakers usually come back within a few weeks, in every size."
    assert laid(text).width() <= 200
    assert laid(text).height() == 3 * laid("Hi").height()


def test_a_word_without_end_is_broken_within_the_width():
    assert laid("x" * 200).width() <= 200
    assert laid("x" * 200).height() > laid("Hi").height()


def test_lines_of_the_writer_stay():
    assert laid("One\nTwo\n\nFour").height() == 4 * laid("One").height()


def test_a_text_from_the_right_hugs_too():
    assert laid("שלום").width() < 100


def ink(text, line):
    """From where to where a line is written, in shares of the whole width."""
    made = LaidText(text, type.font(), 300)
    picture = QImage(made.size, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    made.paint(painter, QPointF(0, 0), QColor("black"))
    painter.end()
    high = picture.height() // 2
    rows = range(line * high, (line + 1) * high)
    columns = range(picture.width())
    across = [x for x in columns if any(QColor(picture.pixel(x, y)).value() < 128 for y in rows)]
    return min(across) / picture.width(), max(across) / picture.width()


def test_lines_of_a_text_from_the_right_begin_at_the_right():
    assert ink("One two three four\nFive", 1)[0] < 0.1
    left, right = ink("שלום שלום שלום שלום\nאבג", 1)
    assert left > 0.5
    assert right > 0.9


def test_no_text_takes_one_line_at_most():
    assert laid("").width() == 0
    assert laid("").height() <= laid("Hi").height()
