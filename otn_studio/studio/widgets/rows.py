"""Drawing the rows of a calm table: what all of them have in common."""

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from otn_studio.studio.theme import icons, sides
from otn_studio.studio.theme.roles import Roles
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.table import ROW, CalmTable

PADDING = 12
ICON = 16
CORNER = 6
LINE_STEP = 16
AROUND_LINES = 8


def in_lines(words: str, font: QFont, width: float, at_most: int) -> list[str]:
    """Broken where words end; what has no room stands in the last line."""
    layout = QTextLayout(words, font)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        rest = words[line.textStart() :]
        if len(lines) + 1 == at_most:
            lines.append(rest)
            break
        lines.append(rest[: line.textLength()].rstrip())
    layout.endLayout()
    return lines


def lines_within(height: float) -> int:
    """How many lines a row has room for.

    >>> lines_within(height_for(1)), lines_within(height_for(3))
    (2, 3)
    """
    return int((height - AROUND_LINES) // LINE_STEP)


def height_for(lines: int) -> int:
    """How high a row is that has room for so many lines."""
    return max(ROW, lines * LINE_STEP + AROUND_LINES)


class Cell:
    """One cell to be drawn: where, in which state, with which colours.

    Places are measured from the left; where one reads from the right, they are seen mirrored.
    """

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, table: CalmTable, roles: Roles
    ) -> None:
        self.painter = painter
        self.index = option.index
        self.roles = roles
        self.rect = QRectF(option.rect)
        self.is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self.is_pointed_at = table.hovered.isValid() and table.hovered.row() == self.index.row()
        self.is_hovered = table.hovered == self.index
        self.is_focused = table.focused == self.index

    @property
    def inner(self) -> QRectF:
        return self.rect.adjusted(PADDING, 0, -PADDING, 0)

    def text(
        self,
        words: str,
        font: QFont,
        role: str,
        place: QRectF | None = None,
        *,
        right: bool = False,
    ) -> float:
        """Write in one line, shortened with … where there is no room; answers how wide it came out.

        ``right``: where lines end, as figures stand.
        """
        place = self.inner if place is None else place
        painter = self.painter
        painter.setFont(font)
        painter.setPen(self.roles.color(role))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
        side = sides.end() if right else sides.start()
        painter.drawText(self._seen(place), side | Qt.AlignmentFlag.AlignVCenter, words)
        return metrics.horizontalAdvance(words)

    def sentence(self, words: str, font: QFont, role: str, place: QRectF) -> None:
        """Write in several lines where one has no room for it."""
        lines = in_lines(words, font, place.width(), lines_within(place.height()))
        top = place.center().y() - (len(lines) * LINE_STEP + 2) / 2
        for number, words in enumerate(lines):
            line = QRectF(place.left(), top + number * LINE_STEP, place.width(), LINE_STEP + 1)
            self.text(words, font, role, place if len(lines) == 1 else line)

    def icon(self, name: str, role: str, left: float | None = None) -> None:
        """In the middle of the cell, or at a place within it."""
        left = self.rect.center().x() - ICON / 2 if left is None else left
        place = QRectF(round(left), round(self.rect.center().y() - ICON / 2), ICON, ICON)
        icons.paint(self.painter, name, getattr(self.roles, role), self._seen(place))

    def dot(self, role: str, left: float, size: float) -> None:
        """A small round, in the middle of the cell's height."""
        place = QRectF(left, self.rect.center().y() - size / 2, size, size)
        self._rounded(place, self.roles.color(role), None, corner=size / 2)

    def button(self, place: QRectF, *, enabled: bool = True) -> None:
        """The ground of something to press: seen when pointed at, ringed when it has the focus."""
        if self.is_hovered and enabled:
            self._rounded(place, self.roles.color("accent_soft"), None)
        if self.is_focused:
            self._rounded(place, None, QPen(self.roles.color("accent"), 1.5))

    def outlined(self, words: str, font: QFont) -> None:
        """A button with a word, at the end of the cell."""
        self.painter.setFont(font)
        width = self.painter.fontMetrics().horizontalAdvance(words) + 2 * PADDING
        width = min(width, self.rect.width() - PADDING)
        right = self.rect.right() - PADDING
        place = QRectF(right - width + 0.5, self.rect.center().y() - 15.5, width, 30)
        fill = self.roles.color("accent_soft" if self.is_hovered else "raised")
        edge = self.roles.color("accent" if self.is_focused else "hairline")
        self._rounded(place, fill, QPen(edge, 1.5 if self.is_focused else 1))
        self.text(words, font, "text", place.adjusted(PADDING - 1, 0, 1 - PADDING, 0))

    def chip(self, words: str, font: QFont, left: float, role: str = "permission") -> None:
        """A word in a lozenge: violet, or quiet with an edge."""
        self.painter.setFont(font)
        width = self.painter.fontMetrics().horizontalAdvance(words) + 16
        place = QRectF(left, self.rect.center().y() - 10, width, 20)
        if role == "permission":
            self._rounded(place, self.roles.color("permission_soft"), None, corner=10)
        else:
            edge = QPen(self.roles.color("hairline"), 1)
            self._rounded(place.adjusted(0.5, 0.5, -0.5, -0.5), None, edge, corner=10)
        self.painter.setPen(self.roles.color(role))
        self.painter.drawText(self._seen(place), Qt.AlignmentFlag.AlignCenter, words)

    def _rounded(
        self, place: QRectF, fill: QColor | None, pen: QPen | None, corner: float = CORNER
    ) -> None:
        self.painter.setBrush(fill or Qt.BrushStyle.NoBrush)
        self.painter.setPen(pen or Qt.PenStyle.NoPen)
        self.painter.drawRoundedRect(self._seen(place), corner, corner)

    def _seen(self, place: QRectF) -> QRectF:
        return sides.swapped(place, self.rect)


class RowDelegate(QStyledItemDelegate):
    """Draws the ground of a row and its hairline; what stands on it is drawn by ``draw``."""

    def __init__(self, table: CalmTable, theme: Theme) -> None:
        super().__init__(table)
        self.table = table
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        option = QStyleOptionViewItem(option)
        option.index = index
        cell = Cell(painter, option, self.table, self._theme.roles)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sides.each_its_way(painter)
        if cell.is_selected:
            painter.fillRect(option.rect, cell.roles.color("accent_soft"))
        elif cell.is_pointed_at:
            painter.fillRect(option.rect, cell.roles.color("raised"))
        if option.rect.bottom() < self.table.viewport().height() - 1:  # there it ends by itself
            line = QRectF(cell.rect.left(), cell.rect.bottom() - 1, cell.rect.width(), 1)
            painter.fillRect(line, cell.roles.color("hairline"))
        self.draw(cell)
        painter.restore()

    def draw(self, cell: Cell) -> None:
        """What the cell says."""
        raise NotImplementedError
