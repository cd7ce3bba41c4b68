"""How an attempt to send a message ended, and all that follows from it.

A message whose end nobody saw is *unknown* and never sent again blindly. Only a one-time permission
may be tried again, since Messenger itself refuses its second use: refused then, it was delivered the
first time. A lasting one counts as used.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from otn_studio.blocks.words import Words
from otn_studio.messenger.errors import ATTACHMENTS, GraphError, Reaction
from otn_studio.policy.sending import Refusal
from otn_studio.runtime.noting import note_body
from otn_studio.runtime.page import Page
from otn_studio.runtime.permissions import ledger, permitting
from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.people import contacts
from otn_studio.storage.permissions import permissions
from otn_studio.storage.permissions.permissions import PermissionRow
from otn_studio.storage.sending import sends
from otn_studio.storage.sending.sends import DUE, FAILED, SENDING, SENT, UNKNOWN, SendRow

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
UNSURE_ATTEMPTS = 8
"""How often a one-time permission whose use is unknown is tried before it is left at that."""

OTHER_APP = "other_app"
FIRST_LOOK = timedelta(minutes=1)
LONGEST_LOOK = timedelta(hours=1)
"""So often, at least, it is tried whether another app still leads a conversation."""

AGAIN = frozenset({Reaction.RETRY, Reaction.RATE_LIMITED, Reaction.TOO_SOON, Reaction.PAGE_STOPPED})
REASONS = {
    Reaction.TOO_LATE: "too_late",
    Reaction.STOPPED: "stopped",
    Reaction.UNREACHABLE: "unreachable",
    Reaction.REQUEST_LIMIT: "request_limit",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of one attempt, with the permission that the message has, if it has one."""

    connection: Connection
    page: Page
    row: SendRow
    permission: PermissionRow | None
    now: datetime

    def sent(self, **values: str | None) -> None:
        """It was taken. Where its end had been unknown, its permission counts as used already."""
        values = {"reason": None, **values}
        self._change(state=SENT, due_at=None, settled_at=self.now, **values)
        if self.row.state == SENDING:
            self._use()
        self._tell("sent", self.row.last)

    def again(self, why: str, after_seconds: float | None = None) -> None:
        """It was not taken, and may be another time."""
        state = UNKNOWN if self.row.unsure else DUE
        pause = max(_pause(self.row.attempts), timedelta(seconds=after_seconds or 0))
        self._change(state=state, due_at=self.now + pause, reason=None, details=why)

    def waits(self, until: datetime, reason: str, why: str | None = None) -> None:
        """It may go another time, and lets other messages of its contact pass meanwhile."""
        state = UNKNOWN if self.row.unsure else DUE
        self._change(state=state, due_at=until, reason=reason, details=why)

    def unknown(self, why: str) -> None:
        """Nobody saw."""
        self._change(reason=None, details=why)
        once = self.permission is not None and self.permission.frequency is None
        if once and self.row.attempts < UNSURE_ATTEMPTS:
            due_at = self.now + _pause(self.row.attempts)
            self._change(state=UNKNOWN, due_at=due_at, unsure=True)
        else:
            self.left_unknown()

    def left_unknown(self) -> None:
        """Nobody saw, and nobody will."""
        self._change(state=UNKNOWN, due_at=None, unsure=True, settled_at=self.now)
        self._use()
        self._tell("unknown", self.row.last)

    def refused(self, error: GraphError) -> None:
        """Messenger said no."""
        reaction, lasts = error.reaction, bool(self.permission and self.permission.frequency)
        if reaction is Reaction.TOO_SOON and lasts:
            self._wait(error.message)
        elif reaction is Reaction.OTHER_APP:
            self._wait_for_hand_over(error.message)
        elif reaction in AGAIN:
            self.again(error.message, error.retry_after_seconds)
        elif self._was_used(reaction):
            self.sent(reason="presumed")
        else:
            self._refused_for_good(error)

    def failed(self, reason: str, details: str | None = None, spent: bool = False) -> None:
        """It does not go, and neither does what was to follow it. ``spent``: its permission is gone."""
        values = {"state": FAILED, "due_at": None, "settled_at": self.now}
        self._change(reason=reason, details=details, **values)
        sends.drop_rest(self.connection, self.row, self.now, "earlier_failed")
        if self.permission is not None and not spent:
            ledger.give_back(self.connection, self.permission, self.page.rules)
        too_late = reason == Refusal.TOO_LATE
        self._tell("not_sent", True, reason=reason, too_late=too_late)

    def sign_passed(self, why: str) -> None:
        """A typing sign did not go: it is worth no second attempt, and what follows it goes."""
        self._change(state=FAILED, due_at=None, settled_at=self.now, reason="sign", details=why)
        self._tell("sent", self.row.last)

    def _refused_for_good(self, error: GraphError) -> None:
        reaction, permission = error.reaction, self.permission
        if reaction is Reaction.UNREACHABLE:
            contacts.set_unreachable(self.connection, self.row.contact_id, self.now)
        if reaction is Reaction.STOPPED and permission is not None:
            self._note_stop(permission)
        if self.row.unsure:
            self.left_unknown()  # an earlier attempt may have been taken
            return
        spent = reaction is Reaction.BAD_PERMISSION_OR_PARAMETER
        if permission is not None and permission.frequency is not None:
            spent = spent and error.subcode not in ATTACHMENTS
            if spent:
                ledger.end(self.connection, permission, self.now)
        self.failed(REASONS.get(reaction, "refused"), error.message, spent=spent)

    def _note_stop(self, permission: PermissionRow) -> None:
        """The person stopped it before the message came; what they did since counts more."""
        since = self.row.claimed_at or self.now
        told = self.connection, self.row.contact_id, permission.token, since
        if not permitting.told_since(*told):
            permissions.change(self.connection, permission.id, stopped_at=since)

    def _was_used(self, reaction: Reaction) -> bool:
        """Whether the refusal says that an attempt whose end nobody saw had been taken."""
        is_final = reaction is Reaction.BAD_PERMISSION_OR_PARAMETER
        return is_final and self.row.unsure and self.permission is not None

    def _wait(self, why: str) -> None:
        """Too soon for its permission: it keeps it, and goes when our own calendar says so."""
        assert self.permission is not None
        until = ledger.wait(self.connection, self.permission, self.now, self.page.rules)
        self.waits(until, Refusal.TOO_SOON, why)
        words = Words(
            "Messenger says that it is too soon: the message waits until {until}", until=until
        )
        self._write("note", note_body(words), to_read=False)

    def _wait_for_hand_over(self, why: str) -> None:
        """Until the conversation is handed over to us, or it is too late for the message: now and then
        it is tried, since nobody may tell us.
        """
        if self.row.reason != OTHER_APP:
            words = Words("Another app leads the conversation: the message waits for the hand-over")
            self._write("note", note_body(words), to_read=False)
        pause = _pause(self.row.attempts, FIRST_LOOK, LONGEST_LOOK)
        self.waits(self.now + pause, OTHER_APP, why)

    def _use(self) -> None:
        if self.permission is not None:
            since, free = self.row.claimed_at or self.now, self.row.last
            ledger.use(self.connection, self.permission, since, self.now, self.page.rules, free)

    def _change(self, **values: Any) -> None:
        sends.change(self.connection, self.row.id, **values)

    def _tell(self, kind: str, ends_block: bool, **what: Any) -> None:
        """Into the timeline; and to the conversation, where it waits for this."""
        body = {"send": self.row.id, "ticket": self.row.ticket, **what}
        self._write(kind, body, to_read=self.row.ticket is not None and ends_block)

    def _write(self, kind: str, body: dict[str, Any], to_read: bool) -> None:
        happening = Happening(kind, self.row.contact_id, self.now, body, to_read)
        inbox.add(self.connection, self.page.id, [happening], self.now)


def _pause(
    attempts: int, first: timedelta = FIRST_PAUSE, longest: timedelta = LONGEST_PAUSE
) -> timedelta:
    """Longer after every attempt, and never the same for two messages."""
    length = min(first * 2 ** min(max(attempts - 1, 0), 30), longest)
    return length * random.uniform(0.5, 1.0)
