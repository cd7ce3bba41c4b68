"""How far the person's last words have come, as Messenger marks it below them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from otn_studio.studio.phone.bubbles import Bubble, Line, Replies, Said


class Reach(Enum):
    """On its way, with the Page, and seen by it."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"


@dataclass(frozen=True, kw_only=True)
class Reached(Bubble):
    """The mark. Only the last words of the person have one."""

    reach: Reach


def with_reach(bubbles: Sequence[Bubble]) -> tuple[Bubble, ...]:
    """The same with the mark in its place.

    >>> with_reach([Said(text="Hello", by_person=True)])[1].reach
    <Reach.DELIVERED: 'delivered'>
    """
    said = [n for n, one in enumerate(bubbles) if isinstance(one, Said) and one.by_person]
    if not said:
        return tuple(bubbles)
    after = said[-1] + 1
    mark = Reached(reach=_reach(bubbles[said[-1]], bubbles[after:]))
    return (*bubbles[:after], mark, *bubbles[after:])


def _reach(last: Bubble, after: Sequence[Bubble]) -> Reach:
    """The Page has read what it answers."""
    if isinstance(last, Said) and last.pending:
        return Reach.SENT
    answered = any(not isinstance(bubble, Line | Replies) for bubble in after)
    return Reach.READ if answered else Reach.DELIVERED
