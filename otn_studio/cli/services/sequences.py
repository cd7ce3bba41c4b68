"""The Page's sequences, from its database."""

from collections.abc import Sequence

from otn_studio.flow.document import Topic
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.people import sequences
from otn_studio.storage.database import Database
from otn_studio.storage.people import segments
from otn_studio.storage.permissions import topics
from otn_studio.studio.services.sequencing import Choices, SequenceRow


class PageSequences:
    """The studio's `Sequences`, from the Page's database."""

    def __init__(self, database: Database, page_id: str, clock: Clock) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock

    def all(self) -> Sequence[SequenceRow]:
        return [_row(found) for found in sequences.listed(self._database, self._page_id)]

    def choices(self) -> Choices:
        with self._database.reading() as connection:
            rows = topics.all_topics(connection, self._page_id, self._clock.now())
            kept = segments.all_segments(connection, self._page_id)
        return Choices(
            tuple((row.id, Topic(row.name, row.frequency, row.asks_again)) for row in rows),
            tuple((row.id, row.name) for row in kept),
        )

    def put_on(self, id: str, segment: int | None) -> int:
        now = self._clock.now()
        return sequences.put_on(self._database, self._page_id, id, segment, now)

    def take_off(self, id: str) -> int:
        return sequences.take_off(self._database, self._page_id, id, self._clock.now())


def _row(found: sequences.Sequence) -> SequenceRow:
    names = tuple(sorted(topic.name for topic in found.flow.topics.values()))
    return SequenceRow(found.flow.id, found.flow.name, names, found.messages, found.people)
