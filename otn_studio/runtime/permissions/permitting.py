"""What becomes of a yes, of a stop and of going on; and which permission a message is to use.

Source: Messenger Platform, "Recurring Notifications": there is one permission for each person, topic
and frequency, and another yes before it ends only makes it last longer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from otn_studio.blocks.event import Event, Lasting, OptedIn, Resumed, Stopped
from otn_studio.blocks.words import Words
from otn_studio.interpreter import reply
from otn_studio.messenger.events import event_of
from otn_studio.messenger.inbox import Kind
from otn_studio.policy import one_time, recurring, sending
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.sending import Refusal
from otn_studio.runtime.conversing.desk import Desk
from otn_studio.runtime.permissions import ledger
from otn_studio.storage.engine import inbox
from otn_studio.storage.permissions import permissions
from otn_studio.storage.permissions.permissions import PermissionRow

UNKNOWN_TOPIC: Final = ""
"""Where a permission is kept whose card was none of ours: it is never lost, and never used."""
LONGEST_PAUSE: Final = Frequency.MONTHLY
"""The frequency of a permission that nobody tells one for: whatever it is, this is not too often."""
_SAME = timedelta(minutes=1)


def frequency_of(told: str, of_topic: str | None) -> Frequency:
    """Messenger's word; where it says nothing, the topic's."""
    known = told if told in set(Frequency) else of_topic
    return Frequency(known or LONGEST_PAUSE)


def kept(desk: Desk, event: OptedIn) -> Iterable[Event]:
    """Keep a yes. Answers what the conversation is told: nothing, where we had it already."""
    place = reply.read(event.reply)
    event = replace(event, topic=place.topic if place else UNKNOWN_TOPIC)
    if event.lasting is not None:
        return _kept_lasting(desk, event, event.lasting)
    is_new = permissions.keep(
        desk.connection,
        desk.page.id,
        desk.lane.contact_id,
        event.topic,
        event.permission,
        event.at,
        one_time.expires_at(event.at),
    )
    return (event,) if is_new else ()


def turned(desk: Desk, event: Stopped | Resumed) -> Iterable[Event]:
    """Note that a permission was stopped, or goes on."""
    row = permissions.with_token(desk.connection, desk.page.id, event.permission)
    if row is None:
        desk.note(Words("Messenger tells of a stop or a going on of a permission that is not here"))
        return ()
    if _overtaking(desk, event):
        desk.note(
            Words("Messenger tells late of a stop or a going on: something else came after it")
        )
        return ()
    stopped_at = event.at if isinstance(event, Stopped) else _stopped_after(row, event.at)
    permissions.change(desk.connection, row.id, stopped_at=stopped_at)
    return (replace(event, topic=row.topic_id),)


def set_aside(desk: Desk, topic: str, lengths: Sequence[int]) -> tuple[int | None, str | None]:
    """The permission that is set aside for messages of these lengths, or why they can't go."""
    rows = permissions.of_contact(desk.connection, desk.lane.contact_id, topic)
    free = [row for row in rows if row.frequency is None or row.next_allowed_at is not None]
    known = {str(row.id): row for row in free}
    first, *others = lengths
    chosen, refusal = sending.choose(map(ledger.as_policy, free), desk.now, desk.page.rules, first)
    if isinstance(chosen, recurring.Permission):
        refusal = _refusal_of_the_rest(desk, chosen, others)
    if refusal is not None:
        return None, Refusal.TOO_SOON if len(free) < len(rows) else refusal
    row = known[chosen.id]
    if not permissions.set_aside(desk.connection, row):
        return None, Refusal.USED
    desk.set_aside.append(row)
    return row.id, None


def _refusal_of_the_rest(
    desk: Desk, permission: recurring.Permission, lengths: Sequence[int]
) -> Refusal | None:
    """Messages after the first one are follow-ups, or too soon."""
    for length in lengths:
        permission = recurring.used(permission, desk.now)
        refusal = sending.judge_by_permission(permission, desk.now, desk.page.rules, length)
        if refusal is not None:
            return refusal
    return None


