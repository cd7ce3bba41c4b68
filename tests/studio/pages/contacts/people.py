"""The Page's people, in memory."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.words import Problem, Words
from otn_studio.flow.audience import About, Audience, How
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.services.people import (
    Known,
    Moment,
    Permission,
    Person,
    PersonRow,
    SegmentRow,
    Side,
    Status,
)
from tests.studio.pages.fakes import NOW

AT_ONCE = 100
FIELDS = {
    "first_name": Field("First name"),
    "last_name": Field("Last name"),
    "size": Field("Size", FieldType.NUMBER),
    "city": Field("City"),
}
TOPICS = {"blue": "Blue sneakers", "deals": "Weekly deals"}
DAY = timedelta(days=1)


def person(name: str, *tags: str, hours: float | None = None, **more: Any) -> Person:
    """Somebody who last answered so many hours ago."""
    acted = NOW - timedelta(hours=hours) if hours is not None else None
    fields = more.pop("fields", {})
    row = PersonRow(0, "", name, tags, more.pop("topics", ()), NOW - 9 * DAY, acted)
    row = replace(row, reachable=more.pop("reachable", True))
    return Person(
        row,
        tuple((key, FIELDS[key].name, value) for key, value in fields.items()),
        more.pop("permissions", ()),
        acted and acted + DAY,
        acted and acted + DAY,
        **more,
    )


def permission(id: int, topic: str, status: Status, **more: Any) -> Permission:
    lasting = {"frequency": None, "until": NOW + 300 * DAY, "usable_from": NOW} | more
    return Permission(id, topic, status=status, since=NOW - 65 * DAY, **lasting)


ANN = person(
    "Ann Müller",
    "vip",
    "summer",
    hours=3,
    topics=("Blue sneakers", "Weekly deals"),
    fields={"first_name": "Ann", "last_name": "Müller", "size": "42"},
    permissions=(
        permission(1, "Blue sneakers", Status.USABLE),
        permission(
            2,
            "Weekly deals",
            Status.WAITS,
            frequency=Frequency.WEEKLY,
            usable_from=NOW + 7 * DAY,
        ),
        permission(3, "Blue sneakers", Status.USED, until=NOW - 2 * DAY),
    ),
)
PEOPLE = (
    ANN,
    person("Bob Lee", hours=30, topics=("Weekly deals",)),
    person("", hours=200),
    person("Dana Núñez", "vip", "from the fair in Düsseldorf", "late", reachable=False),
    person("Eve"),
)


def story() -> list[Moment]:
    """What happened with Ann, the latest first."""

    def at(minutes: int) -> datetime:
        return NOW - timedelta(hours=3, minutes=minutes)

    quiet = Words("waits: {why}", why=Words("a colleague answers by hand"))
    late = Words("not sent: {why}", why=Words("the 24 hours since the person last wrote were over"))
    return [
        Moment(at(0), Side.PERSON, Words("Wrote"), "Are the blue ones back in 42?"),
        Moment(at(10), Side.PAGE, Words("The bot wrote"), "We have news for you.", quiet),
        Moment(at(60), Side.BOT, Words("“{flow}” started", flow="Back in stock")),
        Moment(at(61), Side.PERSON, Words("Said yes to “{topic}”", topic="Blue sneakers")),
        Moment(at(9_000), Side.PAGE, Words("The bot wrote"), "Still there?", late, True, "code 10"),
    ]


class FakeContacts:
    """People who are found by their names, and who do as they are told."""

    def __init__(self, *people: Person) -> None:
        self.people: dict[int, Person] = {}
        for one in reversed(people):
            self.come(one)
        self.stories: dict[int, list[Moment]] = {len(people): story()} if people else {}
        self.segments: list[SegmentRow] = []
        self.written: list[tuple[int, str]] = []
        self.asked: list[int] = []
        """How many rows were asked for at once."""
        self.problem = ""
        self.may_answer = Event()
        self.may_answer.set()
        self.steps: Sequence[float] = (0.0, 0.5, 1.0)

    def come(self, one: Person) -> int:
        id = len(self.people) + 1
        row = replace(one.row, id=id, person_id=f"70000000000000{id:02}")
        self.people[id] = replace(one, row=row)
        return id

    def ids(self, audience: Audience) -> Iterator[Sequence[int]]:
        self._answer()
        found = [id for id in sorted(self.people, reverse=True) if self._fits(id, audience)]
        yield found[:AT_ONCE]
        if len(found) > AT_ONCE:
            yield found[AT_ONCE:]

    def rows(self, ids: Collection[int]) -> Mapping[int, PersonRow]:
        self._answer()
        self.asked.append(len(ids))
        return {id: self.people[id].row for id in ids if id in self.people}

    def known(self) -> Known:
        if not self.people:
            return Known()
        tags = {tag for one in self.people.values() for tag in one.row.tags}
        return Known(tuple(sorted(tags)), FIELDS, TOPICS, tuple(self.segments), now=NOW)

    def person(self, id: int) -> Person | None:
        self._answer()
        return self.people.get(id)

    def timeline(self, id: int, after: Any = None) -> tuple[Sequence[Moment], Any]:
        moments, begin = self.stories.get(id, []), after or 0
        rest = begin + 50 if len(moments) > begin + 50 else None
        return moments[begin : begin + 50], rest

    def write(self, id: int, text: str) -> None:
        self._answer()
        self.written.append((id, text))
        moment = Moment(NOW, Side.PAGE, Words("Written by hand"), text)
        self.stories.setdefault(id, []).insert(0, moment)
        self._change(id, quiet_until=NOW + timedelta(hours=1))

    def set_field(self, id: int, key: str, value: str) -> None:
        self._answer()
        kept = {k: v for k, _name, v in self.people[id].fields} | {key: value}
        self._change(id, fields=tuple((k, FIELDS[k].name, v) for k, v in kept.items() if v))

    def add_tag(self, id: int, tag: str) -> None:
        self._answer()
        self._tag(id, {*self.people[id].row.tags, tag})

    def remove_tag(self, id: int, tag: str) -> None:
        self._answer()
        self._tag(id, set(self.people[id].row.tags) - {tag})

    def remove_permission(self, id: int, permission: int) -> Callable[[], None]:
        self._answer()
        before = self.people[id].permissions
        ended = [
            replace(one, status=Status.ENDED) if one.id == permission else one for one in before
        ]
        self._change(id, permissions=tuple(ended))
        return lambda: self._change(id, permissions=before)

    def forget(self, id: int) -> None:
        self._answer()
        del self.people[id]

    def keep_segment(self, name: str, audience: Audience) -> int:
        self._answer()
        self.segments.append(SegmentRow(len(self.segments) + 1, name, audience))
        return len(self.segments)

    def remove_segment(self, id: int) -> None:
        self.segments = [row for row in self.segments if row.id != id]

    def export(self, audience: Audience, file: Path, step: Callable[[float], None]) -> int:
        for done in self.steps:
            self._answer()
            step(done)
        count = sum(len(ids) for ids in self.ids(audience))
        file.write_text(str(count))
        return count

    def _tag(self, id: int, tags: Collection[str]) -> None:
        self._change(id, row=replace(self.people[id].row, tags=tuple(sorted(tags))))

    def _change(self, id: int, **values: Any) -> None:
        self.people[id] = replace(self.people[id], **values)

    def _fits(self, id: int, audience: Audience) -> bool:
        row = self.people[id].row
        is_found = audience.words.casefold() in row.name.casefold()
        holds = [
            (rule.key in row.tags) == (rule.how is How.YES)
            for rule in audience.rules
            if rule.about is About.TAG
        ]
        return is_found and (not holds or (all if audience.all else any)(holds))

    def _answer(self) -> None:
        self.may_answer.wait(5)
        if self.problem:
            raise Problem(self.problem)
