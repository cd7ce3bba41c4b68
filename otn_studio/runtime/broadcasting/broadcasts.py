"""Broadcasts, as a person plans them, looks at them and stops them. `telling` carries them out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from otn_studio.blocks import liquid
from otn_studio.blocks.liquid import BrokenText
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.words import Problem, Words
from otn_studio.checks.frequency import too_soon
from otn_studio.flow.audience import Audience
from otn_studio.policy import limits
from otn_studio.policy.profiles import Rules
from otn_studio.runtime.broadcasting.announcing import recurring
from otn_studio.runtime.publishing import Published, wake_engine
from otn_studio.storage.database import Database
from otn_studio.storage.people import segments
from otn_studio.storage.permissions import topics
from otn_studio.storage.sending import announcements, recipients
from otn_studio.storage.sending.announcements import (
    CANCELLED,
    DONE,
    PAUSED,
    PLANNED,
    SENDING,
    Announcement,
)
from otn_studio.storage.sending.recipients import Reach

SHOWN: Final = 200
"""So many broadcasts are listed, the newest."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a broadcast is to be: a text or a flow, for a topic. Without ``at`` it begins at once;
    ``segment`` is for whom, if not for everybody; ``waits``: for those who can't get it yet."""

    topic_id: str
    text: str | None = None
    flow_id: str | None = None
    at: datetime | None = None
    segment: int | None = None
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be known before a broadcast is sent."""

    reach: Reach
    warning: Words | None


def outlook(database: Database, page_id: str, draft: Draft, now: datetime, rules: Rules) -> Outlook:
    """Whom a broadcast would reach, and whether it comes too soon for its topic."""
    at = draft.at or now
    with database.reading() as connection:
        audience = _audience(connection, page_id, draft)
        lasting = recurring(connection, page_id)
        reach = recipients.reach(connection, page_id, draft.topic_id, at, lasting, audience)
        known = topics.by_id(connection, page_id, [draft.topic_id]).get(draft.topic_id)
        others = announcements.of_topic(connection, page_id, draft.topic_id)
    if known is None or known.frequency is None:
        return Outlook(reach, None)
    times = [other.begins_at for other in others if other.begins_at is not None]
    return Outlook(reach, too_soon(at, times, known.frequency, rules))


def flows_for(database: Database, page_id: str, topic_id: str) -> dict[str, str]:
    """The names of the live flows that begin where the topic is announced, by their ids."""
    programs = Published(database, page_id)
    programs.refresh()
    return {
        program.flow_id: program.flow.name
        for program in programs.all_live()
        if any(
            isinstance(block, Announced) and block.topic == topic_id
            for block in program.flow.blocks.values()
        )
    }


def plan(
    database: Database, page_id: str, draft: Draft, now: datetime, key: str | None = None
) -> int:
    """Have a broadcast sent; answers its number.

    Raises:
        Problem: it can't be sent, with the reason.
    """
    _refuse_unusable(database, page_id, draft)
    with database.writing() as connection:
        if not topics.is_there(connection, page_id, draft.topic_id):
            raise Problem("There is no topic “{name}”.", name=draft.topic_id)
        segment = draft.segment and segments.by_id(connection, page_id, draft.segment)
        number = announcements.make(
            connection,
            page_id,
            draft.topic_id,
            now,
            begins_at=max(draft.at or now, now),
            waits=draft.waits,
            text=draft.text,
            flow_id=draft.flow_id,
            segment=segment.name if segment else None,
            audience=segment.audience.plain() if segment else None,
            key=key,
        )
    wake_engine(database, page_id)
    return number


def _refuse_unusable(database: Database, page_id: str, draft: Draft) -> None:
    if draft.flow_id is not None:
        if draft.flow_id not in flows_for(database, page_id, draft.topic_id):
            raise Problem(
                "The flow is not published, or does not start with “You announce” for this topic."
            )
        return
    refuse_unusable(draft.text or "")


def refuse_unusable(text: str) -> None:
    """See that a text can be sent.

    Raises:
        Problem: it can't, with the reason.
    """
    if not text.strip():
        raise Problem("The text is empty.")
    try:
        least, others = liquid.length(text).least, sorted(liquid.other_names(text))
    except BrokenText as broken:
        raise Problem("The text can’t be filled in: {problem}.", problem=str(broken)) from broken
    if others:
        raise Problem("The text asks for “{name}”, which nothing fills in.", name=others[0])
    if least > limits.TEXT:
        raise Problem(
            "The text has {count} characters; Messenger takes {limit}.",
            count=least,
            limit=limits.TEXT,
        )


def pause(database: Database, page_id: str, number: int, now: datetime) -> None:
    """Send no more of it until it is resumed; what is being sent just now ends.

    Raises:
        Problem: it is not planned, and not being sent.
    """
    _turn(database, page_id, number, (PLANNED, SENDING), state=PAUSED, look_at=now)


def resume(database: Database, page_id: str, number: int, now: datetime) -> None:
    """Go on where it was paused.

    Raises:
        Problem: it is not paused.
    """
    row = numbered(database, page_id, number)
    begins_at = row.begins_at or now
    begun = row.planned_to is not None or row.planned_at is not None or begins_at <= now
    state, look_at = (SENDING, now) if begun else (PLANNED, begins_at)
    _turn(database, page_id, number, (PAUSED,), state=state, look_at=look_at)


def cancel(database: Database, page_id: str, number: int, now: datetime) -> None:
    """Send no more of it, for good.

    Raises:
        Problem: it has ended.
    """
    under_way = (PLANNED, SENDING, PAUSED)
    _turn(database, page_id, number, under_way, state=CANCELLED, look_at=now, ended_at=now)


def listed(database: Database, page_id: str) -> list[Announcement]:
    """The newest broadcasts."""
    with database.reading() as connection:
        return announcements.all_of(connection, page_id, SHOWN)


def numbered(database: Database, page_id: str, number: int) -> Announcement:
    """The broadcast of that number.

    Raises:
        Problem: there is none.
    """
    with database.reading() as connection:
        row = announcements.numbered(connection, page_id, number)
    if row is None:
        raise Problem("There is no broadcast {number}.", number=number)
    return row


def _turn(
    database: Database, page_id: str, number: int, before: tuple[str, ...], **values: object
) -> None:
    row = numbered(database, page_id, number)
    with database.writing() as connection:
        turned = announcements.turn(connection, page_id, number, before, **values)
    if not turned:
        raise Problem(_NOT_NOW[row.state].text)
    wake_engine(database, page_id)


def _audience(connection: Connection, page_id: str, draft: Draft) -> Audience | None:
    if draft.segment is None:
        return None
    return segments.by_id(connection, page_id, draft.segment).audience


_NOT_NOW = {
    PLANNED: Words("The broadcast has not begun."),
    SENDING: Words("The broadcast is being sent."),
    PAUSED: Words("The broadcast is paused already."),
    CANCELLED: Words("The broadcast was canceled."),
    DONE: Words("The broadcast has ended."),
}
