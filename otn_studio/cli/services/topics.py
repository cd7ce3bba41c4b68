"""The Page's topics, from its database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from otn_studio.flow.document import Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import CLASSIC, Rules
from otn_studio.runtime.broadcasting import announcing
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage.database import Database
from otn_studio.storage.permissions import topics
from otn_studio.storage.permissions.expiry import Asked, asked_again_by, ending_by
from otn_studio.studio.services.services import SOON, TopicRow


class PageTopics:
    """The studio's `Topics`, from the Page's database."""

    def __init__(
        self, database: Database, page_id: str, clock: Clock, rules: Rules = CLASSIC
    ) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock
        self._rules = rules

    def all(self) -> Sequence[TopicRow]:
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        now = self._clock.now()
        with self._database.reading() as connection:
            rows = topics.all_topics(connection, self._page_id, now)
            ending = ending_by(connection, self._page_id, now, now + SOON)
            asked = self._asked_again(connection, now)
        return [
            TopicRow(
                row.id,
                row.name,
                row.held,
                row.used,
                row.expired,
                row.ends_soonest,
                tuple(p.flow.name for p in programs.all_live() if row.id in p.flow.topics),
                ending.get(row.id, 0),
                row.frequency,
                row.asks_again,
                row.stopped,
                *asked.get(row.id, ()),
            )
            for row in rows
        ]

    def names(self) -> Mapping[str, str]:
        """All names by their ids."""
        with self._database.reading() as connection:
            return topics.names(connection, self._page_id)

    def add(
        self, id: str, name: str, frequency: Frequency | None = None, asks_again: bool = True
    ) -> None:
        brought = {id: Topic(name, frequency, asks_again)}
        with self._database.writing() as connection:
            topics.bring_along(connection, self._page_id, brought, self._clock.now())

    def rename(self, id: str, name: str) -> None:
        with self._database.writing() as connection:
            topics.rename(connection, self._page_id, id, name)

    def delete(self, id: str) -> None:
        with self._database.writing() as connection:
            topics.delete(connection, self._page_id, id, self._clock.now())

    def restore(self, id: str) -> None:
        with self._database.writing() as connection:
            topics.restore(connection, self._page_id, id)

    def reach(self, id: str) -> int:
        return announcing.people(self._database, self._page_id, id, self._clock.now())

    def announce(self, id: str, text: str) -> int:
        return announcing.announce_text(self._database, self._page_id, id, text, self._clock.now())

    def _asked_again(self, connection: Connection, now: datetime) -> Mapping[str, Asked]:
        """Whom Messenger itself asks soon; nobody under rules by which it does not ask."""
        if not self._rules.profile.asks_again:
            return {}
        return asked_again_by(connection, self._page_id, now, now + SOON, self._rules.zone)
