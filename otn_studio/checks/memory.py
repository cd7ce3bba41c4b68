"""What was found out about each block, kept from one check to the next: blocks never change."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from otn_studio.blocks.block import Block
from otn_studio.blocks.finding import Finding

T = TypeVar("T")
Place = tuple[str, str, str]
"""A flow, a block, and a finding's code."""


class Memory:
    """Makes checking a flow again cheap: only blocks that are new to it are looked at.

    ``told`` are the findings of the proof as they were, with their stories.
    """

    def __init__(self) -> None:
        self._before: dict[tuple[str, int], tuple[Block, Any, Any]] = {}
        self._now: dict[tuple[str, int], tuple[Block, Any, Any]] = {}
        self.told: Mapping[Place, Finding] = {}

    def of(self, what: str, block: Block, given: Any, find_out: Callable[[], T]) -> T:
        """What is known of a block, or what there is to find out, given something that it hangs on."""
        key = (what, id(block))
        kept = self._now.get(key) or self._before.get(key)
        if kept is None or kept[0] is not block or kept[1] != given:
            kept = (block, given, find_out())
        self._now[key] = kept
        return kept[2]

    def forget_what_is_gone(self) -> None:
        """After a check: what it did not ask for will not be asked for again."""
        self._before, self._now = self._now, {}