def _kept_lasting(desk: Desk, event: OptedIn, lasting: Lasting) -> Iterable[Event]:
    overtaking = _overtaking(desk, event)
    if any(isinstance(later, OptedIn) for later in overtaking):
        return ()
    had = permissions.with_token(desk.connection, desk.page.id, event.permission)
    topic = event.topic or (had.topic_id if had else UNKNOWN_TOPIC)
    frequency = _frequency(desk, lasting.frequency, topic)
    zone = ledger.zone_named(lasting.zone)
    ours = recurring.expires_at(event.at, frequency, desk.page.rules, zone)
    _note_difference(desk, lasting.expires_at, ours)
    given = {
        "token": event.permission,
        "topic_id": topic,
        "expires_at": lasting.expires_at or ours,
        "zone": zone and zone.key,
        "title": lasting.title or None,
    }
    lives = _that_lives(desk, had, topic, frequency, event.at)
    if lives is not None:
        stopped_at = _stopped_after(lives, event.at)
        permissions.change(desk.connection, lives.id, stopped_at=stopped_at, **given)
        ledger.count_anew(desk.connection, lives.id, desk.page.rules)
        if had is not None and not _was_told(desk, event):
            return (replace(event, topic=topic),)
        desk.note(Words("Said yes once more: the permission that was there lasts longer"))
        return ()
    if had is not None:
        permissions.begin_anew(desk.connection, had.id, event.at, frequency=frequency, **given)
    else:
        contact_id = desk.lane.contact_id
        permissions.keep(
            desk.connection,
            desk.page.id,
            contact_id,
            opted_in_at=event.at,
            frequency=frequency,
            stopped_at=_stop_at_the_end_of(overtaking),
            **given,
        )
    return (replace(event, topic=topic),)


def told_since(
    connection: Connection, contact_id: int, token: str, instant: datetime
) -> list[OptedIn | Stopped | Resumed]:
    """What a person did with a permission after an instant, as far as we were told of it; in order."""
    told = inbox.read_since(connection, contact_id, Kind.OPTIN, instant)
    later = (event_of(Kind.OPTIN, body, at) for at, body in told)
    return [
        event
        for event in later
        if isinstance(event, OptedIn | Stopped | Resumed) and event.permission == token
    ]


def _overtaking(
    desk: Desk, event: OptedIn | Stopped | Resumed
) -> list[OptedIn | Stopped | Resumed]:
    """What the person did with the permission after this, and we were told of before it."""
    return told_since(desk.connection, desk.lane.contact_id, event.permission, event.at)


def _stop_at_the_end_of(happened: Sequence[OptedIn | Stopped | Resumed]) -> datetime | None:
    last = happened[-1] if happened else None
    return last.at if isinstance(last, Stopped) else None


def _stopped_after(row: PermissionRow, instant: datetime) -> datetime | None:
    """When it was stopped, if that was later than a yes or a going on that we are told of late."""
    return row.stopped_at if row.stopped_at is not None and row.stopped_at > instant else None


def _was_told(desk: Desk, event: OptedIn) -> bool:
    """Whether a webhook told of the permission before; else it was found in Messenger's list."""
    told = inbox.bodies(desk.connection, desk.lane.contact_id, Kind.OPTIN, event.at)
    earlier = (event_of(Kind.OPTIN, body, event.at) for body in told)
    return any(getattr(other, "permission", "") == event.permission for other in earlier)


def _frequency(desk: Desk, told: str, topic: str) -> Frequency:
    terms = desk.terms_of(topic)
    return frequency_of(told, terms and terms.frequency)


def _that_lives(
    desk: Desk, had: PermissionRow | None, topic: str, frequency: Frequency, at: datetime
) -> PermissionRow | None:
    """The permission that a yes at ``at`` makes last longer: of that token, else of that topic."""
    if had is not None:
        rows = [had]
    elif topic:
        rows = permissions.of_contact(desk.connection, desk.lane.contact_id, topic)
    else:
        rows = []
    lasting = (row for row in rows if row.frequency and (had or row.frequency == frequency))
    return next((row for row in lasting if recurring.is_alive(ledger.lasting(row), at)), None)


def _note_difference(desk: Desk, theirs: datetime | None, ours: datetime | None) -> None:
    if theirs is not None and ours is not None and abs(theirs - ours) > _SAME:
        desk.note(
            Words(
                "Messenger ends the permission at {theirs}, by our count it is {ours}. Messenger’s"
                " counts.",
                theirs=theirs,
                ours=ours,
            )
        )
