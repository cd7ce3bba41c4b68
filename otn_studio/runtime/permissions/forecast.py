"""When permissions run out, if nobody says yes any more."""

from collections.abc import Mapping, Sequence


def left(held: int, ending: Mapping[int, int], used_a_day: float, days: int) -> Sequence[int]:
    """How many are left after each of so many days. ``ending`` says how many end on which of them.

    Those that are used are taken from all that are left, so that none goes twice.

    >>> left(10, {1: 5}, used_a_day=0.0, days=3)
    [10, 5, 5]
    >>> left(10, {}, used_a_day=4.0, days=4)
    [6, 2, 0, 0]
    """
    found: list[int] = []
    there, alive = float(held), float(held)
    for day in range(days):
        ends = ending.get(day, 0)
        there -= there * ends / alive if alive else 0.0
        alive -= ends
        there = max(there - used_a_day, 0.0)
        found.append(round(there))
    return found
