"""What every change to a flow is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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

    def replaces(self, before: "Change") -> bool:
        """Whether nothing is left of a change that was made just before this one."""
        return False


def refuse_unusable(id: str) -> None:
    if not re.fullmatch(ID_PATTERN, id):
        raise Impossible(f"“{id}” is not a usable id.")


def refuse_missing(flow: Flow, block: str) -> None:
    if block not in flow.blocks:
        raise Impossible(f"There is no block “{block}”.")


def without(entries: Mapping[str, Any], id: str) -> dict[str, Any]:
    kept = dict(entries)
    kept.pop(id, None)
    return kept


def with_entry(entries: Mapping[str, Any], id: str, value: Any | None) -> dict[str, Any]:
    return without(entries, id) if value is None else {**entries, id: value}
