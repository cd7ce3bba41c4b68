"""What a way through the flows asks of a person, and how each message on it has to fare."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from otn_studio.blocks.block import Start
from otn_studio.blocks.effect import Asks, Begins, Hears, Holds, Passes, Sends, Waits
from otn_studio.blocks.outgoing import EMPTY
from otn_studio.blocks.story import Act, Answer, Begin, Given, Moment, Resume, SayYes, Stop, Tap
from otn_studio.checks.proof.explore import Explored, Trace
from otn_studio.checks.proof.facts import heard_by
from otn_studio.checks.proof.judging import replies
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.rehearsal import Fate
from otn_studio.policy.sending import Refusal

AT_ONCE = timedelta(seconds=1)
WAYS_TO_BE_ASKED = 3
Fates = frozenset[Fate]
SENT: Fates = frozenset({None})
TOO_LATE: Fates = frozenset({Refusal.TOO_LATE})
REFUSED: Fates = frozenset((*Refusal, EMPTY)) - TOO_LATE


@dataclass(frozen=True, slots=True)
class Cue:
    """The next messages of a block: they go out, or are refused for one of these reasons.

    ``after`` is how much time has to pass before them; what comes sooner is of another thread.
    """

    flow: str
    block: str
    fates: Fates
    after: timedelta = timedelta(0)


Beat = Moment | Cue


@dataclass(frozen=True, slots=True)
class Script:
    """Acts and cues in order. ``steps`` are the ways out that it takes.

    ``usual``: the person does no more than the way asks for.
    """

    beats: tuple[Beat, ...]
    steps: tuple[tuple[Place, str], ...] = ()
    usual: bool = True

    @property
    def loose(self) -> "Script":
        """The same acts and the same end, however the messages on the way fare."""
        last = len(self.beats) - 1
        kept = [b for n, b in enumerate(self.beats) if isinstance(b, Moment) or n == last]
        return replace(self, beats=tuple(kept))

    def then(self, other: "Script") -> "Script":
        return Script(
            self.beats + other.beats, self.steps + other.steps, self.usual and other.usual
        )


def doing(*acts: Act, usual: bool = True) -> Script:
    return Script(tuple(Moment(AT_ONCE, act) for act in acts), usual=usual)


class Scripts:
    """Writes scripts along the ways that the exploration found."""

    def __init__(self, map: Map, explored: Explored) -> None:
        self._map = map
        self._by_topic: dict[str, list[tuple[Trace, str]]] = defaultdict(list)
        self._by_title: dict[str, list[Trace]] = defaultdict(list)
        self._topics = {id for flow in map.project.flows.values() for id in flow.topics}
        for trace in explored.requests:
            for asked in self._asks(trace.place.flow, trace.place.block):
                self._by_title[asked.title].append(trace)
                if _they_begin(self._begins(trace)[1]):
                    self._by_topic[asked.topic].append((trace, asked.port))

    def along(self, trace: Trace, end: Fates) -> Iterator[Script]:
        """The ways of a trace, at the end of which its messages fare so."""
        steps = trace.steps()
        way = tuple((step.before.place, step.port) for step in steps if step.before is not None)
        beats: list[Beat] = []
        after = timedelta(0)
        for (place, port), step in zip(way, steps[1:], strict=True):
            effect = self._map.node(place).effect
            if isinstance(effect, Waits):
                after += effect.shortest
            if isinstance(effect, Sends):
                fates = SENT if step.tap else _fates(effect, port)
                beats.append(Cue(place.flow, place.block, fates, after))
                after = timedelta(0)
            if step.tap:
                beats.append(Moment(AT_ONCE, self.tap(place.flow, place.block, port)))
            elif isinstance(effect, Sends) and _is_answered(effect, port, step.before):
                beats.append(Moment(AT_ONCE, Answer(place.flow, place.block, "Yes")))
            elif (hears := heard_by(effect)) is not None:
                answers = tuple(_answers(hears, place, port))
                beats += answers
                silent = port == hears.no_answer and hears.longest is not None
                after = after + hears.longest if silent else timedelta(0) if answers else after
        beats.append(Cue(trace.place.flow, trace.place.block, end, after))
        needed = Script(tuple(self._needed(way)))
        for start in self._to_start(trace):
            yield needed.then(start).then(Script(tuple(beats), way))

    def _needed(self, way: tuple[tuple[Place, str], ...]) -> Iterator[Moment]:
        """What the person has to have said yes to before, to go that way through the conditions."""
        for place, port in way:
            effect = self._map.node(place).effect
            topic = effect.needs.get(port) if isinstance(effect, Passes) else None
            if topic in self._topics:
                yield Moment(AT_ONCE, Given(topic))

    def asked(self, title: str) -> Iterator[Script]:
        """A few ways to be asked with a title."""
        for trace in self._by_title[title][:WAYS_TO_BE_ASKED]:
            if _they_begin(self._begins(trace)[1]):
                yield from self.along(trace, SENT)

    def _to_start(self, trace: Trace) -> Iterator[Script]:
        """What there is to do before a run begins, and to begin it."""
        start, begins = self._begins(trace)
        place = trace.steps()[0].place
        begin = Begin(place.flow, place.block)
        topic = getattr(start, "topic", "")
        if _they_begin(begins):
            yield doing(begin)
        elif begins.holds is Holds.NEW:
            yield from self._to_yes(topic)
        else:
            acts: Mapping[Holds, tuple[Act, ...]] = {
                Holds.USABLE: (begin,),
                Holds.STOPPED: (Stop(topic),),
                Holds.SOME: (Stop(topic), Resume(topic)),
            }
            for yes in self._to_yes(topic):
                yield yes.then(doing(*acts[begins.holds]))

    def _to_yes(self, topic: str) -> Iterator[Script]:
        for trace, port in self._by_topic[topic][:WAYS_TO_BE_ASKED]:
            for asked in self.along(trace, SENT):
                yield asked.then(doing(self.tap(trace.place.flow, trace.place.block, port)))
        if topic in self._topics:
            yield doing(Given(topic), usual=not self._by_topic[topic])

    def _begins(self, trace: Trace) -> tuple[Start, Begins]:
        start = self._map.start(trace.steps()[0].place)
        begins = start.begins()
        assert begins is not None
        return start, begins

    def tap(self, flow: str, block: str, port: str) -> Act:
        """What it is to tap a way out: a yes, where it asks for permission."""
        topic = next((a.topic for a in self._asks(flow, block) if a.port == port), None)
        return Tap(flow, block, port) if topic is None else SayYes(flow, block, port, topic)

    def _asks(self, flow: str, block: str) -> tuple[Asks, ...]:
        effect = self._map.nodes[flow, block].effect
        return effect.asks if isinstance(effect, Sends) else ()


def _they_begin(begins: Begins) -> bool:
    """Whether the person can begin it of themselves."""
    return begins.acts or begins.replies


def _is_answered(sends: Sends, port: str, trace: Trace | None) -> bool:
    """Whether the way on is the one that is taken once the person has answered a private reply."""
    onwards = port == sends.next and sends.hears is None
    return onwards and trace is not None and replies(sends, trace.state)


def _answers(hears: Hears, place: Place, port: str) -> Iterator[Moment]:
    """What the person answers on that way."""
    text, times = {
        hears.answered: (hears.taken, 1),
        hears.in_vain: (hears.refused, hears.tries),
    }.get(port, ("", 0))
    for _ in range(times):
        yield Moment(AT_ONCE, Answer(place.flow, place.block, text))


def _fates(sends: Sends, port: str) -> Fates:
    return {sends.too_late: TOO_LATE, sends.could_not_send: REFUSED}.get(port, SENT)
