"""What is on the desk while one contact's lane is drained: what is known, and what is to be written."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from otn_studio.blocks.outgoing import PrivateReply
from otn_studio.blocks.words import Words
from otn_studio.messenger.payloads import Terms, is_media
from otn_studio.runtime.noting import note_body
from otn_studio.runtime.page import Page
from otn_studio.storage.engine.lanes import Lane, Outcome
from otn_studio.storage.permissions import topics
from otn_studio.storage.permissions.permissions import PermissionRow
from otn_studio.storage.sending.sends import BROADCAST, BROADCAST_MEDIA, DUE, MEDIA, TALK

_NOWHERE = {"flow_id": None, "version": None, "block": None, "ticket": None}


@dataclass
class Desk:
    """One contact's. ``set_aside`` are the permissions that the event at hand has given to messages,
    ``announcement_id`` the announcement that it tells of."""

    connection: Connection
    page: Page
    now: datetime
    lane: Lane
    outcome: Outcome
    terms: dict[str, Terms | None]
    last_action_at: datetime | None = field(init=False)
    announcement_id: int | None = None
    set_aside: list[PermissionRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.last_action_at = self.lane.last_action_at

    def note(self, words: Words, flow: str = "", version: int = 0, block: str = "") -> None:
        """Something for the timeline."""
        body = note_body(words) | {"flow": flow, "version": version, "block": block}
        self.outcome.notes.append(
            {
                "page_id": self.page.id,
                "contact_id": self.lane.contact_id,
                "kind": "note",
                "at": self.now,
                "stored_at": self.now,
                "done_at": self.now,
                "body": body,
            }
        )

    def put_out(
        self,
        message: dict[str, Any],
        last: bool = True,
        permission_id: int | None = None,
        request_title: str | None = None,
        place: dict[str, Any] = _NOWHERE,
        after: timedelta = timedelta(),
        reply: PrivateReply | None = None,
    ) -> None:
        """Let a message be sent. ``place`` is where in which flow it waits for its end; before
        ``after`` has passed it does not go. ``reply`` is the comment that it answers.
        """
        self.outcome.sends.append(
            {
                "page_id": self.page.id,
                "contact_id": self.lane.contact_id,
                "permission_id": permission_id,
                "announcement_id": self.announcement_id,
                **place,
                "last": last,
                "message": message,
                "created_at": self.now,
                "state": DUE,
                "due_at": self.now + after,
                "request_title": request_title,
                "queue": _queue(message, permission_id),
                "comment": reply and reply.comment,
                "reply_until": reply and reply.until,
            }
        )

    def terms_of(self, topic: str) -> Terms | None:
        """What a request for a lasting yes to the topic asks for; none: it is a one-time topic."""
        if topic not in self.terms:
            found = topics.by_id(self.connection, self.page.id, [topic]).get(topic)
            lasts = found is not None and found.frequency is not None
            zone = self.page.rules.zone.key
            self.terms[topic] = Terms(found.frequency, found.asks_again, zone) if lasts else None
        return self.terms[topic]

    def marks(self) -> tuple[int, ...]:
        """How much is to be written by now."""
        return tuple(map(len, self._rows()))

    def forget_since(self, marks: tuple[int, ...]) -> None:
        for rows, mark in zip(self._rows(), marks, strict=True):
            del rows[mark:]

    def _rows(self) -> tuple[list[Any], ...]:
        outcome = self.outcome
        made = outcome.notes, outcome.sends, outcome.errands, outcome.gone
        return (*made, outcome.timers, outcome.stopped_timers)


def _queue(message: dict[str, Any], permission_id: int | None) -> int:
    """Nobody waits for a message by permission: it comes of itself."""
    if is_media(message):
        return MEDIA if permission_id is None else BROADCAST_MEDIA
    return TALK if permission_id is None else BROADCAST
