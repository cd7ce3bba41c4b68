"""How a row of what happened looks: its icon, what it was, and below it, quietly, why."""

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from otn_studio.studio.phone.laid_text import LaidText
from otn_studio.studio.simulator.reasons import Reason
from otn_studio.studio.theme import icons, sides, type
from otn_studio.studio.theme.theme import Theme

REASON = Qt.ItemDataRole.UserRole
SIDE, EDGE, GAP, CORNER = 16, 8, 8, 6
_INKS = {"bell-ring": "permission"}


class ReasonRows(QStyledItemDelegate):
    """Each as high as its words."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        width = self._view.viewport().width() - 2 * self._view.spacing()
        high = sum(text.size.height() for text in self._texts(index, width))
        return QSize(width, high + EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        reason, roles, place = index.data(REASON), self._theme.roles, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(roles.color("accent_soft"))
            painter.drawRoundedRect(place, CORNER, CORNER)
        mark = QRectF(place.left() + EDGE, place.top() + EDGE / 2 + 1, SIDE, SIDE)
        ink = getattr(roles, "danger" if reason.refused else _INKS.get(reason.icon, "quiet"))
        icons.paint(painter, reason.icon, ink, sides.swapped(mark, place))
        at = QPointF(mark.right() + GAP, place.top() + EDGE / 2)
        inks = ("text", "danger" if reason.refused else "quiet")
        for text, ink in zip(self._texts(index, option.rect.width()), inks, strict=False):
            words = sides.swapped(QRectF(at, text.size.toSizeF()), place)
            text.paint(painter, words.topLeft(), roles.color(ink))
            at += QPointF(0, text.size.height())
        painter.restore()

    def _texts(self, index: QModelIndex, width: int) -> list[LaidText]:
        reason: Reason = index.data(REASON)
        room = max(width - 2 * EDGE - SIDE - GAP, SIDE)
        texts = [LaidText(reason.what, type.font(type.TEXT), room)]
        if reason.why:
            texts.append(LaidText(reason.why, type.font(type.LABEL), room))
        return texts
