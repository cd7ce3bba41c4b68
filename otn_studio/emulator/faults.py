"""Faults on demand, the same ones in the same order for the same seed.

Rate limits, refusals, server errors, time-outs before and after delivery, repeated, late and missing
webhooks are normal in production; an engine must get through all of them without losing or repeating
a message.
"""

import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from itertools import chain, repeat

from otn_studio.emulator.errors import GraphError, Problem
from otn_studio.emulator.meter import Meter
from otn_studio.emulator.refusals import NAMES, check_names, refusal

_MOST = {
    "hang_seconds": 600.0,
    "calls_a_second": 10_000.0,
    "media_calls_a_second": 10_000.0,
    "calls_a_day": 10_000.0,
}
_DAY = 24 * 60 * 60.0
_LONGEST_STRETCH = 1_000_000
_ROUNDING = 1e-9
_AFTERWARDS = (0.02, 0.5)
"""Seconds of real time by which an event is late, or between it and its repeat: enough for others to
come in between.
"""


class SendFault(StrEnum):
    """What can go wrong with a call of the Send API."""

    RATE_LIMIT = "rate_limit"
    SERVER_ERROR = "server_error"
    DROP_BEFORE = "drop_before"
    """The connection ends without an answer and nothing was delivered."""
    DROP_AFTER = "drop_after"
    """The connection ends without an answer, but the message was delivered."""
    REFUSE = "refuse"
    """One of the errors that Messenger has for everything, whatever the message is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How likely each fault is, from 0 to 1. Of the first five at most one befalls a call.

    ``refuse`` picks among the ``refusals``, or among all there are, and ``in_ok`` is how likely such
    an error comes in an answer that says 200. ``repeat`` and ``late`` are about every webhook,
    ``batch`` is how likely one brings along what has happened to others meanwhile;
    ``echo``, ``delivery`` and ``read`` are how likely an accepted message is followed by that event
    at all. ``hang_seconds`` is how long a dropped call keeps its caller waiting first. Of more than
    ``calls_a_second``, ``media_calls_a_second`` for audio and video, and ``calls_a_day`` for each
    person who has written, the rest is refused; 0 is no limit.
    """

    rate_limit: float = 0.0
    server_error: float = 0.0
    drop_before: float = 0.0
    drop_after: float = 0.0
    refuse: float = 0.0
    in_ok: float = 0.0
    repeat: float = 0.0
    late: float = 0.0
    batch: float = 0.0
    echo: float = 1.0
    delivery: float = 1.0
    read: float = 0.0
    hang_seconds: float = 0.0
    calls_a_second: float = 0.0
    media_calls_a_second: float = 0.0
    calls_a_day: float = 0.0
    refusals: tuple[str, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what can't be a plan, in one sentence."""
        if type(self.seed) is not int:
            raise Problem("The seed must be a whole number.")
        check_names(self.refusals)
        for field in fields(self):
            if field.name not in ("seed", "refusals"):
                _check_between(field.name, getattr(self, field.name), _MOST.get(field.name, 1.0))
        if sum(getattr(self, fault) for fault in SendFault) > 1 + _ROUNDING:
            raise Problem("The probabilities of the five faults of a call add up to more than 1.")

    def changed(self, changes: Mapping[str, object]) -> "Plan":
        """The plan with some of its figures replaced."""
        unknown = set(changes) - {field.name for field in fields(self)}
        if unknown:
            raise Problem(f"There is no fault named {', '.join(sorted(unknown))}.")
        return replace(self, **changes)


class Faults:
    """Draws the faults of a plan, and counts the ones that it dealt.

    Calls and webhooks draw from sequences of their own, and every question takes the same number
    of draws whatever the plan says: so one does not shift the other.
    """

    def __init__(self) -> None:
        self.plan = Plan()
        self.dealt: Counter[str] = Counter()
        self._plans: Iterator[Plan] = iter(())
        self._calls_taken, self._media_taken, self._day = Meter(1.0), Meter(1.0), Meter(_DAY)
        self._start_sequences()

    def change(self, changes: Mapping[str, object]) -> None:
        """Replace some figures of the plan. Giving a seed starts its sequences anew.

        A ``script`` is a list of stretches, such as ``{"calls": 20, "rate_limit": 0.3}``: for so many
        calls of the Send API those figures hold, then the next stretch's, in the end the plan's own.
        """
        changes = dict(changes)
        script = changes.pop("script", [])
        plan = self.plan.changed(changes)
        self._plans, self.plan = _read_script(script, plan), plan
        if "seed" in changes:
            self._start_sequences()

    def shown(self) -> dict:
        """The plan, and what was dealt so far, as the control API shows them."""
        return asdict(self.plan) | {"dealt": dict(sorted(self.dealt.items()))}

    def next_for_call(self) -> SendFault | None:
        """What befalls the next call of the Send API."""
        self.plan = next(self._plans, self.plan)
        draw = self._calls.random()
        for fault in SendFault:
            draw -= getattr(self.plan, fault)
            if draw < 0:
                self.dealt[fault] += 1
                return fault
        return None

    def refusal(self) -> GraphError:
        """The error with which a call is refused that has met `SendFault.REFUSE`."""
        name = self._refusals.choice(self.plan.refusals or NAMES)
        return refusal(name, in_ok=self._refusals.random() < self.plan.in_ok)

    def is_too_fast(self, at: float) -> bool:
        """Whether a call at this instant is more than is allowed in a second; else it counts."""
        return self._is_too_many(self._calls_taken.takes(at, self.plan.calls_a_second))

    def is_too_fast_for_media(self, at: float) -> bool:
        """The same of a call with audio or video."""
        return self._is_too_many(self._media_taken.takes(at, self.plan.media_calls_a_second))

    def is_too_many_today(self, at: float, people: int) -> bool:
        """The same of a whole day, where so many people have written."""
        return self._is_too_many(self._day.takes(at, self.plan.calls_a_day * people))

    def echoes(self) -> bool:
        """Whether the next accepted message is followed by its echo."""
        return self._events.random() < self.plan.echo

    def confirms_delivery(self) -> bool:
        """Whether the next accepted message is followed by its delivery event."""
        return self._events.random() < self.plan.delivery

    def reads(self) -> bool:
        """Whether the person reads the next accepted message at once."""
        return self._reads.random() < self.plan.read

    def late(self) -> float | None:
        """By how much the next webhook is late, and out of order, if it is."""
        draw, delay = self._late.random(), self._late.uniform(*_AFTERWARDS)
        if draw >= self.plan.late:
            return None
        self.dealt["late"] += 1
        return delay

    def joins(self) -> bool:
        """Whether the next webhook brings along what else is due."""
        if self._batches.random() >= self.plan.batch:
            return False
        self.dealt["batch"] += 1
        return True

    def repeats(self) -> tuple[float, ...]:
        """How long after the next webhook it comes again, for each of its repeats."""
        befalls = self._repeats.random() < self.plan.repeat
        delays = (self._repeats.uniform(*_AFTERWARDS), self._repeats.uniform(*_AFTERWARDS))
        count = self._repeats.choice((1, 2))
        if not befalls:
            return ()
        self.dealt["repeat"] += 1
        return delays[:count]

    def _is_too_many(self, taken: bool) -> bool:
        if not taken:
            self.dealt["too_fast"] += 1
        return not taken

    def _start_sequences(self) -> None:
        self._calls = random.Random(f"{self.plan.seed} calls")
        self._events = random.Random(f"{self.plan.seed} events")
        self._repeats = random.Random(f"{self.plan.seed} repeats")
        self._refusals = random.Random(f"{self.plan.seed} refusals")
        self._reads = random.Random(f"{self.plan.seed} reads")
        self._late = random.Random(f"{self.plan.seed} late")
        self._batches = random.Random(f"{self.plan.seed} batches")


def _read_script(script: object, plan: Plan) -> Iterator[Plan]:
    """The plan of each call to come, and in the end the one that stays."""
    if not isinstance(script, list):
        raise Problem("The script must be a list.")
    stretches = [_read_stretch(stretch, plan) for stretch in script]
    return chain(*stretches, [plan] if stretches else [])


def _read_stretch(stretch: object, plan: Plan) -> Iterator[Plan]:
    match stretch:
        case {"calls": int(calls), **changes} if (
            0 < calls <= _LONGEST_STRETCH and "seed" not in changes
        ):
            return repeat(plan.changed(changes), calls)
    raise Problem('Each part of a script has a number of "calls", and what befalls them.')


def _check_between(name: str, value: object, most: float) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not 0 <= value <= most:
        raise Problem(f"{name} must be a number from 0 to {most:g}.")
