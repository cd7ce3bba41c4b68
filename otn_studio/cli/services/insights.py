"""How the Page does, from its database."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from datetime import date, timedelta, tzinfo

from sqlalchemy import Connection

from otn_studio.runtime.clock import Clock
from otn_studio.runtime.keeping import insights as counting
from otn_studio.runtime.permissions import forecast
from otn_studio.storage.database import Database
from otn_studio.storage.insights import of_messages, of_permissions
from otn_studio.storage.insights.of_messages import Chosen
from otn_studio.storage.insights.of_permissions import local_day
from otn_studio.storage.insights.progress import Figures as Sums
from otn_studio.storage.permissions import topics
from otn_studio.studio.services.insight import (
    Choice,
    Choices,
    Figures,
    FlowFigures,
    Forecast,
    Insight,
    PermissionDay,
)

PAUSE_SECONDS = 0.005
"""Between two steps of counting, so that the engine writes meanwhile."""
FORESEEN_DAYS = 366
"""A yes of today is good until the last of them."""
PACE_DAYS = 28
_EPOCH = date(1970, 1, 1)


class PageInsights:
    """The studio's `Insights`, from the Page's database."""

    def __init__(
        self, database: Database, page_id: str, clock: Clock, pause: float = PAUSE_SECONDS
    ) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock
        self._pause = pause

    def count(self, on_step: Callable[[int], None]) -> None:
        for events in counting.bring_up_to_date(self._database, self._page_id):
            on_step(events)
            time.sleep(self._pause)

    def choices(self) -> Choices:
        with self._database.reading() as connection:
            zone = counting.zone_of(connection, self._page_id)
            return Choices(
                topics.names(connection, self._page_id),
                of_messages.flow_names(connection, self._page_id),
                _date(local_day(self._clock.now(), zone)),
                self._first_day(connection, zone) is not None,
            )

    def look(self, choice: Choice) -> Insight:
        with self._database.reading() as connection:
            zone = counting.zone_of(connection, self._page_id)
            chosen = self._chosen(connection, choice, zone)
            by_day = of_messages.by_day(connection, chosen)
            by_hour = of_messages.by_hour(connection, chosen)
            days = range(chosen.first, chosen.last + 1)
            return Insight(
                total=_figures(sum(by_day.values(), Sums())),
                days={_date(day): _figures(by_day.get(day, Sums())) for day in days},
                hours=[_figures(by_hour.get(hour, Sums())) for hour in range(24)],
                topics=self._topics(connection, chosen),
                flows=self._flows(connection, chosen),
                permissions=self._permissions(connection, chosen, zone, by_day),
                forecast=self._forecast(connection, choice.topic, zone),
            )

    def of_flow(self, flow: str, days: int) -> FlowFigures:
        with self._database.reading() as connection:
            zone = counting.zone_of(connection, self._page_id)
            first = local_day(self._clock.now(), zone) - days + 1
            blocks = of_messages.of_blocks(connection, self._page_id, flow, first)
            ways = of_messages.of_ways(connection, self._page_id, flow, first)
        return FlowFigures({block: _figures(found) for block, found in blocks.items()}, ways)

    def _first_day(self, connection: Connection, zone: tzinfo) -> int | None:
        first = of_permissions.first(connection, self._page_id)
        found = of_messages.first_day(connection, self._page_id)
        days = [found, None if first is None else local_day(first, zone)]
        return min((day for day in days if day is not None), default=None)

    def _chosen(self, connection: Connection, choice: Choice, zone: tzinfo) -> Chosen:
        last = _number(choice.last)
        if choice.first is not None:
            first = _number(choice.first)
        else:
            ever = self._first_day(connection, zone)
            first = last if ever is None else min(ever, last)
        return Chosen(self._page_id, first, last, choice.topic, choice.flow)

    def _topics(self, connection: Connection, chosen: Chosen) -> Sequence[tuple[str, Figures]]:
        names = topics.names(connection, self._page_id)
        return _named(of_messages.by_topic(connection, chosen), names)

    def _flows(self, connection: Connection, chosen: Chosen) -> Sequence[tuple[str, Figures]]:
        names = of_messages.flow_names(connection, self._page_id)
        return _named(of_messages.by_flow(connection, chosen), names)

    def _permissions(
        self, connection: Connection, chosen: Chosen, zone: tzinfo, by_day: Mapping[int, Sums]
    ) -> Mapping[date, PermissionDay]:
        """Whatever the flow: a permission belongs to a topic."""
        of = connection, self._page_id, chosen.topic_id, chosen.first, chosen.last, zone
        gained = of_permissions.gained(*of)
        stopped = of_permissions.stopped(*of)
        expired = of_permissions.expired(*of, self._clock.now())
        return {
            _date(day): PermissionDay(
                gained.get(day, 0),
                by_day[day].sent if day in by_day else 0,
                stopped.get(day, 0),
                expired.get(day, 0),
            )
            for day in range(chosen.first, chosen.last + 1)
        }

    def _forecast(self, connection: Connection, topic: str | None, zone: tzinfo) -> Forecast:
        now = self._clock.now()
        today = local_day(now, zone)
        of = connection, self._page_id, topic
        ends = of_permissions.ending(*of, today + FORESEEN_DAYS, zone, now)
        held = sum(ends.values())
        used = self._used(connection, topic, today) / PACE_DAYS
        ending = {day - today: count for day, count in ends.items() if day is not None}
        left = forecast.left(held, ending, used, FORESEEN_DAYS)
        gone = next((day for day, count in enumerate(left) if count == 0), None)
        return Forecast(
            held,
            used,
            {_date(today + day): count for day, count in enumerate(left)},
            _date(today + gone) if held and gone is not None else None,
        )

    def _used(self, connection: Connection, topic: str | None, today: int) -> int:
        """How many were used up lately: lasting ones stay when they are used."""
        lately = Chosen(self._page_id, today - PACE_DAYS, today - 1, topic)
        found = of_messages.by_topic(connection, lately)
        once = topics.one_time(connection, self._page_id)
        return sum(sums.sent for id, sums in found.items() if id in once)


def _named(found: Mapping[str, Sums], names: Mapping[str, str]) -> Sequence[tuple[str, Figures]]:
    """The largest first; what has no name any more has an empty one."""
    named: dict[str, Sums] = {}
    for id, sums in found.items():
        name = names.get(id, "")
        named[name] = named.get(name, Sums()) + sums
    rows = [(name, _figures(sums)) for name, sums in named.items()]
    return sorted(rows, key=lambda row: (-row[1].sent - row[1].asked, row[0].casefold()))


def _figures(sums: Sums) -> Figures:
    return Figures(*astuple(sums))


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=day)


def _number(day: date) -> int:
    return (day - _EPOCH).days
