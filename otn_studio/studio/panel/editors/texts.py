from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from otn_studio.blocks.finding import Finding
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets import controls
from otn_studio.studio.widgets.controls import IconButton, discard
from otn_studio.studio.words import _


class _Line(QWidget):
    """One text with its bin; the last line of the list is empty and waits for one more."""

    def __init__(self, texts: "Texts") -> None:
        super().__init__()
        self.input = QLineEdit()
        self.input.setPlaceholderText(_("Add one more"))
        self.bin = IconButton(texts.place.tools.theme, "x", _("Remove"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.input, 1)
        row.addWidget(self.bin)
        self.input.textEdited.connect(texts.send_lines)
        self.input.installEventFilter(texts)
        self.bin.clicked.connect(lambda: texts.remove(self))


class Texts(Editor):
    """Texts, one a line. Enter goes to the next, Backspace takes an empty one away."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._lines: list[_Line] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.body.addLayout(self._column)
        self.show_value(())

    def show_value(self, value: Any) -> None:
        self._have(len(value) + 1)
        for line, text in zip(self._lines, (*value, ""), strict=True):
            if line.input.text() != text:
                line.input.setText(text)
            line.bin.setVisible(line is not self._lines[-1])
        first = self._lines[-1].input if not value else None
        for line in self._lines:
            line.input.setPlaceholderText(_("Write one") if first else _("Add one more"))

    def mark(self, findings: list[Finding]) -> None:
        fields = {finding.field for finding in findings}
        whole = self.place.path in fields
        for index, line in enumerate(self._lines):
            here = paths.joined(self.place.path, index) in fields
            controls.set_look(line.input, "problem", here or (whole and index == 0))

    def stops(self):
        for line in self._lines:
            yield from (line.input, line.bin)

    def focus_on(self, field: str) -> None:
        step = field.removeprefix(f"{self.place.path}.")
        if step.isdigit():
            self._lines[min(int(step), len(self._lines) - 1)].input.setFocus()
        else:
            super().focus_on(field)

    def send_lines(self) -> None:
        texts = [line.input.text() for line in self._lines]
        self.send(tuple(texts if texts[-1] else texts[:-1]))

    def remove(self, line: _Line) -> None:
        index = self._lines.index(line)
        value = self.place.value()
        self.place.tools.document.end_merging()
        self.send((*value[:index], *value[index + 1 :]))
        self._lines[min(index, len(self._lines) - 1)].input.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        line = next((line for line in self._lines if line.input is watched), None)
        if line is None:
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._key(line, event)
        if event.type() == QEvent.Type.FocusOut:
            self._tidy()
        return False

    def _key(self, line: _Line, event) -> bool:
        index = self._lines.index(line)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._lines[min(index + 1, len(self._lines) - 1)].input.setFocus()
            return True
        if event.key() == Qt.Key.Key_Backspace and not line.input.text() and index:
            self._lines[index - 1].input.setFocus()
            return True
        return False

    def _tidy(self) -> None:
        """Lines that were left empty go away, as people expect of an empty line."""
        if self.isAncestorOf(QApplication.focusWidget()) or not self.place.is_there:
            return
        value = self.place.value()
        kept = tuple(text for text in value if text.strip())
        if kept != value:
            self.send(kept)

    def _have(self, count: int) -> None:
        while len(self._lines) < count:
            line = _Line(self)
            path = paths.joined(self.place.path, len(self._lines))
            line.input.setObjectName(path)
            line.input.setAccessibleName(f"{_(self.place.option.label)} {len(self._lines) + 1}")
            self.watch(line.input, path)
            self._lines.append(line)
            self._column.addWidget(line)
            line.show()
        while len(self._lines) > count:
            line = self._lines.pop()
            discard(line)
        self.setFocusProxy(self._lines[0].input)
