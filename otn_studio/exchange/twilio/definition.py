"""A flow definition of Twilio Studio as plain values, checked for what everything else relies on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from otn_studio.exchange.making import as_dict, as_list, as_text
from otn_studio.flow.json_text import Unreadable


@dataclass(frozen=True)
class Transition:
    """From a widget to the one that is ``next``, when the event happens; empty: the flow ends."""

    event: str
    next: str
    conditions: tuple[dict[str, Any], ...]
    where: str


@dataclass(frozen=True)
class Widget:
    """One state."""

    name: str
    type: str
    properties: dict[str, Any]
    transitions: tuple[Transition, ...]
    where: str

    def next(self, *events: str) -> str:
        """Where the first of these leads that leads anywhere."""
        found = (t.next for event in events for t in self.transitions if t.event == event)
        return next((name for name in found if name), "")

    def text(self, name: str) -> str:
        return as_text(self.properties.get(name))


@dataclass(frozen=True)
class Definition:
    """A whole flow."""

    name: str
    widgets: tuple[Widget, ...]

    @cached_property
    def _by_name(self) -> dict[str, Widget]:
        return {widget.name: widget for widget in self.widgets}

    def named(self, name: str) -> Widget | None:
        return self._by_name.get(name)

    @classmethod
    def of(cls, data: Any, name: str) -> "Definition":
        """Read it, also where it stands within what the REST API answers.

        Raises:
            Unreadable: it is none.
        """
        whole = as_dict(data, "flow")
        flow = as_dict(whole["definition"], "definition") if "definition" in whole else whole
        if "states" not in flow:
            raise Unreadable("The file is no flow of Twilio Studio: it has no “states”.")
        widgets = tuple(_widgets(as_list(flow["states"], "states")))
        for called, count in Counter(widget.name for widget in widgets).items():
            if count > 1:
                raise Unreadable(
                    "Two widgets are called “{name}”; rename one of them.", name=called
                )
        called = as_text(whole.get("friendly_name")) or as_text(flow.get("description")) or name
        return cls(called.strip()[:100] or "Twilio", widgets)


def _widgets(states: list[Any]) -> Iterator[Widget]:
    for index, entry in enumerate(states):
        where = f"/states/{index}"
        state = as_dict(entry, where)
        name, type = state.get("name"), state.get("type")
        if not (isinstance(name, str) and name and isinstance(type, str) and type):
            raise Unreadable("“{part}” has no name or no type.", part=where)
        yield Widget(
            name,
            type,
            as_dict(state.get("properties"), f"{where}/properties"),
            tuple(_transitions(state.get("transitions"), f"{where}/transitions")),
            where,
        )


def _transitions(entries: Any, where: str) -> Iterator[Transition]:
    for index, entry in enumerate(as_list(entries, where)):
        here = f"{where}/{index}"
        given = as_dict(entry, here)
        conditions = as_list(given.get("conditions"), f"{here}/conditions")
        yield Transition(
            as_text(given.get("event")),
            as_text(given.get("next")),
            tuple(as_dict(one, f"{here}/conditions/{n}") for n, one in enumerate(conditions)),
            here,
        )
