"""The Page's sequences, in memory."""

from collections.abc import Sequence
from dataclasses import replace

from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.services.sequencing import Choices, SequenceRow

SEQUENCES = (
    SequenceRow("course", "Running in ten days", ("Running",), 10, 1_204),
    SequenceRow("welcome", "Welcome to the shop", ("Blue sneakers",), 3, 0),
)


class FakeSequences:
    """As the real ones, but nobody gets anything."""

    def __init__(self, *rows: SequenceRow) -> None:
        self.rows = {row.id: row for row in rows}
        self.told: list[tuple[str, int | None]] = []
        self.topics = (("deals", Topic("Weekly deals", Frequency.WEEKLY)), ("blue", Topic("Blue")))
        self.problem = ""

    def all(self) -> Sequence[SequenceRow]:
        return list(self.rows.values())

    def choices(self) -> Choices:
        return Choices(self.topics, ((7, "Regulars"),))

    def put_on(self, id: str, segment: int | None) -> int:
        if self.problem:
            raise Problem(self.problem)
        self.told.append((id, segment))
        self.rows[id] = replace(self.rows[id], people=12)
        return 12

    def take_off(self, id: str) -> int:
        people = self.rows[id].people
        self.rows[id] = replace(self.rows[id], people=0)
        return people
