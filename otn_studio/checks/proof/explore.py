"""Everything that can be true at every place of the flows, and how it came about."""

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace

from otn_studio.blocks.effect import (
    Begins,
    Calls,
    Ends,
    Fetches,
    Hears,
    Holds,
    Passes,
    Sends,
    Waits,
    WaitsItsTurn,
)
from otn_studio.checks.proof.facts import Facts, without
from otn_studio.checks.proof.judging import (
    Danger,
    after_refusal,
    after_sending,
    answered,
    dangers,
    replies,
    seen,
    waited_its_turn,
)
from otn_studio.checks.proof.places import Map, Node, Place
from otn_studio.checks.proof.repeats import rare_titles
from otn_studio.checks.proof.state import (
    EVER,
    LATE,
    Held,
    Span,
    State,
    joined,
    widened,
)
from otn_studio.policy.sending import Refusal

STATES_AT_MOST = 6
"""How many states of one place are told apart before they are joined."""
NEWS_AT_MOST = 20
"""How often something new may be true at one place before a loop must not make it any worse."""

WAYS_AT_MOST = 8
"""How many ways into one danger are kept, to look for a story along them."""

TAKES_ANOTHER = frozenset({Refusal.NO_PERMISSION, Refusal.EXPIRED})

ACTED = Span(0, LATE)
ANY_TIME = Span(0, EVER)


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """How a run came to a place: the step before, and by which way out.

    ``tap`` is true where the person tapped that way out.
    """

    place: Place
    state: State
    before: "Trace | None" = None
    port: str = ""
    tap: bool = False

    def steps(self) -> list["Trace"]:
        """From the start to here."""
        found, here = [], self
        while here is not None:
            found.append(here)
            here = here.before
        return found[::-1]


@dataclass
class Explored:
    """What was found: for each place and refusal the first few ways into it."""

    dangers: dict[tuple[Place, Refusal], list[tuple[Danger, Trace]]] = field(default_factory=dict)
    reached: set[tuple[str, str]] = field(default_factory=set)
    requests: list[Trace] = field(default_factory=list)
    """The first way to each block that asks for permission."""
    borrowed: set[str] = field(default_factory=set)
    """Topics whose permissions a thread may use that did not bring one along, or outlives its own; or
    that a thread stops.

    It then takes one that another thread counts on. Where there is no way out for that, it is a
    finding itself, and the others need not be blamed.
    """


def explore(map: Map) -> Explored:
    """Go through all flows until nothing new is found."""
    shared: frozenset[str] = frozenset()
    while True:
        explored = _Exploration(map, shared).run()
        found = shared | explored.borrowed
        if found == shared:
            return explored
        shared = found


