"""Looking for one person's story that runs into a danger: by trying, not by thinking.

The trace of the exploration says what the person does; how long they take over it, and when they
begin, is tried out in the few ways that can matter to each rule.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from otn_studio.blocks.block import NEXT
from otn_studio.blocks.effect import Holds, Person, Sends
from otn_studio.blocks.story import (
    Act,
    Begin,
    Given,
    Moment,
    Resume,
    SayYes,
    Stop,
    Story,
    Tap,
    Write,
)
from otn_studio.checks.proof.casting import cast
from otn_studio.checks.proof.explore import Explored, Trace
from otn_studio.checks.proof.improvising import Improvised, improvise
from otn_studio.checks.proof.judging import Danger
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.playing import Budget, Plan, Stage
from otn_studio.checks.proof.rehearsal import Sent
from otn_studio.checks.proof.state import LATE
from otn_studio.policy import calendar, window
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.sending import Refusal

MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""When stories begin, where it does not matter: a day without clock changes."""
AT_ONCE = timedelta(seconds=1)
IN_TIME, JUST_IN_TIME = timedelta(0), timedelta(seconds=LATE)
LONG_PAUSES = tuple(timedelta(hours=hours) for hours in (25, 190 * 24, 280 * 24, 367 * 24))
SEASONS = tuple(timedelta(days=days) for days in (0, 61, 122, 183, 244, 305, 400))
"""So many months have not always so many days."""
SOON_AGAIN = timedelta(hours=1)
MESSAGES_AT_MOST = 8
WRITES_AT_MOST = 4
JUST_AFTER = tuple(timedelta(seconds=seconds) for seconds in (1, 30, 59))
DEPENDS_ON_HOW_LONG_THEY_TAKE = frozenset(
    {Refusal.TOO_LATE, Refusal.NO_PERMISSION, Refusal.USED, Refusal.EXPIRED}
)
SAME = frozenset({Refusal.NO_PERMISSION, Refusal.USED})
"""Without a permission, the rules can't know whether there ever was one."""


