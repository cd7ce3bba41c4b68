"""How a Page does, in memory."""

from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import date, timedelta

from otn_studio.studio.services.insight import (
    Choice,
    Choices,
    Figures,
    FlowFigures,
    Forecast,
    Insight,
    PermissionDay,
)

TODAY = date(2026, 11, 23)
TOPICS = {"shoes": "Blue sneakers", "deals": "Weekly deals"}
FLOWS = {"stock": "Back in stock", "welcome": "Welcome"}


def figures(size: int) -> Figures:
    """Of some day: so many asked, and fewer and fewer of what follows."""
    return Figures(size, size * 62 // 100, size * 3, size * 29 // 10, size * 2, size * 7 // 10)


def total(*those: Figures) -> Figures:
    return Figures(*(sum(column) for column in zip(*map(astuple, those), strict=True)))


class FakeInsights:
    """``choices_asked`` are those that were looked at, ``events`` what there is to count."""

    def __init__(self, size: int = 40, events: int = 3) -> None:
        self.size = size
        self.events = events
        self.topics, self.flows = dict(TOPICS), dict(FLOWS)
        self.asked: list[Choice] = []
        self.flow = FlowFigures({}, {})

    def count(self, on_step: Callable[[int], None]) -> None:
        for _step in range(self.events):
            on_step(1_000)

    def choices(self) -> Choices:
        return Choices(self.topics, self.flows, TODAY, bool(self.size))

    def look(self, choice: Choice) -> Insight:
        self.asked.append(choice)
        first = choice.first or TODAY - timedelta(days=400)
        count = (choice.last - first).days + 1
        size = self.size if choice.topic is None else self.size // 2
        days = {
            first + timedelta(days=day): figures(size * (3 + (day * 7) % 5 + day % 3) // 5)
            for day in range(count)
        }
        whole = total(*days.values())
        part = Figures(*(value // 3 for value in astuple(whole)))
        hours = [figures(self.size * (12 - abs(14 - hour)) // 6 + 1) for hour in range(24)]
        permissions = {
            day: PermissionDay(found.opted_in, found.opted_in // 2, found.asked // 9, day.day % 4)
            for day, found in days.items()
        }
        left = {TODAY + timedelta(days=day): max(4_000 - 17 * day, 0) for day in range(365)}
        forecast = Forecast(4_017, 17.0, left, TODAY + timedelta(days=236))
        return Insight(
            whole,
            days,
            hours,
            [
                (name, replace(part, asked=part.asked - n))
                for n, name in enumerate(self.topics.values())
            ],
            [(name, part) for name in [*self.flows.values(), ""]],
            permissions,
            forecast,
        )

    def of_flow(self, flow: str, days: int) -> FlowFigures:
        return self.flow
