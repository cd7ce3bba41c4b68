"""What can be true of a person at a place, for many people and times at once.

Times are whole seconds, as the least and the most that they can be. `LATE` is how late a step may
come; what is `EVER` may have taken any time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from otn_studio.blocks.effect import Fact

LATE: Final = 60
DAY: Final = 24 * 60 * 60
EVER: Final = 10**10
_LONG: Final = 400 * DAY
"""Longer than every limit of the rules: more makes no difference."""


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of time: at least ``least``, at most ``most`` seconds."""

    least: int
    most: int

    def later(self, least: int, most: int, long: int = _LONG) -> "Span":
        """So much time after; what is longer than ``long`` may be forever."""
        return Span(min(self.least + least, long), _short(self.most + most, long))

    def worse_than(self, other: "Span", claims: bool) -> bool:
        """Whether all that can go wrong for ``other``, since too much time went by, can for this.

        With ``claims``, also all that always goes wrong.
        """
        return self.most >= other.most and (not claims or self.least >= other.least)


NOW: Final = Span(0, 0)


def _short(seconds: int, long: int) -> int:
    return seconds if seconds < long else EVER


@dataclass(frozen=True, slots=True)
class Held:
    """A permission that a thread brought along. ``age`` is the time since the yes.

    ``new``: it came with the yes itself, so that follow-ups are allowed. ``uses`` are the least and
    the most messages so far, ``first`` the time since the first and ``last`` since the last one
    that the frequency counts; both are empty where none is certain. ``shared``: another thread may
    use it, too.
    """

    age: Span
    new: bool
    uses: tuple[int, int] = (0, 0)
    first: Span | None = None
    last: Span | None = None
    shared: bool = False

    def later(self, least: int, most: int) -> "Held":
        first = self.first and self.first.later(least, most)
        last = self.last and self.last.later(least, most)
        return replace(self, age=self.age.later(least, most), first=first, last=last)

    def worse_than(self, other: "Held", claims: bool) -> bool:
        return (
            self.age.worse_than(other.age, claims)
            and self.new <= other.new
            and self.shared >= other.shared
            and self.uses[0] <= other.uses[0]
            and self.uses[1] >= other.uses[1]
            and (not claims or self.uses == other.uses)
            and _covers(self.first, other.first, claims)
            and _sooner(self.last, other.last, claims)
        )


def _covers(span: Span | None, other: Span | None, claims: bool) -> bool:
    if span is None or other is None:
        return other is None
    return span.worse_than(other, claims)


def _sooner(span: Span | None, other: Span | None, claims: bool) -> bool:
    """For the frequency it is the other way round: less time is worse."""
    if span is None or other is None:
        return other is None
    return span.least <= other.least and (not claims or span.most <= other.most)


@dataclass(frozen=True, slots=True)
class State:
    """One thread: the time since the person opened the window, and what it may use by topic.

    ``asked`` is the time since the person was last asked on this way, by the title of the request;
    ``closed`` is the most that can have passed since the window was found to be over. ``known`` is
    what is true of the person for good. ``reply`` is the time since the comment that one message may
    answer; such states are joined among each other only.
    """

    since: Span
    held: tuple[tuple[str, Held], ...] = ()
    asked: tuple[tuple[str, Span], ...] = ()
    closed: int = EVER
    known: frozenset[Fact] = frozenset()
    reply: Span | None = None

    def holds(self, topic: str) -> Held | None:
        return next((held for id, held in self.held if id == topic), None)

    def with_held(self, topic: str, held: Held | None) -> "State":
        rest = [(id, other) for id, other in self.held if id != topic]
        kept = sorted(rest + ([(topic, held)] if held else []), key=lambda pair: pair[0])
        return replace(self, held=tuple(kept))

    def with_asked(self, title: str) -> "State":
        rest = [(other, span) for other, span in self.asked if other != title]
        return replace(self, asked=tuple(sorted([*rest, (title, NOW)], key=lambda pair: pair[0])))

    def later(self, least: int, most: int) -> "State":
        return State(
            self.since.later(least, most, 2 * DAY),
            tuple((topic, held.later(least, most)) for topic, held in self.held),
            tuple((title, span.later(least, most)) for title, span in self.asked),
            _short(self.closed + most, 2 * DAY),
            self.known,
            self.reply and self.reply.later(least, most),
        )

    def worse_than(self, other: "State", claims: bool) -> bool:
        """Whether everything that can go wrong from ``other`` on can go wrong from this.

        With ``claims``, also everything that always goes wrong.
        """
        if not self.since.worse_than(other.since, claims) or self.closed < other.closed:
            return False
        if not self.known <= other.known:
            return False
        if not _replies_worse(self.reply, other.reply, claims):
            return False
        for topic, held in self.held:
            theirs = other.holds(topic)
            if theirs is None or not held.worse_than(theirs, claims):
                return False
        if not claims:
            return True
        mine = dict(self.asked)
        return all(
            title in mine and _sooner(mine[title], span, True) for title, span in other.asked
        )


def _replies_worse(reply: Span | None, other: Span | None, claims: bool) -> bool:
    """What may answer a comment and what may not fare so differently that neither stands for both."""
    if reply is None or other is None:
        return reply is other
    return reply.worse_than(other, claims)


def joined(states: Iterable[State]) -> State:
    """One state that stands for all of them: what can go wrong from any can go wrong from it."""
    return reduce(_join, states)


def _join(one: State, other: State) -> State:
    theirs, asked = dict(other.held), dict(other.asked)
    return State(
        _hull(one.since, other.since),
        tuple((id, _join_held(held, theirs[id])) for id, held in one.held if id in theirs),
        tuple(
            sorted(_hull_of(title, dict(one.asked), asked) for title in {*dict(one.asked), *asked})
        ),
        max(one.closed, other.closed),
        one.known & other.known,
        _hull(one.reply, other.reply) if one.reply and other.reply else None,
    )


def _hull_of(title: str, one: dict[str, Span], other: dict[str, Span]) -> tuple[str, Span]:
    spans = [spans[title] for spans in (one, other) if title in spans]
    return title, reduce(_hull, spans)


def _join_held(one: Held, other: Held) -> Held:
    return Held(
        _hull(one.age, other.age),
        one.new and other.new,
        (min(one.uses[0], other.uses[0]), max(one.uses[1], other.uses[1])),
        _hull(one.first, other.first) if one.first and other.first else one.first or other.first,
        _hull(one.last, other.last) if one.last and other.last else one.last or other.last,
        one.shared or other.shared,
    )


def _hull(one: Span, other: Span) -> Span:
    return Span(min(one.least, other.least), max(one.most, other.most))


def widened(state: State) -> State:
    """A state that no loop can make any worse."""
    return State(
        Span(state.since.least, EVER),
        tuple((topic, _widened(held)) for topic, held in state.held),
        reply=state.reply and Span(state.reply.least, EVER),
    )


def _widened(held: Held) -> Held:
    always = Span(0, EVER)
    return Held(Span(held.age.least, EVER), False, (0, EVER), always, always, held.shared)
