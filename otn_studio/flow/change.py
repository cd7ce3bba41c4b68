"""What every change to a flow is."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from otn_studio.flow.document import ID_PATTERN, Flow


class Impossible(Exception):
    """The change does not fit the flow that it was to be made to; the message says why."""


@dataclass(frozen=True)
class Change:
    """The base of all changes."""

    def apply(self, flow: Flow) -> tuple[Flow, "Change"]:
        """The changed flow, and the change that leads back.

        Raises:
            Impossible: it does not fit this flow.
        """
        raise NotImplementedError

    @classmethod
    def apply_all(cls, flow: Flow, changes: Sequence[Self]) -> tuple[Flow, list["Change"]]:
        """The same for several of a kind, one after the other. A kind of which there may be a thousand
        copies what it changes but once.
        """
        inverses = []
        for change in changes:
            flow, inverse = change.apply(flow)
            inverses.append(inverse)
        return flow, inverses

    def replaces(self, before: "Change") -> bool:
        """Whether nothing is left of a change that was made just before this one."""
        return False


@dataclass(frozen=True)
class OneOfMany(Change):
    """The base of those that are made by ``apply_all``, also when there is only one."""

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        flow, (inverse,) = self.apply_all(flow, [self])
        return flow, inverse


def refuse_unusable(id: str) -> None:
    if not re.fullmatch(ID_PATTERN, id):
        raise Impossible(f"“{id}” is not a usable id.")


def refuse_missing(blocks: Container[str], block: str) -> None:
    if block not in blocks:
        raise Impossible(f"There is no block “{block}”.")


def without(entries: Mapping[str, Any], *ids: str) -> dict[str, Any]:
    kept = dict(entries)
    for id in ids:
        kept.pop(id, None)
    return kept


def with_entry(entries: Mapping[str, Any], id: str, value: Any | None) -> dict[str, Any]:
    return without(entries, id) if value is None else {**entries, id: value}
