"""The values that hold for everybody who writes to the Page, as the studio needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from otn_studio.blocks.field import FieldType


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One of them, as people read it; empty: nothing is set. ``flows`` are those that know of it."""

    key: str
    name: str
    type: FieldType
    value: str
    flows: tuple[str, ...] = ()


class PageValues(Protocol):
    """What there is, and what becomes of it."""

    def all(self) -> Sequence[ValueRow]: ...

    def set(self, key: str, text: str) -> None:
        """An empty text clears it. Raises `Problem` where it does not fit."""
