"""Faults on demand, the same ones in the same order for the same seed.

Rate limits, server errors, time-outs before and after delivery, repeated and missing webhooks are
normal in production; an engine must get through all of them without losing or repeating a message.
"""

import math
import random
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

from otn_studio.emulator.errors import Problem

_MOST = {"hang_seconds": 600.0, "calls_a_second": 10_000.0}
_ROUNDING = 1e-9
_REPEAT_AFTER = (0.02, 0.5)
"""Seconds of real time between an event and its repeat: enough for others to come in between."""


class SendFault(StrEnum):
    """What can go wrong with a call of the Send API."""

    RATE_LIMIT = "rate_limit"
    SERVER_ERROR = "server_error"
    DROP_BEFORE = "drop_before"
    """The connection ends without an answer and nothing was delivered."""
    DROP_AFTER = "drop_after"
    """The connection ends without an answer, but the message was delivered."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How likely each fault is, from 0 to 1. Of the first four at most one befalls a call.

    ``repeat`` is about every webhook. ``echo`` and ``delivery`` are how likely an accepted message
    is followed by that event at all. ``hang_seconds`` is how long a dropped call keeps its caller
    waiting first. Of more than ``calls_a_second``, if that is not 0, the rest is refused.
    """

    rate_limit: float = 0.0
    server_error: float = 0.0
    drop_before: float = 0.0
    drop_after: float = 0.0
    repeat: float = 0.0
    echo: float = 1.0
    delivery: float = 1.0
    hang_seconds: float = 0.0
    calls_a_second: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what can't be a plan, in one sentence."""
        if type(self.seed) is not int:
            raise Problem("The seed must be a whole number.")
        for field in fields(self):
            if field.name != "seed":
                _check_between(field.name, getattr(self, field.name), _MOST.get(field.name, 1.0))
        if sum(getattr(self, fault) for fault in SendFault) > 1 + _ROUNDING:
            raise Problem("The probabilities of the four faults of a call add up to more than 1.")

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
        self._taken: deque[float] = deque()
        self._start_sequences()

    def change(self, changes: Mapping[str, object]) -> None:
        """Replace some figures of the plan. Giving a seed starts its sequences anew."""
        self.plan = self.plan.changed(changes)
        if "seed" in changes:
            self._start_sequences()

    def shown(self) -> dict:
        """The plan, and what was dealt so far, as the control API shows them."""
        return asdict(self.plan) | {"dealt": dict(sorted(self.dealt.items()))}

    def next_for_call(self) -> SendFault | None:
        """What befalls the next call of the Send API."""
        draw = self._calls.random()
        for fault in SendFault:
            draw -= getattr(self.plan, fault)
            if draw < 0:
                self.dealt[fault] += 1
                return fault
        return None

    def is_too_fast(self, at: float) -> bool:
        """Whether a call at this instant is more than is allowed in a second; else it counts."""
        while self._taken and at - self._taken[0] >= 1.0:
            self._taken.popleft()
        if not self.plan.calls_a_second:
            return False
        if len(self._taken) >= self.plan.calls_a_second:
            self.dealt["too_fast"] += 1
            return True
        self._taken.append(at)
        return False

    def echoes(self) -> bool:
        """Whether the next accepted message is followed by its echo."""
        return self._events.random() < self.plan.echo

    def confirms_delivery(self) -> bool:
        """Whether the next accepted message is followed by its delivery event."""
        return self._events.random() < self.plan.delivery

    def repeats(self) -> tuple[float, ...]:
        """How long after the next webhook it comes again, for each of its repeats."""
        befalls = self._repeats.random() < self.plan.repeat
        delays = (self._repeats.uniform(*_REPEAT_AFTER), self._repeats.uniform(*_REPEAT_AFTER))
        count = self._repeats.choice((1, 2))
        if not befalls:
            return ()
        self.dealt["repeat"] += 1
        return delays[:count]

    def _start_sequences(self) -> None:
        self._calls = random.Random(f"{self.plan.seed} calls")
        self._events = random.Random(f"{self.plan.seed} events")
        self._repeats = random.Random(f"{self.plan.seed} repeats")


def _check_between(name: str, value: object, most: float) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not 0 <= value <= most:
        raise Problem(f"{name} must be a number from 0 to {most:g}.")
