"""What there is to tap in a conversation, by what stands on it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from otn_studio.blocks.story import SayYes, Tap

T = TypeVar("T", Tap, SayYes)


@dataclass(frozen=True, slots=True)
class Address:
    """The latest of a title; where that says too little, of a block, and there the number-th."""

    title: str
    block: str = ""
    number: int = 0


class Shown(Generic[T]):
    """Buttons and quick replies, or requests: each with what tapping it does, the latest last.

    >>> shown = Shown[Tap]()
    >>> for port in "ab":
    ...     shown.show("Buy", Tap("shop", "shoes", port))
    >>> shown.find(Address("Buy")).port, shown.find(Address("Buy", "shoes", 1)).port
    ('b', 'a')
    >>> shown.address("Buy", Tap("shop", "shoes", "a"))
    Address(title='Buy', block='shoes', number=1)
    """

    def __init__(self) -> None:
        self._there: dict[str, list[T]] = {}

    def show(self, title: str, act: T) -> None:
        known = self._there.setdefault(title, [])
        if act in known:
            known.remove(act)
        known.append(act)

    def find(self, address: Address) -> T | None:
        there = self._of(address.title, address.block)
        place = address.number - 1 if address.number else -1
        return there[place] if there and place < len(there) else None

    def address(self, title: str, act: T) -> Address:
        """The shortest that leads to it."""
        there = self._of(title, act.block)
        number = there.index(act) + 1
        candidates = (Address(title), Address(title, act.block), Address(title, act.block, number))
        return next(found for found in candidates if self.find(found) == act)

    def addresses(self) -> list[Address]:
        """Of all that there is."""
        return [self.address(title, act) for title, acts in self._there.items() for act in acts]

    def _of(self, title: str, block: str) -> list[T]:
        return [act for act in self._there.get(title, ()) if block in ("", act.block)]
