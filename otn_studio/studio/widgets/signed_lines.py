"""Entries of several lines, each with a sign that stands beside the first of them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from otn_studio.studio.theme import sides, type
from otn_studio.studio.theme.theme import Theme

SIGN, EDGE, GAP, ABOVE = 16, 8, 8, 6
Index = QModelIndex | QPersistentModelIndex


class SignedLines(QStyledItemDelegate):
    """The first line says what it is about; what there is to say of it stands below, quietly."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width() - 2 * self._view.spacing()
        high = self._lines(index, width).boundingRect().height()
        return QSize(width, round(high) + 2 * ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self._paint_ground(painter, option, index)
        place = QRectF(option.rect)
        sign = QRectF(place.left() + EDGE, place.top() + ABOVE, SIGN, SIGN)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        icon.paint(painter, sides.swapped(sign, place).toRect())
        lines = self._lines(index, option.rect.width())
        left = sign.right() + GAP
        words = QRectF(left, place.top() + ABOVE, place.right() - EDGE - left, 0)
        painter.setPen(self._theme.roles.color("text"))
        lines.draw(painter, sides.swapped(words, place).topLeft())

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text, ground.icon = "", QIcon()
        style = self._view.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, self._view)

    def _lines(self, index: Index, width: int) -> QTextLayout:
        words = index.data(Qt.ItemDataRole.DisplayRole)
        layout = QTextLayout(words.replace("\n", "\N{LINE SEPARATOR}"), type.font(type.TEXT))
        option = QTextOption(sides.start())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        first = len(words.partition("\n")[0])
        quiet = QTextCharFormat()
        quiet.setFont(type.font(type.LABEL))
        quiet.setForeground(self._theme.roles.color("quiet"))
        about = QTextLayout.FormatRange()
        about.start, about.length, about.format = first, len(words) - first, quiet
        layout.setFormats([about])
        layout.beginLayout()
        high = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width - 2 * EDGE - SIGN - GAP, SIGN))
            line.setPosition(QPointF(0, high))
            high += line.height()
        layout.endLayout()
        return layout