class Realising:
    """Finds stories in one project."""

    def __init__(self, map: Map, explored: Explored) -> None:
        self._map = map
        self._stage = Stage(map.project, Budget(len(map.nodes)))
        self._asking = _first_requests(map, explored)
        self._topics = {id for flow in map.project.flows.values() for id in flow.topics}

    def story(self, danger: Danger, trace: Trace) -> tuple[Story, bool] | None:
        """A story that ends in the danger, and whether the person did nothing unusual in it."""
        acts = self._acts(trace)
        if acts is None:
            return None
        person, place = cast(self._map, trace, MONDAY), trace.place
        if person is None:
            return None
        for plan in self._all_plans(danger, trace, acts, person):
            if (story := self._told(plan, person, place, danger)) is not None:
                return story, plan.usual
        return None

    def still_true(self, story: Story) -> bool:
        """Whether a story that was told before still ends as it did."""
        plan = Plan(story.moments, story.late, story.begins_at)
        here = (story.flow, story.block, story.refusal, story.ends_at)
        return any(
            (sent.flow, sent.block, sent.refusal, sent.at) == here
            for sent in self._stage.played(plan, story.person)
        )

    def by_accident(self, danger: Danger, place: Place) -> Story | None:
        """A story in which somebody runs into the danger at random."""
        for chance in self._improvised:
            if _ends_in(chance.sent, place, danger):
                story = self._told(chance.plan, chance.person, place, danger)
                if story is not None:
                    return story
        return None

    @cached_property
    def _improvised(self) -> list[Improvised]:
        return list(improvise(self._map, self._stage, MONDAY))

    def _told(self, plan: Plan, person: Person, place: Place, danger: Danger) -> Story | None:
        """The plan as a story, up to where it runs into the danger; none, if it does not."""
        for sent in self._stage.played(plan, person):
            if _ends_in(sent, place, danger):
                return Story(
                    *(plan.begins_at, plan.moments[: sent.acts], plan.late),
                    *(place.flow, place.block, danger.refusal, sent.at, person),
                )
        return None

    def _acts(self, trace: Trace) -> list[Act] | None:
        """What the person does on the way; none, where the way can't begin."""
        first, *rest = trace.steps()
        acts = self._acts_to_start(first.place)
        if acts is None:
            return None
        taps = [step for step in rest if step.tap]
        return acts + [self._tap(step.before.place, step.port) for step in taps if step.before]

    def _acts_to_start(self, place: Place) -> list[Act] | None:
        start = self._map.start(place)
        begins = start.begins()
        assert begins is not None
        begin = Begin(place.flow, place.block)
        if begins.acts:
            return [begin]
        topic = getattr(start, "topic", "")
        before = self._acts_to_yes(topic)
        if before is None:
            return None
        match begins.holds:
            case Holds.USABLE:
                return [*before, begin]
            case Holds.NEW:
                return before
            case Holds.SOME:
                return [*before, Stop(topic), Resume(topic)]
            case Holds.NOTHING:
                return [*before, Stop(topic)]

    def _acts_to_yes(self, topic: str) -> list[Act] | None:
        if topic not in self._asking:
            return [Given(topic)] if topic in self._topics else None
        trace, port = self._asking[topic]
        before = self._acts(trace)
        return None if before is None else [*before, self._tap(trace.place, port)]

    def _tap(self, place: Place, port: str) -> Act:
        effect = self._map.node(place).effect
        asks = effect.asks if isinstance(effect, Sends) else ()
        topic = next((asked.topic for asked in asks if asked.port == port), None)
        where = (place.flow, place.block, port)
        return Tap(*where) if topic is None else SayYes(*where, topic)

    def _all_plans(
        self, danger: Danger, trace: Trace, acts: list[Act], person: Person
    ) -> Iterator[Plan]:
        """As the trace says; then with a window, and with permissions, that came from elsewhere."""
        yield from self._plans(danger, trace.place, acts, person)
        given = [Given(topic) for topic in sorted(self._used_on_the_way(trace))]
        for before in ([*given, Write()], [Write(), *given]):
            for plan in self._plans(danger, trace.place, [*before, *acts], person):
                yield replace(plan, usual=False)
        for before in ([], [*given, Write()]):
            yield from self._kept_open(trace, [*before, *acts], person)

    def _kept_open(self, trace: Trace, acts: list[Act], person: Person) -> Iterator[Plan]:
        """The person writes again, just before each message on the way that would come too late."""
        sent_on_the_way = {
            (step.before.place.flow, step.before.place.block)
            for step in trace.steps()
            if step.before is not None and step.port == NEXT.id
        }
        moments = tuple(Moment(AT_ONCE, act) for act in acts)
        for _ in range(WRITES_AT_MOST):
            plan = Plan(moments, IN_TIME, MONDAY, usual=False)
            late = next(
                (
                    sent
                    for sent in self._stage.played(plan, person)
                    if sent.refusal is Refusal.TOO_LATE
                    and (sent.flow, sent.block) in sent_on_the_way
                ),
                None,
            )
            if late is None:
                return
            pause = late.at - late.acted_at - AT_ONCE
            moments = (*moments[: late.acts], Moment(pause, Write()), *moments[late.acts :])
            yield replace(plan, moments=moments)

    def _used_on_the_way(self, trace: Trace) -> set[str]:
        effects = [self._map.node(step.place).effect for step in trace.steps()[:-1]]
        return {e.topic for e in effects if isinstance(e, Sends) and e.topic in self._topics}

    def _plans(
        self, danger: Danger, place: Place, acts: list[Act], person: Person
    ) -> Iterator[Plan]:
        at_once = tuple(Moment(AT_ONCE, act) for act in acts)
        effect = self._map.node(place).effect
        topic = effect.topic if isinstance(effect, Sends) else ""
        for late in (IN_TIME, JUST_IN_TIME):
            yield Plan(at_once, late, MONDAY)
        match danger.refusal:
            case Refusal.STOPPED:
                for days in SEASONS:
                    stopping = (*at_once, Moment(AT_ONCE, Stop(topic)))
                    yield Plan(stopping, JUST_IN_TIME, MONDAY + days)
            case Refusal.EXPIRED:
                for days in SEASONS:
                    yield Plan(at_once, JUST_IN_TIME, MONDAY + days)
            case Refusal.ASKED_LATELY:
                for last in range(len(acts)):
                    again = (Moment(SOON_AGAIN, acts[last]), *at_once[last + 1 :])
                    yield Plan((*at_once, *again), IN_TIME, MONDAY)
            case Refusal.TOO_SOON:
                yield from self._aligned(at_once, topic, person)
        if danger.refusal in DEPENDS_ON_HOW_LONG_THEY_TAKE:
            for index in range(len(acts) - 1, 0, -1):
                for pause in LONG_PAUSES:
                    yield Plan(_paused(at_once, index, pause), JUST_IN_TIME, MONDAY)
        if danger.refusal is Refusal.TOO_LATE:
            yield from self._just_too_late(at_once, person)
        if isinstance(acts[-1], Tap):
            yield Plan((*at_once, at_once[-1]), IN_TIME, MONDAY, usual=False)

    def _just_too_late(self, moments: tuple[Moment, ...], person: Person) -> Iterator[Plan]:
        """So late that one message, and none before it, comes after the window."""
        plan = Plan(moments, JUST_IN_TIME, MONDAY)
        played = [sent.since for sent in self._stage.played(plan, person) if sent.since]
        for since in dict.fromkeys(played[:MESSAGES_AT_MOST]):
            for after in JUST_AFTER:
                pause = window.LENGTH - since + after
                for index in range(len(moments) - 1, 0, -1):
                    yield Plan(_paused(moments, index, pause), JUST_IN_TIME, MONDAY)

    def _aligned(self, moments: tuple[Moment, ...], topic: str, person: Person) -> Iterator[Plan]:
        """Begin so that one of the messages just gets into a window with the next one."""
        known = self._map.project.topic(topic)
        if known is None or known.frequency is None:
            return
        for late in (IN_TIME, JUST_IN_TIME):
            played = self._stage.played(Plan(moments, late, MONDAY), person)
            uses = [sent.at for sent in played if sent.topic == topic and sent.refusal is None]
            for use in uses[:8]:
                for begins in self._window_starts(known.frequency):
                    for shift in (AT_ONCE, -AT_ONCE):
                        yield Plan(moments, late, begins + shift - (use - MONDAY))

    def _window_starts(self, frequency: Frequency) -> tuple[datetime, datetime]:
        """Where some window begins, and where the longest one of the next years does."""
        zone = self._map.project.rules.zone
        starts = [calendar.next_window(MONDAY, frequency, zone)]
        while starts[-1] < MONDAY + timedelta(days=500):
            starts.append(calendar.next_window(starts[-1], frequency, zone))
        return starts[0], max(pairwise(starts), key=lambda pair: pair[1] - pair[0])[0]


def _paused(moments: tuple[Moment, ...], index: int, pause: timedelta) -> tuple[Moment, ...]:
    return (*moments[:index], replace(moments[index], pause=pause), *moments[index + 1 :])


def _ends_in(sent: Sent, place: Place, danger: Danger) -> bool:
    here = (sent.flow, sent.block) == (place.flow, place.block)
    wanted = danger.refusal
    return here and (sent.refusal is wanted or (sent.refusal in SAME and wanted in SAME))


def _first_requests(map: Map, explored: Explored) -> dict[str, tuple[Trace, str]]:
    """By topic, a way to be asked for it that begins with what a person does."""
    found: dict[str, tuple[Trace, str]] = {}
    for trace in explored.requests:
        begins = map.start(trace.steps()[0].place).begins()
        effect = map.node(trace.place).effect
        for asked in effect.asks if isinstance(effect, Sends) else ():
            if begins is not None and begins.acts:
                found.setdefault(asked.topic, (trace, asked.port))
    return found
