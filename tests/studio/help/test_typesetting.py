import gc
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QImage,
    QPainter,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)

from otn_studio.studio.help.typesetting import INDENT, typeset
from otn_studio.studio.theme.theme import Choice, Theme

TWO_TABLES = """# Two tables

| a | b |
|---|---|
| 1 | 2 |

In between.

| c | d |
|---|---|
| 3 | 4 |
| 5 | 6 |
"""


def test_every_table_has_lines_and_a_head(qapp):
    document = _typeset(qapp, QTextDocument())
    tables = [one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable)]
    assert [(one.rows(), one.columns()) for one in tables] == [(2, 2), (3, 2)]
    solid = QTextFrameFormat.BorderStyle.BorderStyle_Solid
    assert all(one.format().borderStyle() == solid for one in tables)
    assert all(one.cellAt(0, 1).format().background().color().isValid() for one in tables)


def test_a_text_that_is_replaced_leaves_nothing_behind(qapp):
    document = QTextDocument()
    before = _frames()
    for _ in range(3):
        _typeset(qapp, document)
    assert _frames() == before


def test_numbers_and_bullets_stand_as_far_from_their_words(qapp):
    far = [_gap(_typeset(qapp, QTextDocument(), item)) for item in ("1. ||||||||", "* ||||||||")]
    assert min(far) >= 7
    assert abs(far[0] - far[1]) <= 2


def test_what_is_quoted_stands_as_far_in_as_lists_do(qapp):
    document = _typeset(qapp, QTextDocument(), "> Somebody said so")
    assert document.toPlainText() == "Somebody said so"
    quoted = document.begin().blockFormat()
    assert (quoted.leftMargin(), quoted.rightMargin()) == (INDENT, INDENT)


def _gap(document: QTextDocument) -> int:
    """How wide nothing stands between what a list puts before its words, and these."""
    image = QImage(400, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    white = image.pixel(0, 0)
    inked = [any(image.pixel(x, y) != white for y in range(100)) for x in range(400)]
    return max(len(list(run)) for is_inked, run in groupby(_within(inked)) if not is_inked)


def _within(inked: list[bool]) -> list[bool]:
    return inked[inked.index(True) : len(inked) - inked[::-1].index(True)]


def _typeset(qapp, document: QTextDocument, words: str = TWO_TABLES) -> QTextDocument:
    document.setMarkdown(words)
    typeset(document, Theme(qapp, Choice.LIGHT).roles, 600)
    return document


def _frames() -> int:
    return sum(isinstance(one, QTextFrame) for one in gc.get_objects())
