"""Contents › Values of the Page: what holds for everybody, and can be written here."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from otn_studio.blocks.field import TYPE_WORDS
from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.page_values import PageValues, ValueRow
from otn_studio.studio.widgets.controls import discard
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _, shown

WIDTH = 560


class PageValuesCard(QFrame):
    """A line for each value; what is written is kept when one leaves the line or presses Enter."""

    def __init__(self, values: PageValues) -> None:
        super().__init__()
        self.setObjectName("page_values")
        look(self, "card")
        self.setMaximumWidth(WIDTH)
        self._values = values
        self._background = Background(self)
        self._rows: Sequence[ValueRow] = ()
        self._lines: dict[str, QLineEdit] = {}
        self._grid = QGridLayout()
        self._none = text(_("No live flow has a value of the Page."), "quiet", wraps=True)
        self._problem = text("", "error", wraps=True)
        self._problem.setObjectName("page_value_problem")
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(text(_("Values of the Page"), "heading"))
        about = _("They hold for everybody: flows ask for them, and can set them.")
        column.addWidget(text(about, "quiet", wraps=True))
        for part in (self._none, self._problem):
            column.addWidget(part)
        column.addLayout(self._grid)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        self._background.run(self._values.all, self._show, self._failed)

    def _show(self, rows: Sequence[ValueRow]) -> None:
        if [row.key for row in rows] != list(self._lines):
            self._build(rows)
        self._rows = rows
        self._none.setVisible(not rows)
        for row in rows:
            line = self._lines[row.key]
            if not line.isModified():
                line.setText(row.value)

    def _build(self, rows: Sequence[ValueRow]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            discard(item.widget())
        self._lines = {}
        for number, row in enumerate(rows):
            line = QLineEdit()
            line.setObjectName(f"page_value_{row.key}")
            line.setAccessibleName(row.name)
            line.setPlaceholderText(shown(TYPE_WORDS[row.type]))
            line.setToolTip(", ".join(row.flows))
            line.editingFinished.connect(lambda key=row.key: self._keep(key))
            self._grid.addWidget(text(row.name), number, 0)
            self._grid.addWidget(line, number, 1)
            self._lines[row.key] = line

    def _keep(self, key: str) -> None:
        line = self._lines[key]
        if not line.isModified():
            return
        line.setModified(False)
        value = line.text()
        self._background.run(lambda: self._values.set(key, value), self._is_kept, self._failed)

    def _is_kept(self, _done: object) -> None:
        self._problem.hide()
        self._look()

    def _failed(self, error: Exception) -> None:
        self._problem.setText(sentence(error))
        self._problem.show()
