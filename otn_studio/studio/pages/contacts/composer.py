"""Writing to a person by hand."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

from otn_studio.policy import limits
from otn_studio.studio.pages.contacts import words
from otn_studio.studio.pages.contacts.person_watch import PersonWatch
from otn_studio.studio.services.people import Contacts
from otn_studio.studio.widgets.counted import Count
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _
from otn_studio.studio.written import time

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HEIGHT = 64


class Composer(QFrame):
    """Says until when the person can be answered, and takes what is to be written."""

    def __init__(self, contacts: Contacts, watch: PersonWatch, now: Callable[[], datetime]) -> None:
        super().__init__()
        look(self, "foot")
        self._contacts, self._watch, self._now = contacts, watch, now
        self._may = text("", "quiet", wraps=True)
        self._may.setObjectName("may_write")
        self._quiet = text("", "quiet", wraps=True)
        self._quiet.setObjectName("bot_is_quiet")
        self._text = _Field(self._send)
        self._text.setObjectName("by_hand")
        self._text.setAccessibleName(_("Message"))
        self._text.setPlaceholderText(_("Write by hand"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(HEIGHT)
        self._text.textChanged.connect(self._say)
        self._count = Count("by_hand_count", limits.TEXT)
        self._button = QPushButton(_("Send"))
        self._button.setObjectName("send_by_hand")
        look(self._button, "primary")
        self._button.clicked.connect(self._send)
        self._lay_out()
        self._for: int | None = None
        watch.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._may)
        column.addWidget(self._quiet)
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._button)
        column.addLayout(row)

    def _show(self) -> None:
        if self._watch.id != self._for:
            self._for = self._watch.id
            self._text.clear()
        person = self._watch.person
        said, may = words.may_write(person, self._now()) if person else ("", False)
        self._may.setText(said)
        until = person.quiet_until if person else None
        self._quiet.setVisible(until is not None)
        if until is not None:
            self._quiet.setText(_("The bot keeps quiet until {time}.", time=time(until)))
        for widget in (self._text, self._button, self._count):
            widget.setVisible(may)
        self._say()

    def _say(self) -> None:
        written = self._text.toPlainText()
        self._count.show_length(len(written))
        self._button.setEnabled(bool(written.strip()) and len(written) <= limits.TEXT)

    def _send(self) -> None:
        id, written = self._watch.id, self._text.toPlainText()
        if id is None or not self._button.isEnabled():
            return
        self._button.setEnabled(False)
        self._watch.do(lambda: self._contacts.write(id, written), self._sent)

    def _sent(self, _done: object) -> None:
        self._text.clear()


class _Field(QPlainTextEdit):
    """Enter sends, with Shift it begins a line."""

    def __init__(self, send: Callable[[], None]) -> None:
        super().__init__()
        self._send = send

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._send()
        else:
            super().keyPressEvent(event)
