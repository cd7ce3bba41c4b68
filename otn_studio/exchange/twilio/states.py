"""The states of a flow definition in the making."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from otn_studio.blocks.known import SYSTEM_FIELDS
from otn_studio.blocks.words import Words

SCHEMA: Final = "https://schemas.twilio.com/studio/draft/2019-09/flow-definition"
_OURS: Final = re.compile(r"\b(contact|page)\.([\w-]+)")
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ACROSS, _DOWN = 320, 220


def variable(field: str) -> str:
    """How a text asks for one of our fields.

    >>> variable("size")
    '{{flow.variables.size}}'
    """
    return "{{flow.variables." + field + "}}"


def theirs(text: str, notes: list[Words]) -> str:
    """One of our texts for Twilio; what can't be filled in there goes to ``notes``.

    >>> theirs("Hi {{ contact.nick | upcase }}", [])
    'Hi {{ flow.variables.nick | upcase }}'
    """

    def replaced(found: re.Match[str]) -> str:
        whose, key = found.groups()
        if whose == "page" or key in SYSTEM_FIELDS:
            notes.append(
                Words(
                    "Twilio does not know “{field}”: set it as a variable before.", field=found[0]
                )
            )
        return f"flow.variables.{key}"

    return _TAG.sub(lambda tag: _OURS.sub(replaced, tag[0]), text)


class States:
    """All of them, in the order in which they were added."""

    def __init__(self) -> None:
        self._states: list[dict[str, Any]] = []
        self._names: set[str] = set()

    def name(self, wish: str) -> str:
        """A name that no other one has."""
        stem = re.sub(r"\W", "_", wish) or "widget"
        name, number = stem, 1
        while name in self._names:
            number += 1
            name = f"{stem}_{number}"
        self._names.add(name)
        return name

    def add(
        self, name: str, type: str, leads: Mapping[str, str | None], **properties: Any
    ) -> dict[str, Any]:
        """A widget by its name; ``leads`` says for each event which one follows, if any."""
        ways = [{"event": e, **({"next": to} if to else {})} for e, to in leads.items()]
        number = len(self._states)
        offset = {"x": number % 4 * _ACROSS, "y": number // 4 * _DOWN}
        state = {"name": name, "type": type, "transitions": ways}
        self._states.append({**state, "properties": {**properties, "offset": offset}})
        return self._states[-1]

    def split(
        self, name: str, value: str, ways: Iterable[tuple[str, str, str | None]], other: str | None
    ) -> None:
        """A split: each way by how it compares, with what, and where it leads; else, the other."""
        state = self.add(name, "split-based-on", {"noMatch": other}, input=value)
        for type, wanted, to in ways:
            condition = {"friendly_name": f"If value {type} {wanted}".strip()[:100], "type": type}
            condition |= {"arguments": [value], "value": wanted}
            next = {"next": to} if to else {}
            state["transitions"].append({"event": "match", **next, "conditions": [condition]})

    def definition(self, description: str, first: str) -> dict[str, Any]:
        """The whole flow."""
        flags = {"allow_concurrent_calls": True}
        return {
            "$schema": SCHEMA,
            "description": description,
            "states": self._states,
            "initial_state": first,
            "flags": flags,
        }
