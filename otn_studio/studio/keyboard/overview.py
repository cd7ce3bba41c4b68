"""All keys at a glance, in a small window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.keyboard.known import Group, groups
from otn_studio.studio.theme import sides
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _

WIDTH, HEIGHT = 800, 480
GAP = 40


class KeyboardOverview(SmallDialog):
    """Two columns, which scroll where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "keyboard", _("Keyboard"), WIDTH)
        first, *others = groups()
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(sides.margins(0, 0, 12, 0))
        columns.setSpacing(GAP)
        last = others.pop()
        for found in ((first, last), others):
            column = QVBoxLayout()
            column.setSpacing(24)
            for group in found:
                column.addLayout(_table(group))
            column.addStretch(1)
            columns.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        scroll.setFixedHeight(min(HEIGHT, parent.height() - 160))
        self.column.addWidget(scroll)
        close = self.add_button("close", _("Close"), default=True)
        close.clicked.connect(self.accept)


def _table(group: Group) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(12)
    table.setVerticalSpacing(6)
    table.setColumnStretch(0, 1)
    table.addWidget(text(group.title, "label"), 0, 0, 1, 2)
    for row, known in enumerate(group.known, start=1):
        table.addWidget(text(known.words), row, 0)
        keys = QHBoxLayout()
        keys.setSpacing(4)
        keys.addStretch(1)
        for key in known.keys:
            keys.addWidget(_cap(key))
        table.addLayout(keys, row, 1)
    return table


def _cap(key: str) -> QLabel:
    cap = text(key)
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    look(cap, "key")
    return cap
