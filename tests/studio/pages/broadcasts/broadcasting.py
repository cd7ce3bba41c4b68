"""The Page's broadcasts, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from otn_studio.blocks.words import Problem, Words
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.services.broadcasting import (
    BroadcastReport,
    BroadcastRow,
    Choices,
    Draft,
    Outlook,
    State,
)
from tests.studio.pages.fakes import NOW

TOPICS = {"blue": "Blue sneakers", "deals": "Weekly deals"}
FLOWS = {"blue": {"restock": "Back in stock"}}
SEGMENTS = {7: "Regulars"}
TOO_SOON = Words("People get this topic once a week, and another broadcast goes out today.")
BROADCASTS = (
    BroadcastRow(
        4,
        "Weekly deals",
        "This week: everything with stripes",
        State.SENDING,
        NOW - timedelta(minutes=3),
        143_000,
        61_250,
    ),
    BroadcastRow(3, "Blue sneakers", "Back in stock", State.PLANNED, NOW + timedelta(1), 0, 0),
    BroadcastRow(2, "Concert tickets", "Doors at eight", State.PAUSED, NOW, 1_930, 12, "Regulars"),
    BroadcastRow(1, "Weekly deals", "Two for one", State.DONE, NOW - timedelta(8), 1_218, 1_218),
)
LINES = (
    (Words("sent"), 60_871),
    (Words("on the way"), 350),
    (Words("still to be told"), 80_120),
    (Words("waiting, the first until {until}", until=datetime(2026, 11, 30, tzinfo=UTC)), 1_630),
    (Words("not sent: {why}", why=Words("they blocked the Page, or left the conversation")), 29),
)


class FakeBroadcasts:
    """As the real ones, but nothing is ever sent."""

    def __init__(self, *rows: BroadcastRow) -> None:
        self.rows = {row.id: row for row in rows}
        self.sent: list[Draft] = []
        self.asked: list[Draft] = []
        self.reach = 1_200
        self.warning: Words | None = None
        self.problem = ""

    def all(self) -> Sequence[BroadcastRow]:
        self._answer()
        return sorted(self.rows.values(), key=lambda row: -row.id)

    def choices(self) -> Choices:
        self._answer()
        often = {"blue": None, "deals": Frequency.WEEKLY}
        topics = tuple((id, name, often[id]) for id, name in TOPICS.items())
        return Choices(topics, tuple(SEGMENTS.items()), ZoneInfo("Europe/Berlin"))

    def flows(self, topic: str) -> Mapping[str, str]:
        return FLOWS.get(topic, {})

    def outlook(self, draft: Draft) -> Outlook:
        self._answer()
        self.asked.append(draft)
        lines = (
            Words(
                "{n} people can get it then" if draft.at else "{n} people can get it now",
                n=self.reach,
            ),
            Words("{n} people stopped the topic", n=31),
        )
        return Outlook(self.reach, self.reach, lines, self.warning)

    def send(self, draft: Draft) -> int:
        self._answer()
        self.sent.append(draft)
        id = max(self.rows, default=0) + 1
        state = State.PLANNED if draft.at else State.SENDING
        what = draft.text or FLOWS[draft.topic][draft.flow or ""]
        self.rows[id] = BroadcastRow(id, TOPICS[draft.topic], what, state, draft.at or NOW, 0, 0)
        return id

    def report(self, id: int) -> BroadcastReport:
        people = self.rows[id].people
        return BroadcastReport(people, people // 2, LINES if people else ())

    def pause(self, id: int) -> None:
        self._turn(id, State.PAUSED)

    def resume(self, id: int) -> None:
        self._turn(id, State.SENDING)

    def cancel(self, id: int) -> None:
        self._turn(id, State.CANCELLED)

    def _turn(self, id: int, state: State) -> None:
        self._answer()
        self.rows[id] = replace(self.rows[id], state=state)

    def _answer(self) -> None:
        if self.problem:
            raise Problem(self.problem)
