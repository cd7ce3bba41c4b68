"""The computer on which the engine runs: it dies at commits, and starts again."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random

from otn_studio.messenger.graph import Answer
from otn_studio.policy import rates
from otn_studio.runtime.errands.doing import AT_ONCE
from otn_studio.runtime.errands.errands import Ended
from otn_studio.runtime.loop import FAR_AWAY
from otn_studio.runtime.page import Page
from otn_studio.runtime.sending.calling import BATCHES, CALLERS
from otn_studio.runtime.sending.delivery import Claimed
from otn_studio.runtime.sending.pacing import Paces, Room
from otn_studio.runtime.turns import Turns
from otn_studio.storage.engine.errands import Errand
from tests.simulation.agenda import Agenda
from tests.simulation.database import Crash, FragileDatabase, Fuse
from tests.simulation.judging import Judging
from tests.simulation.messenger import Call, Messenger, Webhook
from tests.simulation.shop import Shop
from tests.simulation.trace import Trace, Violation

DOWN = tuple(timedelta(seconds=each) for each in (1, 1, 5, 60, 1_200))
"""How long it takes until the engine is there again."""
AGAIN = timedelta(seconds=20)
"""After this time Messenger repeats a webhook that was not answered."""
COMMITS = (1, 3, 100, 1_000, 2_000)
"""How many commits it lives, at most."""
CUTS = 0.05
"""How likely it is that the power fails while the shop is asked."""
RESTLESS = 1_000
"""So many turns at one instant, and the engine will never come to rest."""


@dataclass
class Host:
    """Takes the engine's turns, whenever it has something to do."""

    database: FragileDatabase
    fuse: Fuse
    page: Page
    messenger: Messenger
    shop: Shop
    agenda: Agenda
    random: Random
    trace: Trace
    judging: Judging
    crashes: bool = True
    calls_a_second: int = rates.CALLS_A_SECOND
    starts: int = 0
    rung: bool = False
    next_due: datetime = FAR_AWAY
    _turns: Turns | None = None
    _arrived: list[Webhook] = field(default_factory=list)
    _answered: list[tuple[int, Answer]] = field(default_factory=list)
    _calls: dict[int, Call] = field(default_factory=dict)
    _errands: list[Errand] = field(default_factory=list)
    _ended: list[tuple[Errand, Ended]] = field(default_factory=list)
    _paces: Paces = field(init=False)
    _made: deque[datetime] = field(default_factory=deque)

    @property
    def is_calling(self) -> bool:
        return bool(self._calls)

    def start(self) -> None:
        """Begin where the last one ended, however that was."""
        self.trace.note("start")
        self.starts += 1
        self.fuse.light(
            self.random.randint(1, self.random.choice(COMMITS)) if self.crashes else None
        )
        turns = self._turns = Turns(self.database, self.page, self.messenger, self.agenda)
        try:
            lately = turns.begin()
        except Crash:
            self.die()
        else:
            turns.programs.refresh()
            self._paces = Paces(self.calls_a_second)
            self._paces.take(lately, lately, self._seconds())
            self.rung = True

    def receive(self, webhook: Webhook) -> None:
        """A webhook comes. While nobody is there, it comes again later."""
        if self._turns is None:
            self.agenda.put(AGAIN, partial(self.receive, webhook))
        else:
            self._arrived.append(webhook)

    def work(self) -> None:
        """Take turns for as long as there is something to do at this instant."""
        if self._turns is None or not self._has_work():
            return
        try:
            self._take_turns(self._turns)
        except Crash:
            self.trace.note("crash")
            self.die()

    def compare(self) -> None:
        """Compare notes with Messenger if it is time to."""
        if self._turns is not None and self._turns.reconciler.is_due(self.agenda.now()):
            self._turns.reconciler.look()
            self.rung = True

    def die(self) -> None:
        """All that was in memory is gone; what was about to be called may have gone out or not."""
        for call in self._calls.values():
            call.lost = self.random.random() < 0.5
        for webhook in self._arrived:
            self.agenda.put(AGAIN, partial(self.receive, webhook))
        if self._turns is not None:
            self._turns.end()
        self._turns, self.next_due = None, FAR_AWAY
        self._arrived, self._answered, self._calls = [], [], {}
        self._errands, self._ended = [], []
        self.agenda.put(self.random.choice(DOWN), self.start)

    def _has_work(self) -> bool:
        is_due = self.next_due <= self.agenda.now()
        return is_due or self.rung or bool(self._arrived or self._answered or self._ended)

    def _take_turns(self, turns: Turns) -> None:
        self.rung = False
        for _ in range(RESTLESS):
            self._write_down(turns)
            claimed, self.next_due = turns.take(self._room())
            self._paces.take(len(claimed), 0, self._seconds())
            for entry in claimed:
                self._call(entry)
            for errand in turns.take_errands(AT_ONCE - len(self._errands)):
                self._ask(errand)
            if (wait := self._paces.wait(self._seconds())) is not None:
                in_a_moment = self.agenda.now() + timedelta(seconds=wait)
                self.next_due = min(self.next_due, in_a_moment + timedelta(microseconds=1))
            if self.next_due > self.agenda.now():
                return
        raise Violation("rest", "the engine does not come to rest")

    def _room(self) -> Room:
        callers = max(CALLERS - len(self._calls), 0)
        return self._paces.room(self._seconds(), callers, BATCHES)

    def _seconds(self) -> float:
        return self.agenda.now().timestamp()

    def _write_down(self, turns: Turns) -> None:
        if not self._arrived and not self._answered and not self._ended:
            return
        bodies = [webhook.body for webhook in self._arrived]
        turns.write_down(bodies, self._answered, self._ended)
        for webhook in self._arrived:
            self.judging.told(webhook)
        for id, answer in self._answered:
            self._calls.pop(id)
            self.judging.answered(id, answer)
        for errand, _ in self._ended:
            self._errands.remove(errand)
        self._arrived, self._answered, self._ended = [], [], []

    def _call(self, claimed: Claimed) -> None:
        self._check_pace()

        def take(answer: Answer) -> None:
            if self._calls.get(claimed.id) is call:
                self._answered.append((claimed.id, answer))

        call = self._calls[claimed.id] = self.messenger.call(claimed, take)

    def _ask(self, errand: Errand) -> None:
        def take(end: Ended) -> None:
            if any(errand is each for each in self._errands):
                self._ended.append((errand, end))

        self._errands.append(errand)
        self.shop.ask(errand, take)
        if self.crashes and self.random.random() < CUTS:
            self.agenda.put(timedelta(milliseconds=500), self._lose_power)

    def _lose_power(self) -> None:
        """Die between two commits, in the middle of a call."""
        if self._turns is not None:
            self.trace.note("crash")
            self.die()

    def _check_pace(self) -> None:
        """Never more calls in a second than Messenger takes."""
        now = self.agenda.now()
        self._made.append(now)
        while now - self._made[0] >= timedelta(seconds=1):
            self._made.popleft()
        if len(self._made) > self.calls_a_second:
            raise Violation("pace", f"{len(self._made)} calls in a second")
