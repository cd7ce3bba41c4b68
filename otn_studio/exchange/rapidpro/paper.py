"""A flow of RapidPro while it is written: its nodes, and what becomes of our blocks there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from babel.core import get_global

from otn_studio.blocks.words import Words
from otn_studio.exchange.rapidpro.templates import template
from otn_studio.exchange.report import Report
from otn_studio.flow.document import Flow

NOT_SAID: Final = Words("A part of a text can’t be said as an expression of RapidPro.")


def id_of(*what: str) -> str:
    """An id as RapidPro wants it, the same every time."""
    digest = blake2b("/".join(what).encode(), digest_size=16).digest()
    return str(UUID(bytes=digest, version=4))


def code_of(language: str) -> str:
    """A language by three letters.

    >>> code_of("de"), code_of("pt_BR"), code_of("")
    ('deu', 'por', 'und')
    """
    plain = language.partition("_")[0]
    aliases: Mapping[str, str] = get_global("language_aliases")
    codes = sorted(code for code, other in aliases.items() if other == plain and len(code) == 3)
    return codes[0] if codes else plain if len(plain) == 3 else "und"


@dataclass
class Paper:
    """What is written of one flow. ``flows`` are the names of all that are written, by their ids."""

    flow: Flow
    flows: Mapping[str, str]
    report: Report
    nodes: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    localization: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    expires: set[int] = field(default_factory=set)
    _whys: list[Words] = field(default_factory=list)

    def id(self, *what: str) -> str:
        return id_of(self.flow.id, *what)

    def entry(self, block: str | None) -> str | None:
        """The node in which a block begins."""
        return None if block is None else self.id("node", block)

    def after(self, block: str, port: str) -> str | None:
        """The node to which a way out leads."""
        return self.entry(self.flow.leads_to(block, port))

    def text(self, source: str) -> str:
        """A text as an expression; what can't be said is noted."""
        said, whole = template(source)
        if not whole:
            self.note(NOT_SAID)
        return said

    def note(self, why: Words) -> None:
        """What there is to know of the block that is being written."""
        if why not in self._whys:
            self._whys.append(why)

    def told(self) -> list[Words]:
        """What was noted, and forgotten."""
        whys, self._whys = self._whys, []
        return whys

    def group(self, tag: str) -> dict[str, str]:
        """The group that a tag is."""
        uuid = id_of("group", tag.casefold())
        self.groups[uuid] = tag
        return {"uuid": uuid, "name": tag}

    def flow_named(self, id: str, title: str = "") -> dict[str, str]:
        return {"uuid": id_of(id), "name": self.flows.get(id) or title or id}

    def step(
        self, node: str, actions: list[dict[str, Any]], to: str | None, kind: str = "actions"
    ) -> None:
        """A node with actions and one way out."""
        exit = {"uuid": self.id("exit", node), "destination_uuid": to}
        self._add({"uuid": node, "actions": actions, "exits": [exit]}, "execute_actions")

    def split(
        self,
        node: str,
        kind: str,
        ways: list[tuple[str, str | None]],
        cases: list[tuple[str, list[str], int]],
        *,
        operand: str = "",
        actions: list[dict[str, Any]] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """A node with a split. ``ways`` are its categories, the last one for all others; each case
        is a test, what it compares with, and the number of its way.
        """
        exits, categories = [], []
        for number, (name, to) in enumerate(ways):
            exit = {"uuid": self.id("exit", node, str(number)), "destination_uuid": to}
            exits.append(exit)
            uuid = self.id("category", node, str(number))
            categories.append({"uuid": uuid, "name": name[:36], "exit_uuid": exit["uuid"]})
        router: dict[str, Any] = {"type": "switch", "categories": categories, "operand": operand}
        router["cases"] = [
            {
                "uuid": self.id("case", node, str(number)),
                "type": test,
                "arguments": arguments,
                "category_uuid": categories[way]["uuid"],
            }
            for number, (test, arguments, way) in enumerate(cases)
        ]
        router["default_category_uuid"] = categories[-1]["uuid"]
        router |= more or {}
        values = {"uuid": node, "actions": actions or [], "router": router, "exits": exits}
        self._add(values, kind)

    def _add(self, node: dict[str, Any], kind: str) -> None:
        self.nodes.append(node)
        self.places[node["uuid"]] = {"type": kind}
