"""Drawing a topic's row, and typing another name into it."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QValidator
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from otn_studio.studio.pages.topics import topic_words
from otn_studio.studio.pages.topics.topic_list import TopicList
from otn_studio.studio.pages.topics.topic_model import FIGURES, NONE, Column, TopicModel
from otn_studio.studio.services.services import TopicRow
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, SMALL, font
from otn_studio.studio.widgets.look import mark, text
from otn_studio.studio.widgets.rows import Cell, RowDelegate
from otn_studio.studio.widgets.table import CalmTable
from otn_studio.studio.words import _

BESIDE = 6


class TopicRows(RowDelegate):
    """The look of the topics' table."""

    def __init__(self, table: CalmTable, theme: Theme, topics: TopicList) -> None:
        super().__init__(table, theme)
        self._topics = topics

    def draw(self, cell: Cell) -> None:
        row = _row(cell)
        match cell.index.column():
            case Column.NAME:
                self._name(cell)
            case Column.ENDS:
                self._ends(cell)
            case Column.FLOWS:
                self._flows(cell)
            case Column.ANNOUNCE:
                self._action(cell, "megaphone", enabled=row.held > 0)
            case Column.DELETE:
                self._action(cell, "trash-2")
            case column:
                shown = cell.index.data()
                role = "quiet" if shown == NONE else "text"
                cell.text(shown, font(tabular=True), role, right=column in FIGURES)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        row = index.model().topic(index)

        def complaint(name: str) -> str:
            others = (other for other in self._topics.rows if other.id != row.id)
            return topic_words.complaint(name, others)

        return NameEditor(parent, row.name, complaint)

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        """The editor has the name already; a refresh must not type over the person's letters."""

    def setModelData(self, editor: QWidget, model: TopicModel, index: QModelIndex) -> None:
        model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        editor.setGeometry(option.rect.adjusted(1, 4, -8, -5))

    def _name(self, cell: Cell) -> None:
        model: TopicModel = cell.index.model()
        is_new = _row(cell).id in model.new
        strong = font(strong=cell.is_selected)
        room = cell.inner.adjusted(0, 0, -48 if is_new else 0, 0)
        if cell.is_focused and not self.table.is_editing:
            cell.button(QRectF(cell.rect.adjusted(4, 5, -8, -6)))
        width = cell.text(cell.index.data(), strong, "text", room)
        if is_new:
            cell.chip(_("new"), font(SMALL, strong=True), room.left() + width + 12)

    def _ends(self, cell: Cell) -> None:
        """A warning where people are lost soon; that Messenger asks them is told in passing."""
        row, figures = _row(cell), font(tabular=True)
        if not row.asked:
            is_none, is_soon = row.ends_soonest is None, row.ending > 0
            role = "warning" if is_soon else "quiet" if is_none else "text"
            cell.text(cell.index.data(), figures, role)
            return
        when, asked = cell.index.model().ends(cell.index)
        width = cell.text(when, figures, "text")
        if asked:
            cell.text(f" · {asked}", figures, "quiet", cell.inner.adjusted(width, 0, 0, 0))

    def _flows(self, cell: Cell) -> None:
        flows = _row(cell).flows
        if not flows:
            cell.text(_("no flow yet"), font(), "quiet")
            return
        more = _("+ {n}", n=len(flows) - 1) if len(flows) > 1 else ""
        small = font(LABEL, tabular=True)
        taken = QFontMetrics(small).horizontalAdvance(more) + BESIDE if more else 0
        width = cell.text(flows[0], font(), "text", cell.inner.adjusted(0, 0, -taken, 0))
        cell.text(more, small, "quiet", cell.inner.adjusted(width + BESIDE, 0, 0, 0))

    def _action(self, cell: Cell, icon: str, *, enabled: bool = True) -> None:
        """Quiet until its row is pointed at or selected."""
        if not (cell.is_pointed_at or cell.is_selected):
            return
        center = cell.rect.center()
        cell.button(QRectF(center.x() - 16, center.y() - 16.5, 32, 32), enabled=enabled)
        if not enabled:
            cell.painter.setOpacity(0.4)
        danger = icon == "trash-2" and cell.is_hovered
        cell.icon(icon, "danger" if danger else "quiet")


class NameEditor(QLineEdit):
    """A field over the row. What is wrong with the name stands below; Enter waits until it is right."""

    def __init__(self, parent: QWidget, name: str, complaint: Callable[[str], str]) -> None:
        super().__init__(name, parent)
        self.setObjectName("topic_name")
        self.setAccessibleName(_("Name of the topic"))
        self._complaint = complaint
        self._problem = text("", "callout")
        self._problem.setParent(parent.window())
        self._problem.setObjectName("topic_name_problem")
        self._problem.hide()
        self.setValidator(_Usable(self, complaint))
        self.textChanged.connect(self._say)
        self.destroyed.connect(self._problem.deleteLater)
        self.selectAll()

    def complain(self, words: str) -> None:
        mark(self, bool(words))
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._problem.adjustSize()
        self._problem.move(self._below(self._problem.size()))
        self._problem.raise_()

    def hideEvent(self, event) -> None:
        self._problem.hide()
        super().hideEvent(event)

    def _say(self, name: str) -> None:
        self.complain(self._complaint(name))

    def _below(self, size: QSize) -> QPoint:
        """Under the field, or over it where the window ends; the table may end sooner."""
        x = self.width() - size.width() if sides.are_swapped() else 0
        below = self.mapTo(self.window(), QPoint(x, self.height() + 4))
        fits = below.y() + size.height() <= self.window().height()
        return below if fits else self.mapTo(self.window(), QPoint(x, -size.height() - 4))


class _Usable(QValidator):
    """Lets everything be typed, and nothing be saved that is wrong."""

    def __init__(self, parent: QWidget, complaint: Callable[[str], str]) -> None:
        super().__init__(parent)
        self._complaint = complaint

    def validate(self, name: str, place: int) -> tuple[QValidator.State, str, int]:
        wrong = self._complaint(name)
        return (
            QValidator.State.Intermediate if wrong else QValidator.State.Acceptable,
            name,
            place,
        )


def _row(cell: Cell) -> TopicRow:
    return cell.index.model().topic(cell.index)
