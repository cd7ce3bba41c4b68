"""The Page's people, from its database."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from otn_studio.blocks.field import TYPE_WORDS, Field, kept
from otn_studio.blocks.known import SYSTEM_FIELDS, TOLD_BY_OTHERS, type_of
from otn_studio.blocks.words import Problem
from otn_studio.cli.services import timeline as telling
from otn_studio.cli.words import shown
from otn_studio.flow.audience import Audience
from otn_studio.policy import window
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.window import Reason
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.page import Page
from otn_studio.runtime.people import by_hand, exporting
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage.database import Database
from otn_studio.storage.people import audiences, contacts, erasing, searching, segments
from otn_studio.storage.people import timeline as happenings
from otn_studio.storage.people.contacts import ContactRow
from otn_studio.storage.permissions import holdings, topics
from otn_studio.storage.permissions.holdings import Holding
from otn_studio.studio.services.people import (
    Known,
    Moment,
    Permission,
    Person,
    PersonRow,
    SegmentRow,
    Status,
)

TAGS_AT_MOST = 500
NAMES = ("first_name", "last_name")


class PageContacts:
    """The studio's `Contacts`, from the Page's database."""

    def __init__(self, database: Database, page: Page, clock: Clock) -> None:
        self._database = database
        self._page = page
        self._clock = clock

    def ids(self, audience: Audience) -> Iterator[Sequence[int]]:
        with self._database.reading() as connection:
            yield from audiences.ids(connection, self._page.id, audience, self._clock.now())

    def rows(self, ids: Collection[int]) -> Mapping[int, PersonRow]:
        with self._database.reading() as connection:
            rows = contacts.by_ids(connection, self._page.id, ids)
            held = contacts.topics_held(connection, ids, self._clock.now())
            wanted = {topic for topics_held in held.values() for topic in topics_held}
            known = topics.by_id(connection, self._page.id, wanted)
        names = {id: topic.name for id, topic in known.items()}
        return {
            id: _row(row, [names.get(topic, topic) for topic in held.get(id, ())])
            for id, row in rows.items()
        }

    def known(self) -> Known:
        with self._database.reading() as connection:
            tags = searching.tags(connection, self._page.id, TAGS_AT_MOST)
            rows = segments.all_segments(connection, self._page.id)
        return Known(
            tuple(tags),
            self._fields(),
            self._topic_names(),
            tuple(SegmentRow(row.id, row.name, row.audience) for row in rows),
            self._page.rules.zone,
            self._clock.now(),
        )

    def person(self, id: int) -> Person | None:
        now, page = self._clock.now(), self._page
        with self._database.reading() as connection:
            row = contacts.by_ids(connection, page.id, [id]).get(id)
            held = holdings.of_contacts(connection, [id])[id]
        if row is None:
            return None
        topic_names, fields = self._topic_names(), self._fields()
        usable = [one for one in held if one.status(now) is holdings.Status.USABLE]
        current = dict.fromkeys(topic_names.get(one.topic_id, one.topic_id) for one in usable)
        may_write = Reason.HUMAN_AGENT if page.human_agent else Reason.RESPONSE
        acted = row.last_action_at
        return Person(
            _row(row, list(current)),
            tuple((key, _name(key, fields), str(value)) for key, value in row.fields.items()),
            tuple(_permission(one, topic_names, one.status(now)) for one in held),
            acted and window.ends_at(acted),
            acted and window.ends_at(acted, may_write),
            row.quiet_until if row.quiet_until and row.quiet_until > now else None,
        )

    def timeline(self, id: int, after: Any = None) -> tuple[Sequence[Moment], Any]:
        with self._database.reading() as connection:
            rows, rest = happenings.page(connection, id, after or happenings.TOP)
        names = self._topic_names()
        told = (telling.moment(row, names) for row in rows)
        return [moment for moment in told if moment is not None], rest

    def write(self, id: int, text: str) -> None:
        by_hand.write(self._database, self._page, id, text, self._clock.now())

    def set_field(self, id: int, key: str, value: str) -> None:
        fields = self._fields()
        type, name = type_of(key, fields), _name(key, fields)
        fitting = kept(value.strip(), type, self._page.rules.zone) if value.strip() else ""
        if fitting is None:
            raise Problem("“{field}” has to be {what}.", field=name, what=TYPE_WORDS[type])
        by_hand.set_field(self._database, self._page.id, id, key, fitting, self._clock.now())

    def add_tag(self, id: int, tag: str) -> None:
        by_hand.add_tag(self._database, self._page.id, id, tag, self._clock.now())

    def remove_tag(self, id: int, tag: str) -> None:
        by_hand.remove_tag(self._database, self._page.id, id, tag, self._clock.now())

    def remove_permission(self, id: int, permission: int) -> Callable[[], None]:
        where = self._database, self._page.id, id, permission
        before = by_hand.remove_permission(*where, self._clock.now())
        return lambda: by_hand.restore_permission(*where, before, self._clock.now())

    def forget(self, id: int) -> None:
        with self._database.writing() as connection:
            row = contacts.locked(connection, self._page.id, id)
            if row is None:
                raise Problem("The person is not there any more.")
            erasing.forget(connection, self._page.id, row.person_id)
        erasing.empty_journal(self._database)

    def keep_segment(self, name: str, audience: Audience) -> int:
        with self._database.writing() as connection:
            now = self._clock.now()
            return segments.add(connection, self._page.id, name, audience, now)

    def remove_segment(self, id: int) -> None:
        with self._database.writing() as connection:
            segments.remove(connection, self._page.id, id)

    def export(self, audience: Audience, file: Path, step: Callable[[float], None]) -> int:
        made = exporting.Export(self._database, self._page.id, self._clock.now(), step)
        return made.write(audience, file)

    def _topic_names(self) -> dict[str, str]:
        with self._database.reading() as connection:
            return topics.names(connection, self._page.id)

    def _fields(self) -> dict[str, Field]:
        """Those that Messenger fills in, and those of the live flows."""
        programs = LivePrograms(self._database, self._page.id)
        programs.refresh()
        fields = {
            key: Field(shown(words), type)
            for key, (words, type) in SYSTEM_FIELDS.items()
            if key not in TOLD_BY_OTHERS
        }
        for program in programs.all_live():
            fields |= program.flow.fields
        return {key: entry for key, entry in fields.items() if not entry.of_page}


def _row(row: ContactRow, topic_names: Sequence[str]) -> PersonRow:
    parts = (str(row.fields.get(key, "")).strip() for key in NAMES)
    return PersonRow(
        row.id,
        row.person_id,
        " ".join(filter(None, parts)),
        tuple(row.tags),
        tuple(topic_names),
        row.first_seen_at,
        row.last_action_at,
        row.unreachable_at is None,
    )


def _name(key: str, fields: Mapping[str, Field]) -> str:
    return fields[key].name if key in fields else key


def _permission(one: Holding, names: Mapping[str, str], status: str) -> Permission:
    return Permission(
        one.id,
        names.get(one.topic_id, one.topic_id),
        one.frequency and Frequency(one.frequency),
        Status(status),
        one.opted_in_at,
        one.expires_at,
        one.next_allowed_at,
    )
