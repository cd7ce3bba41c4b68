"""The charts of the Insights page."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt

from otn_studio.studio.pages.insights import words
from otn_studio.studio.pages.insights.chart import HEIGHT, PALE, WHOLE, Chart
from otn_studio.studio.pages.insights.legend import MESSAGES, PERMISSIONS, Line
from otn_studio.studio.pages.insights.periods import steps
from otn_studio.studio.services.insight import Figures, Forecast, PermissionDay
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.words import _
from otn_studio.studio.written import number

FUNNEL = {
    "asked": ("permission", PALE),
    "opted_in": ("permission", WHOLE),
    "sent": ("accent", PALE),
    "delivered": ("accent", 0.5),
    "read": ("accent", 0.75),
    "answered": ("accent", WHOLE),
}
"""The colours of the stages: violet as long as it is about a permission. The edge says how far a
bar goes, so that the pale ones can be pale."""
BEFORE = {"opted_in": "asked", "delivered": "sent", "read": "sent", "answered": "sent"}
"""Of which other stage a stage is a part."""
BAR = 0.62
ROOM_FOR_FIGURES = 1.45
BESIDE_LEGENDS = 40


class FunnelChart(Chart):
    """Asked → opted in → sent → delivered → read → answered, one bar each."""

    def __init__(self, theme: Theme) -> None:
        self._total = Figures()
        super().__init__(theme, "funnel_chart", _("Funnel"))
        self.left.setGrid(False)
        self.left.setTickFont(font(LABEL))
        self.bottom.hide()
        self.bottom.setHeight(0)
        self.setFixedHeight(HEIGHT + BESIDE_LEGENDS)

    def show_figures(self, total: Figures) -> None:
        self._total = total
        told = [f"{words.stage(name)} {number(count)}" for name, count in asdict(total).items()]
        self.setAccessibleDescription(", ".join(told))
        self.redraw()

    def told_at(self, place: int) -> str:
        name = dict(enumerate(FUNNEL)).get(place)
        return f"{words.stage(name)}: {self._told(name)}" if name else ""

    def _draw(self) -> None:
        counts = asdict(self._total)
        names = list(FUNNEL)
        self.left.setTicks([[(-n, words.stage(s)) for n, s in enumerate(names)]])
        brushes = [self._tint(role, share) for role, share in FUNNEL.values()]
        bars = pg.BarGraphItem(
            x0=0,
            y=[-n for n in range(len(names))],
            height=BAR,
            width=[counts[name] for name in names],
            brushes=brushes,
            pens=[self._edge(role, counts[name]) for name, (role, _share) in FUNNEL.items()],
        )
        self.plot.addItem(bars)
        for place, name in enumerate(names):
            anchor = (1 if sides.are_swapped() else 0, 0.5)
            label = pg.TextItem(f" {self._told(name)} ", color=self._role("text"), anchor=anchor)
            label.setFont(font(LABEL, tabular=True))
            label.setPos(counts[name], -place)
            self.plot.addItem(label, ignoreBounds=True)
        self.plot.setXRange(0, max(max(counts.values()) * ROOM_FOR_FIGURES, 1), padding=0)
        self.plot.setYRange(-len(names) + 0.4, 0.6, padding=0)

    def _told(self, name: str) -> str:
        counts = asdict(self._total)
        whole = BEFORE.get(name)
        part = words.share(counts[name], counts[whole]) if whole else ""
        return f"{number(counts[name])}  ·  {part}" if part else number(counts[name])

    def _place_at(self, x: float, y: float) -> int:
        return -round(y)

    def _show_hair(self, place: int | None) -> None:
        """The bars speak for themselves."""


class LinesChart(Chart):
    """One line for each of several figures, over days or weeks."""

    def __init__(self, theme: Theme, name: str, accessible: str, lines: Sequence[Line]) -> None:
        self._steps: Sequence[tuple[date, Any]] = ()
        self._lines = lines
        super().__init__(theme, name, accessible)

    def show_days(self, days: Mapping[date, Figures] | Mapping[date, PermissionDay]) -> None:
        self._steps = steps(days)
        self.put_labels([words.short_day(day) for day, _figures in self._steps])
        self.redraw()

    def told_at(self, place: int) -> str:
        if not 0 <= place < len(self._steps):
            return ""
        day, figures = self._steps[place]
        told = [f"{line.words}: {number(getattr(figures, line.name))}" for line in self._lines]
        return "\n".join([words.long_day(day), *told])

    def _draw(self) -> None:
        highest = 0
        alone = len(self._steps) == 1
        for line in self._lines:
            values = [getattr(figures, line.name) for _day, figures in self._steps]
            color = self._role(line.role)
            pen = self._pen(line.role, line.dash)
            dots = {"symbol": "o", "symbolBrush": color, "symbolPen": None} if alone else {}
            self.plot.addItem(pg.PlotDataItem(list(range(len(values))), values, pen=pen, **dots))
            highest = max([highest, *values])
        self._fit(highest, len(self._steps))


class DaysChart(LinesChart):
    """The funnel, day by day."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "days_chart", _("Day by day"), MESSAGES)


class PermissionsChart(LinesChart):
    """Permissions gained, used, stopped and expired."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "permissions_chart", _("Permissions"), PERMISSIONS)


class HoursChart(Chart):
    """By the hour at which messages went: how many did, and how many of them were read."""

    def __init__(self, theme: Theme) -> None:
        self._hours: Sequence[Figures] = ()
        super().__init__(theme, "hours_chart", _("By the hour of the day"))
        self.put_labels([words.hour(hour) for hour in range(24)])

    def show_hours(self, hours: Sequence[Figures]) -> None:
        self._hours = hours
        self.redraw()

    def told_at(self, place: int) -> str:
        if not 0 <= place < len(self._hours):
            return ""
        figures = self._hours[place]
        counts = {"sent": figures.sent, "read": figures.read, "answered": figures.answered}
        told = [f"{words.stage(name)}: {number(count)}" for name, count in counts.items()]
        return "\n".join([words.hour(place), *told])

    def _draw(self) -> None:
        places = list(range(len(self._hours)))
        for name, share in (("sent", PALE), ("read", WHOLE)):
            heights = [getattr(figures, name) for figures in self._hours]
            brush, edges = self._tint("accent", share), [self._edge("accent", n) for n in heights]
            self.plot.addItem(
                pg.BarGraphItem(x=places, height=heights, width=BAR, brush=brush, pens=edges)
            )
        self._fit(max([0, *(figures.sent for figures in self._hours)]), len(places))

    def _show_hair(self, place: int | None) -> None:
        """The bars speak for themselves."""


class ForecastChart(Chart):
    """How many permissions are left on coming days."""

    def __init__(self, theme: Theme) -> None:
        self._left: list[tuple[date, int]] = []
        super().__init__(theme, "forecast_chart", _("How long permissions last"))

    def show_forecast(self, forecast: Forecast) -> None:
        self._left = list(forecast.left.items())
        self.put_labels([words.short_day(day) for day, _count in self._left])
        self.redraw()

    def told_at(self, place: int) -> str:
        if not 0 <= place < len(self._left):
            return ""
        day, count = self._left[place]
        return f"{words.long_day(day)}\n{_('{count} left', count=number(count))}"

    def _draw(self) -> None:
        values = [count for _day, count in self._left]
        pen = self._pen("permission", Qt.PenStyle.SolidLine)
        soft = self._role("permission", 0.14)
        places = list(range(len(values)))
        self.plot.addItem(pg.PlotCurveItem(places, values, pen=pen, fillLevel=0, brush=soft))
        self._fit(max([0, *values]), len(values))
