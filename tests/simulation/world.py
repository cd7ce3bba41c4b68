"""One simulated world, from a seed: a Page, its people, its engine, Messenger, and mishaps.

There are no threads, no network and no waiting: the clock jumps from what is due to what is due next.
Everything between the engine's turns and the emulator's judgement is the code that really runs.
"""

import random as global_random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from otn_studio.blocks.words import Problem
from otn_studio.emulator.errors import GraphError
from otn_studio.emulator.faults import Faults
from otn_studio.emulator.habits import Habits
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.ids import Ids
from otn_studio.emulator.world import Receipt, World
from otn_studio.policy import calendar, rates
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, Rules
from otn_studio.runtime.broadcasting import announcing, broadcasts
from otn_studio.runtime.broadcasting.broadcasts import Draft
from otn_studio.runtime.page import Page
from otn_studio.storage.database import Database
from tests.judge.judge import Judge
from tests.simulation import auditing
from tests.simulation.agenda import Agenda
from tests.simulation.database import FragileDatabase, Fuse
from tests.simulation.host import Host
from tests.simulation.judging import Judging
from tests.simulation.messenger import Call, Messenger
from tests.simulation.page import PAGE, TOPICS, publish
from tests.simulation.people import DAY, Crowd
from tests.simulation.shop import Shop
from tests.simulation.trace import Trace, Violation

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Santiago",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "UTC",
)
FAULTS = {
    "rate_limit": 0.03,
    "server_error": 0.03,
    "drop_before": 0.03,
    "drop_after": 0.03,
    "repeat": 0.1,
    "echo": 0.7,
    "delivery": 0.3,
}
IDENTITY = PageIdentity(PAGE, "The shop", "access", "secret", "2")
ANNOUNCED = (*TOPICS, "tip")
"""The topics, those more often of which there is more to tell."""
CHANGES = 0.5
"""How likely it is that the Page's rules change once."""
COMPARES = 0.3
"""How likely it is on a day that the engine compares its permissions with Messenger's list."""
LOCKED_OUT = 0.4
"""How likely it is that for some time the access token is not accepted."""
IN_VAIN = 20
"""So many calls may be on their way when that begins; after them one an hour, and one after each
start, may be made in vain, and some more in the first hour."""
LOOK = timedelta(hours=3)
"""So often Messenger looks whether it is time to ask somebody again."""
LATER = tuple(timedelta(seconds=each) for each in (0, 1, 2, 5, 3_600, 90_000))
"""When a broadcast begins, and after how long it is stopped, or goes on."""
SETTLING = timedelta(days=3)
"""How long a world goes on with nobody doing anything, so that what is under way comes to its end."""


@dataclass(frozen=True)
class Plan:
    """What a world is like, apart from chance."""

    seed: int
    days: int
    people: int = 14
    lively: float = 0.2
    announcements: float = 1.0
    """A day, on average."""
    database: str = "sqlite://"
    mishaps: bool = True


@dataclass(frozen=True)
class Report:
    """What a world came to: how often each thing happened, and the digest of its trace."""

    plan: Plan
    counts: Counter[str]
    digest: str


def run(plan: Plan, show: Callable[[str], None] | None = None) -> Report:
    """Let a world happen.

    Raises:
        Violation: a promise was broken.
    """
    before = global_random.getstate()
    global_random.seed(plan.seed)  # the engine's own pauses between two attempts
    database = Database.open(plan.database)
    try:
        return Simulation(plan, database, show).run()
    finally:
        database.close()
        global_random.setstate(before)


