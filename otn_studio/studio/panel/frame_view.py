"""What the panel shows while frames are selected, and no block."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from otn_studio.blocks.words import Words
from otn_studio.flow.document import Frame
from otn_studio.studio.canvas.frames import COLOR_WORDS, COLORS
from otn_studio.studio.panel.editors.growing_box import GrowingBox
from otn_studio.studio.panel.header import Header
from otn_studio.studio.panel.place import Tools
from otn_studio.studio.panel.view import View
from otn_studio.studio.panel.watch import Watch
from otn_studio.studio.widgets.controls import CalmCombo
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _, shown

PATCH = 12


class FrameView(View):
    """Title and note of a single one; the colour of all. ``written`` tells title and note as one text,
    with a line's end between them.
    """

    written = Signal(str, str)
    colored = Signal(str)
    delete_requested = Signal()

    def __init__(self, tools: Tools, ids: Sequence[str], parent: QWidget) -> None:
        title = Words("{n} frame selected", plural="{n} frames selected", n=len(ids))
        words = _("Holds together what belongs together. It has no meaning for the conversation.")
        header = Header(tools.theme, shown(title), [_("Selection")], help=words)
        super().__init__(tools.theme, header, parent)
        self._document, self._theme, self._ids = tools.document, tools.theme, tuple(ids)
        self._title = QLineEdit()
        self._title.setObjectName("frame title")
        self._note = GrowingBox(tools.theme, paragraphs=True)
        self._note.setObjectName("frame note")
        self._color = CalmCombo(tools.theme)
        self._color.setObjectName("frame color")
        for color, name in COLOR_WORDS.items():
            self._color.addItem(shown(name), color)
        self._delete = QPushButton(
            shown(Words("Delete {n} frame", plural="Delete {n} frames", n=len(ids)))
        )
        self._delete.setObjectName("delete frames")
        self._delete.setProperty("look", "danger")
        self._lay_out()
        for input in (self._title, self._note):
            Watch(input, tools.document)
        self._title.textEdited.connect(self._write)
        self._note.textChanged.connect(self._write)
        self._color.activated.connect(lambda _row: self.colored.emit(self._color.currentData()))
        self._delete.clicked.connect(self.delete_requested)
        tools.theme.changed.connect(self._paint_patches)
        self._paint_patches()
        self.refresh()

    def refresh(self) -> None:
        frames = [self._document.flow.frames[id] for id in self._ids]
        colors = {frame.color for frame in frames}
        with QSignalBlocker(self._color):
            self._color.setCurrentIndex(
                self._color.findData(colors.pop()) if len(colors) == 1 else -1
            )
        if len(frames) == 1:
            self._show_words(frames[0])

    def stops(self) -> Iterator[QWidget]:
        inputs = (self._title, self._note) if len(self._ids) == 1 else ()
        yield from (*inputs, self._color, self._delete)

    def take_focus(self, field: str) -> None:
        next(self.stops()).setFocus()

    def _show_words(self, frame: Frame) -> None:
        """Unless that is what is being written: a space at its end counts only with what follows."""
        if self._title.text().strip() != frame.title:
            self._title.setText(frame.title)
        if self._note.toPlainText().strip() != frame.note:
            with QSignalBlocker(self._note):
                self._note.setPlainText(frame.note)

    def _write(self) -> None:
        if len(self._ids) == 1:
            self.written.emit(self._ids[0], f"{self._title.text()}\n{self._note.toPlainText()}")

    def _lay_out(self) -> None:
        single = ((_("Title"), self._title), (_("Note"), self._note))
        for label, widget in (*(single if len(self._ids) == 1 else ()), (_("Color"), self._color)):
            widget.setAccessibleName(label)
            group = QVBoxLayout()
            group.setSpacing(4)
            group.addWidget(text(label, "label"))
            group.addWidget(widget)
            self.column.addLayout(group)
        if len(self._ids) > 1:
            for widget in (self._title, self._note):
                widget.setParent(self)
                widget.hide()
        row = QHBoxLayout()
        row.addWidget(self._delete)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _paint_patches(self) -> None:
        for number in range(self._color.count()):
            patch = QPixmap(PATCH, PATCH)
            patch.fill(QColor(getattr(self._theme.roles, COLORS[self._color.itemData(number)])))
            self._color.setItemIcon(number, QIcon(patch))