class _Exploration:
    def __init__(self, map: Map, shared: frozenset[str]) -> None:
        self._map = map
        self._rules = map.project.rules
        self._shared = shared
        self._states: dict[tuple[Place, bool], list[State]] = defaultdict(list)
        self._news: dict[tuple[Place, bool], int] = defaultdict(int)
        self._waiting: deque[Trace] = deque()
        self._found = Explored()
        self._taken = _topics_used_by_starts(map)
        self._facts = Facts(map)
        self._rare = rare_titles(map)

    def run(self) -> Explored:
        for place, begins in self._map.starts():
            self._come(place, self._state_at(begins), None)
        while self._waiting:
            self._step(self._waiting.popleft())
        return self._found

    def _state_at(self, begins: Begins) -> State:
        state = State(ACTED if begins.acts else ANY_TIME, reply=ACTED if begins.replies else None)
        if begins.holds is Holds.NOTHING or not begins.topic:
            return state
        return state.with_held(begins.topic, self._held(begins.topic, begins.holds))

    def _held(self, topic: str, holds: Holds) -> Held:
        shared = topic in self._shared
        had = holds in (Holds.SOME, Holds.STOPPED)
        if had or (shared and self._map.is_lasting(topic)):
            age = ANY_TIME if had else ACTED
            return Held(age, False, (0, EVER), *_UNKNOWN, shared)
        return Held(ACTED, new=holds is Holds.NEW, shared=shared)

    def _come(
        self,
        place: Place | None,
        state: State,
        before: Trace | None,
        port: str = "",
        tap: bool = False,
    ) -> None:
        """Look at a place with a state, unless one as bad was looked at already."""
        if place is None:
            return
        here = place, state.reply is not None
        known = self._states[here]
        claims = self._news[here] < NEWS_AT_MOST
        if any(other.worse_than(state, claims) for other in known):
            return
        self._news[here] += 1
        if not claims:
            state = widened(joined([*known, state]))
        elif len(known) >= STATES_AT_MOST:
            state = joined([*known, state])
        known[:] = [other for other in known if not state.worse_than(other, claims)] + [state]
        self._found.reached.add((place.flow, place.block))
        self._waiting.append(Trace(place, state, before, port, tap))

    def _step(self, trace: Trace) -> None:
        place, state = trace.place, trace.state
        node = self._map.node(place)
        match node.effect:
            case Passes() as passes:
                self._pass(passes, trace)
            case Waits(shortest, longest, port, at_once):
                least, most = int(shortest.total_seconds()), int(longest.total_seconds())
                after = state.later(least, most + LATE)
                self._come(self._map.after(place, port), after, trace, port)
                if at_once:
                    self._come(self._map.after(place, at_once), state, trace, at_once)
            case WaitsItsTurn(topic, port):
                after = waited_its_turn(state, self._map.project.topic(topic), topic, self._rules)
                self._come(self._map.after(place, port), after.later(0, LATE), trace, port)
            case Hears() as hears:
                self._hear(hears, state, trace)
            case Fetches(outcomes, longest, sets):
                after = state.later(0, int(longest.total_seconds()) + LATE)
                after = replace(after, known=without(after.known, sets))
                for port in outcomes:
                    self._come(self._map.after(place, port), after, trace, port)
            case Calls(flow, port):
                self._come(self._map.called(place, flow, port), state, trace, port)
            case Ends(result):
                self._come(self._map.ended(place, result), state, trace)
            case Sends() as sends:
                self._send(sends, node, trace)

    def _pass(self, passes: Passes, trace: Trace) -> None:
        place, state = trace.place, trace.state
        if passes.begins:
            self._join(passes.begins, trace)
            state = _shared(state, self._used_after(self._map.joined(passes.begins)))
        if passes.stops:
            self._found.borrowed.add(passes.stops)
            state = state.with_held(passes.stops, None)
        for port in passes.ports:
            if port == passes.rescue and port not in self._map.node(place).leads:
                continue
            known = self._facts.after(state.known, passes, port)
            if known is None:
                continue
            after = seen(replace(state, known=known), passes, port)
            if after is not None:
                self._come(self._map.after(place, port), after, trace, port)

    def _join(self, flow: str, trace: Trace) -> None:
        """A thread of its own begins, which brings along what the one that begins it holds."""
        onwards = self._map.goes_on(trace.place)
        still_used = frozenset().union(*(self._used_after(to) for to in onwards))
        state = replace(_shared(trace.state, still_used), asked=(), reply=None)
        self._come(self._map.joined(flow), state, trace, JOINS)

    def _used_after(self, place: Place | None) -> frozenset[str]:
        """The topics whose permissions a thread may use from there on."""
        return topics_used(self._map, place) if place is not None else frozenset()

    def _hear(self, hears: Hears, state: State, trace: Trace) -> None:
        place = trace.place
        longest = EVER if hears.longest is None else int(hears.longest.total_seconds())
        known = self._facts.without_field(state.known, hears.field)
        waited = replace(state.later(0, longest * hears.tries + LATE), known=known)
        after = replace(waited, since=ACTED, closed=EVER)
        for port in filter(None, (hears.answered, hears.in_vain)):
            self._come(self._map.after(place, port), after, trace, port)
        if hears.no_answer:
            since = state.since.later(longest, longest + LATE)
            if hears.tries > 1:
                since = Span(min(longest, since.least), max(longest + LATE, since.most))
            at_last = replace(waited, since=since, closed=waited.closed)
            self._come(self._map.after(place, hears.no_answer), at_last, trace, hears.no_answer)

    def _send(self, sends: Sends, node: Node, trace: Trace) -> None:
        place, state = trace.place, trace.state
        topic = self._map.project.topic(sends.topic)
        found = list(dangers(sends, topic, state, self._rules, self._rare))
        for danger in found:
            self._note(danger, trace)
        if sends.could_not_send in node.leads and _borrows(state.holds(sends.topic), found):
            self._found.borrowed.add(sends.topic)
        if sends.asks:
            self._found.requests.append(trace)
        refused_always = any(d.always and d.refusal is Refusal.ASKED_LATELY for d in found)
        after = None if refused_always else after_sending(sends, topic, state, self._rules)
        if after is not None:
            if sends.hears is not None:
                self._hear(sends.hears, after.later(0, LATE), trace)
            else:
                to = self._map.after(place, sends.next)
                onwards = answered(after) if replies(sends, state) else after.later(0, LATE)
                self._come(to, onwards, trace, sends.next)
            for port in node.choices:
                self._tapped(sends, node, port, after, trace)
        for port, refused in after_refusal(sends, state, found).items():
            if port in node.leads:
                self._come(self._map.after(place, port), refused.later(0, LATE), trace, port)

    def _tapped(self, sends: Sends, node: Node, port: str, after: State, trace: Trace) -> None:
        """A tap begins a thread of its own. What this thread holds goes with a quick reply, since
        that can be tapped only once, if it does not go on by itself."""
        to = self._map.tapped(trace.place, port)
        asked = next((request for request in sends.asks if request.port == port), None)
        if asked is not None and after.holds(asked.topic) and self._map.lasts_forever(asked.topic):
            return
        state = State(ACTED, known=after.known)
        if port in sends.answers and sends.next not in node.leads:
            state = replace(state, held=after.later(0, EVER).held)
        if asked is not None:
            state = replace(state, since=ANY_TIME, held=())
            if asked.topic not in self._taken:
                state = state.with_held(asked.topic, self._held(asked.topic, Holds.NEW))
        self._come(to, state, trace, port, tap=True)

    def _note(self, danger: Danger, trace: Trace) -> None:
        ways = self._found.dangers.setdefault((trace.place, danger.refusal), [])
        if len(ways) < WAYS_AT_MOST:
            ways.append((danger, trace))


