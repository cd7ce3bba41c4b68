"""The list of what becomes of a file: a sign and a word for its fate, what it is, and why."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from otn_studio.studio.pages.importing.rows import ROW, SIGNS, Group, ImportRows, Line
from otn_studio.studio.theme import icons, sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, TEXT, font
from otn_studio.studio.widgets.look import look
from otn_studio.studio.words import _
from otn_studio.studio.written import number

PADDING, GAP, ICON = 12, 8, 16
FATE = 104
"""How much room a fate takes before what it is about."""
GROUP, ROW_LEAST = 40, 36
LINE = 18
_LEFT = Qt.AlignmentFlag.AlignLeft
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_WRAPS = Qt.TextFlag.TextWordWrap


class ImportList(QListView):
    """Long sentences go on in the next line, so that nothing is hidden."""

    def __init__(self, rows: ImportRows, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("import_items")
        self.setAccessibleName(_("What becomes of each part"))
        self.setModel(rows)
        self.setItemDelegate(_Lines(self, theme))
        look(self, "framed")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        theme.changed.connect(self.viewport().update)


class _Lines(QStyledItemDelegate):
    def __init__(self, view: ImportList, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._small = font(LABEL)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.viewport().width()
        row = index.data(ROW)
        if isinstance(row, Group):
            return QSize(width, GROUP)
        height = LINE + self._height(row.why, width) + 2 * GAP
        return QSize(width, max(ROW_LEAST, height))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        sides.each_its_way(painter)
        row = index.data(ROW)
        roles = self._theme.roles
        if isinstance(row, Group):
            self._paint_group(painter, option.rect, row)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, roles.color("accent_soft"))
            self._paint_line(painter, option.rect, row)
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
            roles.color("hairline"),
        )
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, group: Group) -> None:
        roles, place = self._theme.roles, rect.adjusted(PADDING, GAP, -PADDING, 0)
        painter.setFont(font(TEXT, strong=True))
        painter.setPen(roles.color("text"))
        count = number(group.count)
        room = place.width() - QFontMetrics(font(LABEL)).horizontalAdvance(count) - 2 * GAP
        name = painter.fontMetrics().elidedText(group.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(sides.swapped(place, rect), sides.start() | _MIDDLE, name)
        across = painter.fontMetrics().horizontalAdvance(name) + GAP
        painter.setFont(self._small)
        painter.setPen(roles.color("quiet"))
        after = place.adjusted(across, 0, 0, 0)
        painter.drawText(sides.swapped(after, rect), sides.start() | _MIDDLE, count)

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line) -> None:
        roles, sign = self._theme.roles, SIGNS[line.fate]
        first = QRect(rect.left() + PADDING, rect.top() + GAP, rect.width() - 2 * PADDING, LINE)
        color = roles.color(sign.role)
        icon = sides.swapped(QRect(first.left(), first.top() + 1, ICON, ICON), rect)
        icons.icon(sign.icon, color.name()).paint(painter, icon)
        painter.setFont(self._small)
        painter.setPen(color)
        fate = QRect(first.left() + ICON + GAP, first.top(), FATE - ICON - GAP, LINE)
        painter.drawText(sides.swapped(fate, rect), sides.start() | _MIDDLE, line.word)
        painter.setPen(roles.color("quiet"))
        kind = painter.fontMetrics().horizontalAdvance(line.kind)
        painter.setFont(font(TEXT))
        text = first.adjusted(FATE, 0, 0, 0)
        room = max(0, text.width() - kind - GAP)
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, room)
        used = painter.fontMetrics().horizontalAdvance(name) + GAP if name else 0
        painter.setPen(roles.color("text"))
        painter.drawText(sides.swapped(text, rect), sides.start() | _MIDDLE, name)
        painter.setFont(self._small)
        painter.setPen(roles.color("quiet"))
        painter.drawText(
            sides.swapped(text.adjusted(used, 0, 0, 0), rect), sides.start() | _MIDDLE, line.kind
        )
        why = QRect(text.left(), first.bottom() + 1, text.width(), rect.bottom() - first.bottom())
        painter.drawText(sides.swapped(why, rect), sides.start() | _WRAPS, line.why)

    def _height(self, why: str, width: int) -> int:
        if not why:
            return 0
        room = QRect(0, 0, max(1, width - FATE - 2 * PADDING), 10_000)
        return QFontMetrics(self._small).boundingRect(room, _LEFT | _WRAPS, why).height()
