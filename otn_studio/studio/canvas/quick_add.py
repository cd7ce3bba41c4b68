"""A short list to choose a block from by typing: at a dropped connection, or wherever it is asked."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from otn_studio.studio.canvas.kinds import Choice, matching
from otn_studio.studio.theme.icons import icon
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

SIZE = QSize(300, 320)


class QuickAdd(QFrame):
    """``chosen`` one; ``closed`` without one. It is a part of its parent, not a window."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setObjectName("quick_add")
        self.resize(SIZE)
        self._theme = theme
        self._choices: list[Choice] = []
        self.search = QLineEdit()
        self.search.setObjectName("quick_add_search")
        self.search.setAccessibleName(_("Search blocks"))
        self.search.setPlaceholderText(_("What comes next?"))
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("quick_add_list")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(QSize(18, 18))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _item: self._choose())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.hide()

    def open(self, at: QPoint, found: list[Choice]) -> None:
        """Show these at a place of the parent, moved so that all of it is seen."""
        self._choices = found
        room = self.parentWidget().rect().adjusted(8, 8, -8, -8)
        self.move(
            max(room.left(), min(at.x(), room.right() - self.width())),
            max(room.top(), min(at.y(), room.bottom() - self.height())),
        )
        self.search.clear()
        self._fill("")
        self.show()
        self.raise_()
        self.search.setFocus()

    def eventFilter(self, watched, event) -> bool:
        if event.type() == event.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Escape:
                    self._close()
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._choose()
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                    return True
        if event.type() == event.Type.FocusOut and self.isVisible():
            self._close()
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        self.list.clear()
        for choice in matching(text, self._choices):
            item = QListWidgetItem(choice.words)
            color = getattr(self._theme.roles, choice.group.value)
            item.setIcon(icon(choice.icon, color))
            item.setToolTip(choice.help)
            item.setSizeHint(QSize(0, 32))
            item.setData(Qt.ItemDataRole.UserRole, choice)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _step(self, by: int) -> None:
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + by) % count)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.hide()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
