"""The Page's broadcasts, from its database."""

from collections.abc import Mapping, Sequence
from typing import Final

from otn_studio.policy.profiles import Rules
from otn_studio.runtime.broadcasting import broadcast_words, broadcasts, reporting
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage.database import Database
from otn_studio.storage.people import segments
from otn_studio.storage.permissions import topics
from otn_studio.storage.sending.announcements import Announcement
from otn_studio.studio.services.broadcasting import (
    BroadcastReport,
    BroadcastRow,
    Choices,
    Draft,
    Outlook,
    State,
)

_LONGEST_TEXT: Final = 200


class PageBroadcasts:
    """The studio's `Broadcasts`, from the Page's database."""

    def __init__(self, database: Database, page_id: str, clock: Clock, rules: Rules) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock
        self._rules = rules

    def all(self) -> Sequence[BroadcastRow]:
        rows = broadcasts.listed(self._database, self._page_id)
        with self._database.reading() as connection:
            known = topics.by_id(connection, self._page_id, {row.topic_id for row in rows})
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        flows = {program.flow_id: program.flow.name for program in programs.all_live()}
        return [_row(row, known[row.topic_id].name, flows) for row in rows]

    def choices(self) -> Choices:
        with self._database.reading() as connection:
            rows = topics.all_topics(connection, self._page_id, self._clock.now())
            kept = segments.all_segments(connection, self._page_id)
        return Choices(
            tuple((row.id, row.name, row.frequency) for row in rows),
            tuple((row.id, row.name) for row in kept),
            self._rules.zone,
        )

    def flows(self, topic: str) -> Mapping[str, str]:
        return broadcasts.flows_for(self._database, self._page_id, topic)

    def outlook(self, draft: Draft) -> Outlook:
        now = self._clock.now()
        found = broadcasts.outlook(self._database, self._page_id, _draft(draft), now, self._rules)
        reach = found.reach
        planned = draft.at is not None
        lines = tuple(broadcast_words.of_reach(reach, self._rules.zone, planned=planned))
        people = reach.now + (reach.waiting if draft.waits else 0)
        return Outlook(reach.now, people, lines, found.warning)

    def send(self, draft: Draft) -> int:
        return broadcasts.plan(self._database, self._page_id, _draft(draft), self._clock.now())

    def report(self, id: int) -> BroadcastReport:
        report = reporting.report(self._database, self._page_id, id, self._clock.now())
        lines = tuple(broadcast_words.of_report(report, self._rules.zone))
        under_way = report.going + report.waiting + report.later
        return BroadcastReport(report.people, report.people - under_way, lines)

    def pause(self, id: int) -> None:
        broadcasts.pause(self._database, self._page_id, id, self._clock.now())

    def resume(self, id: int) -> None:
        broadcasts.resume(self._database, self._page_id, id, self._clock.now())

    def cancel(self, id: int) -> None:
        broadcasts.cancel(self._database, self._page_id, id, self._clock.now())


def _row(row: Announcement, topic: str, flows: Mapping[str, str]) -> BroadcastRow:
    what = row.text or flows.get(row.flow_id or "", row.flow_id or "")
    return BroadcastRow(
        row.id,
        topic,
        " ".join(what.split())[:_LONGEST_TEXT],
        State(row.state),
        row.begins_at or row.made_at,
        row.people,
        row.told,
        row.segment or "",
    )


def _draft(draft: Draft) -> broadcasts.Draft:
    return broadcasts.Draft(
        draft.topic, draft.text, draft.flow, draft.at, draft.segment, draft.waits
    )