class Simulation:
    """Puts a world together, and moves it on."""

    def __init__(self, plan: Plan, database: Database, show: Callable[[str], None] | None) -> None:
        self._plan = plan
        self._database = database
        self._random = Random(plan.seed)
        rules = Rules(zone=ZoneInfo(self._random.choice(ZONES)))
        self._zones = [rules.zone]
        start = datetime(
            2026, self._random.choice((3, 9, 10)), self._random.randint(1, 28), tzinfo=UTC
        )
        self._agenda = agenda = Agenda(start)
        self._world = World(IDENTITY, agenda, Ids(plan.seed), rules, _habits(self._random))
        self._trace = trace = Trace(agenda.now, show)
        judge = Judge(rules.profile.name, rules.zone.key)
        self._judging = Judging(self._world, trace, judge)
        self._faults = Faults()
        lists = self._random.random() < 0.5
        self._messenger = Messenger(
            self._world, agenda, self._chance(), self._faults, trace, self, lists
        )
        self._crowd = Crowd(
            self._world,
            self._messenger,
            agenda,
            self._chance(),
            trace,
            self._judging,
            plan.lively,
        )
        self._host = self._engine(rules)
        self._messenger.deliver = self._host.receive

    def _engine(self, rules: Rules) -> Host:
        fuse = Fuse(self._chance())
        return Host(
            FragileDatabase(self._database, fuse),
            fuse,
            Page(PAGE, rules),
            self._messenger,
            Shop(self._agenda, self._chance(), self._trace),
            self._agenda,
            self._chance(),
            self._trace,
            self._judging,
            crashes=self._plan.mishaps,
            calls_a_second=self._random.choice((2, 5, rates.CALLS_A_SECOND)),
        )

    def _chance(self) -> Random:
        """For each its own, so that one does not shift the other."""
        return Random(self._random.random())

    def run(self) -> Report:
        publish(self._database, self._agenda.now())
        if self._plan.mishaps:
            self._faults.change(FAULTS | {"seed": self._plan.seed})
        self._host.start()
        self._crowd.come(self._plan.people)
        end = self._agenda.now() + self._plan.days * DAY
        self._look()
        self._live_a_day(end)
        if self._random.random() < CHANGES:
            when = self._plan.days * DAY * self._random.uniform(0.4, 0.7)
            self._agenda.put(when, self._change_rules)
        if self._random.random() < LOCKED_OUT:
            when = self._plan.days * DAY * self._random.uniform(0.2, 0.7)
            self._agenda.put(when, self._lock_out)
        self._go_on_until(end)
        self._settle(end + SETTLING)
        auditing.audit(self._database, self._world, self._judging)
        return Report(self._plan, self._trace.counts, self._trace.digest)

    def accepted(self, call: Call, receipt: Receipt) -> None:
        """A message is on a phone."""
        self._judging.accepted(call, receipt)
        self._crowd.see(self._world.people[receipt.recipient_id])

    def refused(self, call: Call, error: GraphError) -> None:
        self._judging.refused(call, error)

    def _go_on_until(self, end: datetime) -> None:
        while (instant := min(self._agenda.next(), self._host.next_due)) < end:
            for happens in self._agenda.move_to(instant):
                happens()
            self._host.work()

    def _settle(self, end: datetime) -> None:
        """No more mishaps, and nobody does anything new."""
        self._faults.change(dict.fromkeys(FAULTS, 0.0) | {"echo": 1.0, "delivery": 1.0})
        self._host.crashes = False
        self._host.fuse.light(None)
        self._crowd.rest()
        self._go_on_until(end)

    def _live_a_day(self, end: datetime) -> None:
        if self._agenda.now() >= end:
            return
        if self._random.random() < COMPARES:
            self._host.compare()
        self._crowd.live_a_day()
        for _ in range(int(self._plan.announcements + self._random.random())):
            topic = self._random.choice(ANNOUNCED)
            self._agenda.put(self._some_time(), partial(self._announce, topic))
        if len(self._zones) > 1 and self._random.random() < self._plan.announcements / 2:
            for zone in self._zones:
                self._agenda.put(self._to_midnight(zone), partial(self._announce, "tip"))
        self._agenda.put(DAY, partial(self._live_a_day, end))

    def _some_time(self) -> timedelta:
        """In the next 24 hours; now and then just when a new day begins."""
        if self._random.random() < 0.8:
            return self._random.randrange(24 * 60) * timedelta(minutes=1)
        return self._to_midnight(self._zones[-1])

    def _to_midnight(self, zone: ZoneInfo) -> timedelta:
        """The time until a day begins somewhere, give or take a little."""
        now = self._agenda.now()
        midnight = calendar.next_window(now, Frequency.DAILY, zone)
        return max(midnight - now + timedelta(seconds=self._random.randint(-5, 5)), timedelta())

    def _announce(self, topic: str) -> None:
        """To everybody who holds a permission, from another process than the engine's."""
        now = self._agenda.now()
        if self._random.random() < 0.3:
            self._broadcast(topic, now)
            return
        if self._random.random() < 0.5:
            count = announcing.announce_text(self._database, PAGE, topic, "News!", now)
        else:
            count = announcing.announce_flow(self._database, PAGE, topic, topic, now)
        self._trace.note("announce", topic, count)
        self._host.rung = True

    def _broadcast(self, topic: str, now: datetime) -> None:
        """Plan one, also for those who can't get it yet; and maybe stop it in the middle."""
        at = now + self._random.choice(LATER)
        draft = Draft(topic, text="News!", at=at, waits=self._random.random() < 0.7)
        if self._random.random() < 0.5:
            draft = replace(draft, text=None, flow_id=topic)
        number = broadcasts.plan(self._database, PAGE, draft, now)
        self._trace.note("broadcast", topic, number)
        self._host.rung = True
        if self._random.random() < 0.4:
            soon = at - now + self._random.choice(LATER)
            self._agenda.put(soon, partial(self._stop_broadcast, number))

    def _stop_broadcast(self, number: int) -> None:
        cancels = self._random.random() < 0.3
        stop = broadcasts.cancel if cancels else broadcasts.pause
        self._turn_broadcast(stop, number)
        if not cancels:
            go_on = partial(self._turn_broadcast, broadcasts.resume, number)
            self._agenda.put(self._random.choice(LATER), go_on)

    def _turn_broadcast(self, turn: Callable[..., None], number: int) -> None:
        try:
            turn(self._database, PAGE, number, self._agenda.now())
        except Problem:
            return  # it has ended
        self._trace.note(turn.__name__, number)
        self._host.rung = True

    def _lock_out(self) -> None:
        hours = self._random.randint(1, 40)
        self._trace.note("locked out", hours)
        self._messenger.locked_out = True
        starts = self._host.starts
        self._agenda.put(timedelta(hours=hours), partial(self._let_in, hours, starts))

    def _let_in(self, hours: int, starts: int) -> None:
        """The token is good again, and little was tried in vain meanwhile."""
        self._messenger.locked_out = False
        in_vain = self._messenger.refused_while_locked_out
        self._trace.note("let in", in_vain)
        if in_vain > IN_VAIN + 2 * hours + self._host.starts - starts:
            raise Violation("in vain", f"{in_vain} calls in {hours} hours")

    def _look(self) -> None:
        """Let Messenger ask whom it has to ask again."""
        before = len(self._world.ledger.asked_again)
        self._world.catch_up()
        for asked in self._world.ledger.asked_again[before:]:
            self._judging.was_asked_again(asked)
            self._crowd.see(self._world.people[asked.recipient])
        self._agenda.put(LOOK, self._look)

    def _change_rules(self) -> None:
        """Another zone, or another profile, for Messenger and engine, while nothing is on its way."""
        if self._host.is_calling:
            self._agenda.put(timedelta(seconds=1), self._change_rules)
            return
        before = self._world.rules.zone.key
        zone = self._random.choice([zone for zone in ZONES if zone != before])
        rules = replace(self._world.rules, zone=ZoneInfo(zone))
        if self._random.random() < 0.3:
            profile = PROFILES[self._random.choice(list(PROFILES))]
            rules = replace(rules, profile=profile, country="DE")
        self._zones.append(rules.zone)
        self._trace.note("rules", rules.profile.name, rules.zone.key)
        self._world.rules, self._host.page = rules, Page(PAGE, rules)
        self._judging.rules_changed(rules)
        self._host.die()
        self._crowd.come_again()


def _habits(random: Random) -> Habits:
    return Habits(
        status=random.choice(("spaced", "underscored")),
        frequency=random.choice(("upper", "lower", "absent")),
        expiry=random.choice(("milliseconds", "seconds")),
        token=random.choice(("kept", "replaced")),
    )
