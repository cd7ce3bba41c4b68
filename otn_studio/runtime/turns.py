"""What the engine does in its database, turn by turn: no threads, no waiting, no calls.

Whoever takes the turns decides when, hands in what came and how calls ended, and makes the calls. The
engine does so with threads and the time of day, a simulation with neither.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from otn_studio.messenger.graph import Answer
from otn_studio.runtime.broadcasting import telling
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.conversing import draining, timers
from otn_studio.runtime.errands import errands
from otn_studio.runtime.errands.errands import Ended
from otn_studio.runtime.loop import FAR_AWAY
from otn_studio.runtime.page import Page
from otn_studio.runtime.people.introducing import Introductions
from otn_studio.runtime.publishing import Published
from otn_studio.runtime.receiving import unpacking
from otn_studio.runtime.receiving.reconciling import Reconciler, Source
from otn_studio.runtime.sending import delivery
from otn_studio.runtime.sending.delivery import Claimed
from otn_studio.runtime.sending.outgoing import Outgoing
from otn_studio.runtime.sending.pacing import Room
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import lanes, webhooks, work
from otn_studio.storage.engine.errands import Errand
from otn_studio.storage.troubles import DatabaseProblem


class Turns:
    """The turns of one Page. One thread takes them, beginning with `begin`."""

    def __init__(self, database: Database, page: Page, source: Source, clock: Clock) -> None:
        self.programs = Published(database, page.id)
        self.reconciler = Reconciler(database, page, source, clock)
        self.introductions = Introductions(database, page, source, clock)
        self._database = database
        self._page = page
        self._clock = clock
        self._outgoing = Outgoing(page)
        self._seen: object = None
        self._errands_due = False

    def begin(self, reconcile: bool = False) -> int:
        """Take up the work where the last process left it; compare notes with Messenger first where
        that is wanted, or where it has been silent for long. Answers how many calls were made within
        the last second.
        """
        now = self._clock.now()
        self._store = self._database.writer()
        with self._store.writing() as connection:
            pages.ensure(connection, self._page.id)
            webhooks.try_again(connection, self._page.id)
            lately = self._outgoing.take_over(connection, now)
            errands.recover(connection, self._page, now)
        self.reconciler.begin(at_once=reconcile)
        return lately

    def changed(self) -> bool:
        """Whether another process has changed the database since the last look."""
        before, self._seen = self._seen, self._store.others()
        return before != self._seen

    def clock_was_set_back(self) -> None:
        """See `delivery.clock_was_set_back`."""
        with self._store.writing() as connection:
            delivery.clock_was_set_back(connection, self._page, self._clock.now())
            errands.clock_was_set_back(connection, self._page, self._clock.now())

    def write_down(
        self,
        webhook_bodies: Sequence[bytes],
        answered: Collection[tuple[int, Answer]],
        ended: Collection[tuple[Errand, Ended]] = (),
    ) -> None:
        """Keep the webhooks that came, and write down how sends and errands ended, in one transaction
        however many there are. Very many webhooks alone may take several: if one fails, Messenger sends
        all of them again, and repeats are known.
        """
        now = self._clock.now()
        only_webhooks = not (answered or ended)
        with self._store.writing(one_statement=only_webhooks) as connection:
            webhooks.keep(connection, self._page.id, webhook_bodies, now)
            delivery.record(connection, self._page, answered, now)
            errands.record(connection, self._page, ended, now)

    def take_errands(self, room: int) -> list[Errand]:
        """Claim as many errands as there is room for, after a turn that has seen some."""
        if not self._errands_due or not room:
            return []
        with self._store.writing() as connection:
            return errands.claim(connection, self._page, self._clock.now(), room)

    def take(self, room: Room) -> tuple[list[Claimed], datetime]:
        """Take the events out of webhooks, fire timers, drain lanes and claim sends; answer these, and
        when there is more to do.
        """
        to_put_right = self.reconciler.put_right(self._store)
        self.introductions.write_down(self._store)
        now = self._clock.now()
        try:
            with self._store.writing() as connection:
                claimed, next_due = self._take(connection, room, now)
        except DatabaseProblem:
            raise
        except Exception:
            if not self._take_apart(now):
                raise
            return [], now
        return claimed, now if to_put_right else next_due

    def _take_apart(self, now: datetime) -> bool:
        """Whether a webhook or one of the lanes was to blame; then it is no longer."""
        if unpacking.take_out_apart(self._store, self._page):
            return True
        with self._store.writing() as connection:
            timers.fire(connection, self._page.id, now)  # what broke took that back
            waiting = lanes.longest_waiting(connection, self._page.id)
        return draining.drain_apart(self._store, self._page, self.programs, waiting, now)

    def _take(
        self, connection: Connection, room: Room, now: datetime
    ) -> tuple[list[Claimed], datetime]:
        page, seen = self._page, work.look(connection, self._page.id, now)
        if seen.webhooks_wait:
            unpacking.take_out(connection, page)
            seen = work.look(connection, page.id, now)
        self._errands_due = seen.errands_due
        if seen.announcements_due:
            telling.go_on(connection, page, now)
        if seen.timers_due:
            timers.fire(connection, page.id, now)
        if seen.timers_due or seen.lanes_woken or seen.announcements_due:
            waiting = lanes.longest_waiting(connection, page.id)
            draining.drain(connection, page, self.programs, waiting, now)
        elif not seen.sends_due:
            return [], now if seen.webhooks_wait else seen.next_due or FAR_AWAY
        claimed = self._outgoing.claim(connection, room, now)
        left = work.look(connection, page.id, now)
        self._errands_due = left.errands_due
        if left.lanes_woken or left.webhooks_wait:
            return claimed, now
        opens_at = self._outgoing.opens_at(connection, now) if left.sends_due else FAR_AWAY
        return claimed, min(left.next_due or FAR_AWAY, opens_at)

    def end(self) -> None:
        """What is not done yet is in the database."""
        self._store.close()