_UNKNOWN = (ANY_TIME, ANY_TIME)
JOINS = "joined"
"""Instead of a way out, where a step begins another flow besides."""


def _shared(state: State, topics: frozenset[str]) -> State:
    """The same, where another thread may use the permissions for these topics, too."""
    held = tuple((id, replace(h, shared=h.shared or id in topics)) for id, h in state.held)
    return replace(state, held=held)


def _borrows(held: Held | None, found: list[Danger]) -> bool:
    """Whether a message may use a permission that others count on, by what may go wrong with it."""
    if any(danger.refusal in TAKES_ANOTHER for danger in found):
        return True
    return held is not None and held.uses[1] >= EVER


def _topics_used_by_starts(map: Map) -> frozenset[str]:
    """Topics whose new permission goes to the flow that starts with the yes, not to the card's."""
    return frozenset(
        begins.topic
        for place, begins in map.starts()
        if begins.holds is Holds.NEW and _uses(map, place, begins.topic)
    )


def _uses(map: Map, start: Place, topic: str) -> bool:
    """Whether the thread that begins at a start may send by a permission for the topic."""
    return topic in topics_used(map, start)


def topics_used(map: Map, start: Place) -> frozenset[str]:
    """The topics by whose permissions a thread, and those that it begins, may send from there on."""
    found, seen, waiting = set(), {start}, [start]
    while waiting:
        place = waiting.pop()
        effect = map.node(place).effect
        if isinstance(effect, Sends) and effect.topic:
            found.add(effect.topic)
        begun = map.joined(effect.begins) if isinstance(effect, Passes) else None
        for to in (*map.goes_on(place), begun):
            if to is not None and to not in seen:
                seen.add(to)
                waiting.append(to)
    return frozenset(found)
