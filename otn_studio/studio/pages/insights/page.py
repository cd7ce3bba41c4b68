"""Insights: how many were asked, said yes, got a message, read it and answered; and what becomes of
permissions.

It looks when it is shown and when something else is chosen; what happened since the last time is
counted first, in the background.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.background import Background
from otn_studio.studio.pages.insights import export, loading, words
from otn_studio.studio.pages.insights.choice_bar import ChoiceBar
from otn_studio.studio.pages.page import Page
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.insight import Choice, Choices, Insight, Insights
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.empty import Empty
from otn_studio.studio.widgets.look import text
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.widgets.menu_button import MenuButton
from otn_studio.studio.widgets.notice import Notice
from otn_studio.studio.widgets.scrolling import BOTTOM, GUTTER, Scrolling
from otn_studio.studio.words import _, shown

if TYPE_CHECKING:
    from otn_studio.studio.pages.insights.board import Board


class _Counting(QObject):
    """Brings how far counting is from the thread that counts."""

    came = Signal(int)


class InsightsPage(QWidget):
    """``begun``: a person wants to draw a flow that asks for permission."""

    begun = Signal()

    def __init__(self, insights: Insights, theme: Theme) -> None:
        super().__init__()
        self._insights, self._theme = insights, theme
        self._background = Background(self)
        self._board: Board | None = None
        self._insight: Insight | None = None
        self._wanted: Choice | None = None
        self._is_counting = False
        self._counting = _Counting(self)
        self._counting.came.connect(self._tell_counting, Qt.ConnectionType.QueuedConnection)
        self._bar = ChoiceBar(theme)
        self._bar.changed.connect(self._look)
        self._notice = Notice(theme)
        self._lay_out()

    @property
    def is_busy(self) -> bool:
        """Whether something is still to come."""
        is_drawing = self._board is not None and self._board.is_busy
        return is_drawing or self._background.is_busy

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_counting:
            self._is_counting, self._counted = True, 0
            self._background.run(self._count, self._ready, self._failed)

    def _lay_out(self) -> None:
        page = Page(_("Insights"))
        menu = Menu()
        for table, (called, _rows) in export.TABLES.items():
            pressed = menu.addAction(shown(called)).triggered
            pressed.connect(lambda _checked, table=table: self._export_table(table))
        menu.addAction(_("Picture (PNG)…")).triggered.connect(self._export_picture)
        self._export = MenuButton(self._theme, "primary", menu, "on_accent")
        self._export.setText(_("Export"))
        self._export.setObjectName("export_figures")
        page.head.addWidget(self._export)
        self._says = text("", "quiet")
        self._says.setObjectName("insights_counting")
        self._says.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty = Empty("no_insights")
        self._empty.pressed.connect(self.begun)
        self._area = Scrolling("insights_area")
        self._rooms = QStackedWidget()
        for room in (self._says, self._empty, self._area):
            self._rooms.addWidget(room)
        for room in (self._says, self._empty):
            room.setContentsMargins(sides.margins(0, 0, GUTTER, BOTTOM))  # in the page's middle
        page.column.addSpacing(16)
        page.column.addWidget(self._bar)
        page.column.addSpacing(8)
        page.column.addWidget(self._notice)
        page.column.addSpacing(8)
        page.scroll(self._rooms)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        self._show_tools(False)

    def _count(self) -> Choices:
        """Elsewhere: also load what draws the charts, which takes a moment the first time."""
        loading.board()
        self._insights.count(self._counting.came.emit)
        return self._insights.choices()

    def _tell_counting(self, events: int) -> None:
        self._counted += events
        self._says.setText(words.counting(self._counted))

    def _ready(self, choices: Choices) -> None:
        self._is_counting = False
        self._bar.show_choices(choices)
        if choices.ever:
            self._made_board()
            self._look()
        else:
            self._show_tools(False)
            self._empty.say(
                _(
                    "Here you will see how many people were asked, said yes, got your messages, read"
                    " them and answered, and how long your permissions last."
                ),
                _("Draw a flow that asks"),
            )
            self._rooms.setCurrentWidget(self._empty)

    def _look(self) -> None:
        choice = self._wanted = self._bar.choice()
        self._background.run(
            lambda: self._insights.look(choice),
            lambda insight: self._show(choice, insight),
            self._failed,
        )

    def _show(self, choice: Choice, insight: Insight) -> None:
        """Unless something else was chosen meanwhile."""
        if choice != self._wanted:
            return
        self._insight = insight
        self._made_board().show_insight(insight, choice)
        self._show_tools(True)
        self._rooms.setCurrentWidget(self._area)

    def _made_board(self) -> "Board":
        if self._board is None:
            self._board = loading.board().Board(self._theme)
            self._board.topic_picked.connect(lambda name: _pick(self._bar.topic, name))
            self._board.flow_picked.connect(lambda name: _pick(self._bar.flow, name))
            self._area.show_inner(self._board)
        return self._board

    def _show_tools(self, are_shown: bool) -> None:
        self._bar.setVisible(are_shown)
        self._export.setVisible(are_shown)

    def _export_table(self, table: str) -> None:
        insight, rows = self._insight, export.TABLES[table][1]
        file = export.ask_where(self, _("figures"), _("Table (*.csv)"), ".csv")
        if file is not None and insight is not None:
            self._background.run(
                lambda: export.write_table(rows(insight), file),
                lambda _done: self._notice.say(_("The figures are in {file}.", file=file.name)),
                self._failed,
            )

    def _export_picture(self) -> None:
        file = export.ask_where(self, _("figures"), _("Picture (*.png)"), ".png")
        if file is not None and self._board is not None:
            picture = self._board.picture(self._theme.roles.surface).toImage()
            self._background.run(
                lambda: export.write_picture(picture, file),
                lambda _done: self._notice.say(_("The picture is in {file}.", file=file.name)),
                self._failed,
            )

    def _failed(self, error: Exception) -> None:
        self._is_counting = False
        self._notice.complain(sentence(error))


def _pick(box: QComboBox, name: str) -> None:
    if (place := box.findText(name)) >= 0:
        box.setCurrentIndex(place)
