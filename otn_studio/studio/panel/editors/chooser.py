"""A field in which one types to choose among named things, or to make a new one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea

from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.editors.suggestions import Suggestion, Suggestions
from otn_studio.studio.panel.place import Place

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Chooser(Editor):
    """What there is to choose, and what becomes of it, is said by the classes below.

    The value is an id, the field shows its name. What was typed and not taken is let go of again.
    """

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._line = QLineEdit()
        self.use(self._line)
        self.body.addWidget(self._line)
        self._list = Suggestions(self._line, place.tools.theme)
        self._list.taken.connect(self._take)
        self._line.destroyed.connect(self._list.deleteLater)
        self._line.textEdited.connect(self._typed)
        self._line.installEventFilter(self)
        self.watch(self._line)

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        """What fits what was typed, in the order in which it is offered."""
        raise NotImplementedError

    def name_of(self, id: str) -> str:
        raise NotImplementedError

    def choose(self, suggestion: Suggestion) -> None:
        """Make it the value."""
        raise NotImplementedError

    def refusal(self, text: str) -> str:
        """Why what was typed can't be a name; empty where it can."""
        return ""

    @property
    def is_open(self) -> bool:
        return not self._list.isHidden()

    @property
    def offers(self) -> Suggestions:
        """The list below the field."""
        return self._list

    def show_value(self, value: Any) -> None:
        name = self.name_of(value) if value else ""
        if not self._line.isModified() and name != self._line.text():
            self._line.setText(name)
            self._line.setCursorPosition(0)  # of a long name, its beginning is seen

    def hint(self, text: str) -> bool:
        self._line.setPlaceholderText(text)
        return True

    def open(self) -> None:
        """Offer what there is; all of it, as long as nothing was typed."""
        text = self._line.text() if self._line.isModified() else ""
        entries = self.suggestions(text)
        ids = [entry.id for entry in entries]
        value = self.place.value()
        current = ids.index(value) if not text and value in ids else 0
        self._list.open_with(entries, current)
        self.remarked.emit(self.refusal(text))

    def close_list(self) -> None:
        """Stop choosing: the field shows again what the value is."""
        self._list.hide()
        self._line.setModified(False)
        self.remarked.emit("")
        if self.place.is_there:
            self.show_value(self.place.value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.KeyPress:
                return self._key(event.key())
            case QEvent.Type.ShortcutOverride if self.is_open and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            case QEvent.Type.MouseButtonRelease if not self.is_open:
                self._line.selectAll()
                self.open()
            case QEvent.Type.FocusIn if _is_meant(event) and not self.place.value():
                self.open()
            case QEvent.Type.FocusOut if _is_meant(event):
                self._leave()
            case QEvent.Type.Hide:
                self._list.hide()
        return False

    def showEvent(self, event) -> None:
        super().showEvent(event)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            bar = area.verticalScrollBar()
            bar.valueChanged.connect(self._list.place, Qt.ConnectionType.UniqueConnection)

    def _key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self.is_open:
                self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.open()
            return True
        if not self.is_open:
            return False
        if key == Qt.Key.Key_Escape:
            self.close_list()
            self._line.selectAll()
            return True
        if key in _ENTER and self._list.current is not None:
            self._take(self._list.current)
            return True
        if key == Qt.Key.Key_Tab and self._line.isModified() and self._list.current is not None:
            self._take(self._list.current)
        return False

    def _typed(self) -> None:
        self._line.setModified(True)
        self.open()

    def _leave(self) -> None:
        if self._line.isModified() and not self._line.text().strip() and self.place.is_there:
            self.send("")
        self.close_list()

    def _take(self, suggestion: Suggestion) -> None:
        self._list.hide()
        self._line.setModified(False)
        if suggestion.is_new or suggestion.id != self.place.value():
            self.choose(suggestion)
        self.close_list()


def _is_meant(event: QEvent) -> bool:
    """Whether a person moved the focus, not another window or a menu."""
    reason = Qt.FocusReason
    return event.reason() not in (reason.ActiveWindowFocusReason, reason.PopupFocusReason)
