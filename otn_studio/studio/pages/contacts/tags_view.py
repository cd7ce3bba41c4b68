"""A person's tags: each can be taken off, and others put on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from otn_studio.policy import limits
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import discard
from otn_studio.studio.widgets.look import ThemedIcon, look, text
from otn_studio.studio.widgets.wrapping_row import WrappingRow
from otn_studio.studio.words import _


class TagsView(QWidget):
    """``adding`` and ``removing`` tell of a tag."""

    adding = Signal(str)
    removing = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = WrappingRow(self)
        self._chips: list[QFrame] = []
        self._new = QLineEdit()
        self._new.setObjectName("new_tag")
        self._new.setAccessibleName(_("New tag"))
        self._new.setPlaceholderText(_("Add a tag"))
        self._new.setMaxLength(limits.TAG)
        self._new.setFixedWidth(140)
        self._new.returnPressed.connect(self._add)
        self._row.addWidget(self._new)

    def offer(self, tags: tuple[str, ...]) -> None:
        """Tags that are in use, to complete what is typed."""
        self._new.setCompleter(QCompleter(list(tags), self._new))

    def show_tags(self, tags: tuple[str, ...]) -> None:
        for chip in self._chips:
            discard(chip)
        while self._row.takeAt(0):
            pass
        self._chips = [self._chip(tag) for tag in tags]
        for widget in (*self._chips, self._new):
            self._row.addWidget(widget)
        self.updateGeometry()

    def _chip(self, tag: str) -> QFrame:
        chip = QFrame(self)
        chip.setObjectName("tag")
        look(chip, "list")
        row = QHBoxLayout(chip)
        chip.setFixedHeight(32)
        row.setContentsMargins(sides.margins(10, 0, 2, 0))
        row.setSpacing(4)
        row.addWidget(text(tag))
        away = QToolButton()
        away.setObjectName(f"remove_tag_{tag}")
        look(away, "chip")
        away.setToolTip(_("Take off"))
        away.setAccessibleName(_("Take off the tag “{tag}”", tag=tag))
        ThemedIcon(away, self._theme, "x", "quiet")
        away.clicked.connect(lambda: self.removing.emit(tag))
        row.addWidget(away)
        chip.show()
        return chip

    def _add(self) -> None:
        if tag := " ".join(self._new.text().split()):
            self._new.clear()
            self.adding.emit(tag)
