import gc

from PySide6.QtGui import QTextDocument, QTextFrame, QTextFrameFormat, QTextTable

from otn_studio.studio.help.typesetting import typeset
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


def _typeset(qapp, document: QTextDocument) -> QTextDocument:
    document.setMarkdown(TWO_TABLES)
    typeset(document, Theme(qapp, Choice.LIGHT).roles, 600)
    return document


def _frames() -> int:
    return sum(isinstance(one, QTextFrame) for one in gc.get_objects())
