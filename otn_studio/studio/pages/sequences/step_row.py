"""One message of a new sequence: when it comes, and what it says."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from otn_studio.blocks.duration import Duration
from otn_studio.flow.sequence import Step
from otn_studio.policy import limits
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo, IconButton, NumberLine
from otn_studio.studio.widgets.look import mark, text
from otn_studio.studio.words import _

AT_ONCE = ""
WHEN_WIDTH = 220


class StepRow(QWidget):
    """``unwanted``: a person wants this message away."""

    unwanted = Signal()

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._title = text("", "label")
        self._unit = CalmCombo(theme)
        self._unit.setAccessibleName(_("When"))
        self._unit.setMinimumWidth(WHEN_WIDTH)
        self._unit.addItem(_("as soon as it may be sent"), AT_ONCE)
        self._unit.addItem(_("hours after the one before"), "hour")
        self._unit.addItem(_("days after the one before"), "day")
        self._amount = NumberLine(1, 365)
        self._amount.setAccessibleName(_("How many"))
        self._amount.show_number(1)
        self._amount.setFixedWidth(64)
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(_("Message"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(64)
        self._drop = IconButton(theme, "trash-2", _("Remove this message"))
        self._drop.clicked.connect(self.unwanted)
        self._unit.currentIndexChanged.connect(self._show_amount)
        self.setFocusProxy(self._text)
        self._lay_out()
        self.show_number(number)
        self._show_amount()

    def show_number(self, number: int) -> None:
        self._title.setText(_("Message {number}", number=number))
        for part, name in ((self._unit, "when"), (self._amount, "amount"), (self._text, "text")):
            part.setObjectName(f"step_{number}_{name}")
        self._drop.setObjectName(f"step_{number}_remove")

    def complaint(self) -> str:
        """What is missing, or wrong."""
        length = len(self._text.toPlainText().strip())
        wrong = ""
        if not length:
            wrong = _("A message is empty. Write it, or remove it.")
        elif length > limits.TEXT:
            wrong = _("A message has at most {limit} characters.", limit=limits.TEXT)
        elif self._unit.currentData() and not self._amount.hasAcceptableInput():
            wrong = _("Say after how many hours or days the message comes.")
        mark(self._text, bool(wrong))
        return wrong

    def step(self) -> Step:
        unit = self._unit.currentData()
        after = Duration(int(self._amount.text()), unit) if unit else None
        return Step(self._text.toPlainText().strip(), after)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._amount)
        head.addWidget(self._unit)
        head.addWidget(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._text)

    def _show_amount(self) -> None:
        self._amount.setVisible(self._unit.currentData() != AT_ONCE)
