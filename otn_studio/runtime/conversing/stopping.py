"""Stop by words: whoever writes *stop* is asked which topics to stop, before any flow reads it.

It holds for lasting permissions, on our side as well as on Messenger's, and can't be switched off.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from otn_studio.blocks.event import Event, Stopped, Tapped, Wrote
from otn_studio.blocks.outgoing import Choice, TextMessage
from otn_studio.blocks.words import Words
from otn_studio.messenger.payloads import message_body
from otn_studio.policy import limits, recurring
from otn_studio.runtime.conversing.desk import Desk
from otn_studio.runtime.conversing.stop_words import LONGEST, as_compared
from otn_studio.runtime.permissions import ledger
from otn_studio.runtime.permissions.permitting import UNKNOWN_TOPIC
from otn_studio.storage.permissions import permissions, topics
from otn_studio.storage.permissions.permissions import PermissionRow

MARK: Final = "otn1stop|"
"""What we put behind a quick reply that stops: this, and the topic's id, or nothing for all."""
_TOPICS_AT_MOST: Final = limits.QUICK_REPLIES - 1


def noticed(desk: Desk, event: Wrote | Tapped) -> Iterable[Event]:
    """Do what has to be done about stopping. Answers what the conversation is told."""
    match event:
        case Wrote(text=text) if len(text) <= LONGEST and _is_stop_word(desk, text):
            names = _topics(desk, _living(desk))
            if names:
                _ask(desk, names)
                return ()
        case Tapped(reply=reply) if reply.startswith(MARK):
            return _stop(desk, event, reply.removeprefix(MARK))
    return (event,)


def _is_stop_word(desk: Desk, text: str) -> bool:
    return as_compared(text) in desk.page.stop_words


def _living(desk: Desk) -> list[PermissionRow]:
    rows = permissions.recurring_of_contact(desk.connection, desk.lane.contact_id)
    return [
        row
        for row in rows
        if row.stopped_at is None and recurring.is_alive(ledger.lasting(row), desk.now)
    ]


def _topics(desk: Desk, rows: list[PermissionRow]) -> dict[str, str]:
    """The names of the topics of these permissions, by their ids."""
    ids = {row.topic_id: row.title or "" for row in rows if row.topic_id != UNKNOWN_TOPIC}
    known = topics.by_id(desk.connection, desk.page.id, ids)
    return {id: known[id].name if id in known else title for id, title in ids.items()}


def _ask(desk: Desk, names: dict[str, str]) -> None:
    shown = desk.page.shown
    offered = [(shorter(name), id) for id, name in names.items()][:_TOPICS_AT_MOST]
    offered.append((shorter(shown(Words("All"))), ""))
    choices = tuple(Choice(title, MARK + id) for title, id in offered)
    question = shown(Words("Which messages do you want to stop?"))
    desk.put_out(message_body(TextMessage(question, choices), str))
    desk.note(Words("Wrote a stop word, and was asked which topics to stop"))


def _stop(desk: Desk, event: Tapped, topic: str) -> Iterable[Event]:
    """Stop one topic, or all; also those that were said yes to since we asked."""
    stopped = [row for row in _living(desk) if topic in ("", row.topic_id)]
    for row in stopped:
        permissions.change(desk.connection, row.id, stopped_at=event.at)
    _confirm(desk, topic)
    tokens = {row.topic_id: row.token for row in stopped}
    return tuple(Stopped(event.at, token, of) for of, token in tokens.items())


def stop_by_flow(desk: Desk, topic: str) -> Iterable[Event]:
    """Stop a topic as the person could, and those permissions too that are for one message each.

    Answers what the conversation is told: nothing, where there was nothing to stop.
    """
    rows = permissions.of_contact(desk.connection, desk.lane.contact_id, topic)
    living = [row for row in rows if row.stopped_at is None and not _has_ended(row, desk.now)]
    for row in living:
        permissions.change(desk.connection, row.id, stopped_at=desk.now)
    usable = [row for row in living if row.frequency or row.next_allowed_at]
    return tuple(Stopped(desk.now, row.token, topic) for row in usable[-1:])


def _has_ended(row: PermissionRow, now: datetime) -> bool:
    return row.expires_at is not None and row.expires_at <= now


def _confirm(desk: Desk, topic: str) -> None:
    known = topics.by_id(desk.connection, desk.page.id, [topic]).get(topic)
    if known is None:
        words = Words("Done. You get no more of these messages.")
    else:
        words = Words("Done. You get no more messages about “{topic}”.", topic=known.name)
    desk.put_out(message_body(TextMessage(desk.page.shown(words)), str))


def shorter(title: str) -> str:
    """A title that fits on a quick reply.

    >>> shorter("The very latest news of the day")
    'The very latest new…'
    """
    limit = limits.QUICK_REPLY_TITLE
    return title if len(title) <= limit else title[: limit - 1].rstrip() + "…"
