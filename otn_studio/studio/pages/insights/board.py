"""Everything that the Insights page shows of one choice, as cards below and beside each other.

Only the Insights page imports this, once it is shown: pyqtgraph takes a moment to load.
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from otn_studio.studio.pages.insights import words
from otn_studio.studio.pages.insights.breakdown import Breakdown
from otn_studio.studio.pages.insights.charts import (
    DaysChart,
    ForecastChart,
    FunnelChart,
    HoursChart,
    PermissionsChart,
)
from otn_studio.studio.pages.insights.legend import MESSAGES, PERMISSIONS, Legend
from otn_studio.studio.pages.insights.periods import are_weeks
from otn_studio.studio.services.insight import IN_CONVERSATION, Choice, Forecast, Insight
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _

GAP = 16
TWO_BESIDE = 860
"""From this width on two cards are beside each other."""


class Card(QFrame):
    """One thing to see: a title, a quiet line, and what is below. A table needs no frame."""

    def __init__(self, title: str, *below: QWidget, framed: bool = True) -> None:
        super().__init__()
        if framed:
            look(self, "card")
        self.title = text(title, "heading")
        self.says = text("", "quiet", wraps=True)
        column = QVBoxLayout(self)
        sides = 16 if framed else 0
        column.setContentsMargins(sides, 12, sides, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.says)
        for widget in below:
            column.addWidget(widget)
        column.addStretch(1)

    def say(self, sentence: str) -> QLabel:
        self.says.setText(sentence)
        self.says.setVisible(bool(sentence))
        return self.says


class Board(QWidget):
    """``topic_picked``, ``flow_picked``: a person wants to see only that one, by its name."""

    topic_picked = Signal(str)
    flow_picked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("insights_board")
        self._funnel, self._days = FunnelChart(theme), DaysChart(theme)
        self._hours, self._permissions = HoursChart(theme), PermissionsChart(theme)
        self._forecast = ForecastChart(theme)
        self._day_sums = Legend(theme, MESSAGES)
        self._permission_sums = Legend(theme, PERMISSIONS)
        self._topics = Breakdown(theme, "topics_table", _("Topic"), words.no_topic())
        self._flows = Breakdown(theme, "flows_table", _("Flow"), words.no_flow())
        self._topics.picked.connect(self.topic_picked)
        self._flows.picked.connect(self.flow_picked)
        self._funnel_card = Card(_("From asking to an answer"), self._funnel)
        self._days_card = Card("", self._day_sums, self._days)
        self._permissions_card = Card("", self._permission_sums, self._permissions)
        self._forecast_card = Card(_("How long permissions last"), self._forecast)
        self._hours_card = Card(_("By the hour of the day"), self._hours)
        self._topics_card = Card(_("By topic"), self._topics, framed=False)
        self._flows_card = Card(_("By flow"), self._flows, framed=False)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._columns = 0
        self._parts: list[Callable[[], None]] = []
        self._next_part = QTimer(self, interval=0)
        self._next_part.timeout.connect(self._show_part)
        for card in (self._funnel_card, self._days_card, self._topics_card, self._flows_card):
            card.say("")
        self._hours_card.say(
            _("When messages were sent, and how many of them were read: the strong part.")
        )

    def show_insight(self, insight: Insight, choice: Choice) -> None:
        """One card after the other, between which the window answers; seen once all are there."""
        self.setUpdatesEnabled(False)
        self._parts = [
            lambda: self._funnel.show_figures(insight.total),
            lambda: self._show_days(insight),
            lambda: self._show_permissions(insight, choice),
            lambda: self._show_forecast(insight.forecast, choice),
            lambda: self._hours.show_hours(insight.hours),
            lambda: self._topics.show_rows(insight.topics),
            lambda: self._flows.show_rows(insight.flows),
        ]
        self._next_part.start()

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be shown."""
        return bool(self._parts)

    def picture(self, background: str) -> QPixmap:
        """All of it, twice as fine as it is on the screen."""
        size = self.size()
        made = QPixmap(QSize(2 * size.width(), 2 * size.height()))
        made.setDevicePixelRatio(2)
        made.fill(background)
        self.render(made)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= TWO_BESIDE else 1)

    def _show_part(self) -> None:
        self._parts.pop(0)()
        if not self._parts:
            self._next_part.stop()
            self.setUpdatesEnabled(True)

    def _show_days(self, insight: Insight) -> None:
        weeks = are_weeks(insight.days)
        self._days_card.title.setText(_("Week by week") if weeks else _("Day by day"))
        self._days.show_days(insight.days)
        self._day_sums.show_sums(list(insight.days.values()))

    def _show_permissions(self, insight: Insight, choice: Choice) -> None:
        self._permissions_card.setVisible(choice.topic != IN_CONVERSATION)
        weeks = are_weeks(insight.days)
        title = _("Permissions, week by week") if weeks else _("Permissions, day by day")
        self._permissions_card.title.setText(title)
        of_flow = _("Of all flows: a permission belongs to its topic.") if choice.flow else ""
        self._permissions_card.say(of_flow)
        self._permissions.show_days(insight.permissions)
        self._permission_sums.show_sums(list(insight.permissions.values()))

    def _show_forecast(self, forecast: Forecast, choice: Choice) -> None:
        self._forecast_card.setVisible(choice.topic != IN_CONVERSATION)
        said = words.forecast(forecast.held, forecast.runs_out, forecast.used_a_day)
        self._forecast_card.say(said).setObjectName("forecast_says")
        self._forecast.show_forecast(forecast)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        halves = (
            *(self._funnel_card, self._days_card, self._permissions_card),
            *(self._forecast_card,),
        )
        for place, card in enumerate(halves):
            self._grid.addWidget(card, place // columns, place % columns)
        rows = len(halves) // columns
        for place, card in enumerate((self._topics_card, self._flows_card, self._hours_card)):
            self._grid.addWidget(card, rows + place, 0, 1, columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
