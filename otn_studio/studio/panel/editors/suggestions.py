"""The list below a field in which one types: what there is, and what can be made new."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.theme import sides, type
from otn_studio.studio.theme.theme import Theme

ROW, MOST_ROWS, EDGE = 32, 7, 4
_SUGGESTION = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``id`` is empty for what has yet to be made; ``role`` is the colour of its words then.

    ``makes`` is what will be made, where there are several ways to make it.
    """

    id: str
    text: str
    note: str = ""
    role: str = "text"
    makes: object = None

    @property
    def is_new(self) -> bool:
        return not self.id


class _Look(QStyledItemDelegate):
    """The name first, at the end what is to be said of it."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entry: Suggestion = index.data(_SUGGESTION)
        roles = self._theme.roles
        is_current = bool(option.state & option.state.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sides.each_its_way(painter)
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            soft = "permission_soft" if entry.role == "permission" else "accent_soft"
            painter.setBrush(roles.color(soft))
            painter.drawRoundedRect(option.rect, 4, 4)
        room = option.rect.adjusted(8, 0, -8, 0)
        self._write(painter, entry, room)
        painter.restore()

    def _write(self, painter: QPainter, entry: Suggestion, room: QRect) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(type.font(tabular=True))
        painter.setPen(self._theme.roles.color("quiet"))
        painter.drawText(room, middle | sides.end(), entry.note)
        taken = painter.fontMetrics().horizontalAdvance(entry.note) + 12 if entry.note else 0
        painter.setFont(type.font(strong=entry.is_new))
        painter.setPen(self._theme.roles.color(entry.role))
        width = room.width() - taken
        text = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(room, middle | sides.start(), text)


class Suggestions(QFrame):
    """Floats over the window below its field, and never takes the focus from it."""

    taken = Signal(object)

    def __init__(self, field: QWidget, theme: Theme) -> None:
        super().__init__(field)
        self._field, self._theme = field, theme
        self.setProperty("look", "list")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @cached_property
    def _list(self) -> QListWidget:
        """Made when it is first needed: most lists of a form are never opened."""
        made = QListWidget()
        made.setObjectName(f"{self._field.objectName()} suggestions")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setMouseTracking(True)
        made.setItemDelegate(_Look(made, self._theme))
        made.itemEntered.connect(made.setCurrentItem)
        made.itemClicked.connect(lambda item: self.taken.emit(item.data(_SUGGESTION)))
        self._theme.changed.connect(made.viewport().update)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.addWidget(made)
        return made

    @property
    def entries(self) -> list[Suggestion]:
        return [self._list.item(row).data(_SUGGESTION) for row in range(self._list.count())]

    @property
    def current(self) -> Suggestion | None:
        item = self._list.currentItem()
        return item.data(_SUGGESTION) if item is not None else None

    def open_with(self, entries: Sequence[Suggestion], current: int = 0) -> None:
        """Show these, or nothing where there are none."""
        if not entries and "_list" not in vars(self):
            return
        self._list.clear()
        for entry in entries:
            item = QListWidgetItem(f"{entry.text} {entry.note}".strip(), self._list)
            item.setData(_SUGGESTION, entry)
        self._list.setCurrentRow(current)
        self.setVisible(bool(entries))
        self.place()
        QTimer.singleShot(0, self, self.place)  # the field may be new, and not be where it will be

    def move_by(self, rows: int) -> None:
        count = self._list.count()
        self._list.setCurrentRow((self._list.currentRow() + rows) % count)

    def place(self) -> None:
        """Stand below the field; above it where the window ends."""
        window, field = self._field.window(), self._field
        if self.isHidden():
            return
        if self.parentWidget() is not window:
            self.setParent(window)
            self.show()
        height = min(self._list.count(), MOST_ROWS) * ROW + 2 * EDGE + 2
        corner = field.mapTo(window, QPoint(0, field.height() + 2))
        if corner.y() + height > window.height():
            above = field.mapTo(window, QPoint(0, -height - 2)).y()
            corner.setY(above if above >= 0 else corner.y())
        self.setGeometry(QRect(corner, QSize(field.width(), height)))
        self.raise_()
