"""Where a run can be, and how it gets from one place to the next, over all flows of a Page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from otn_studio.blocks.block import Block, Role, Start
from otn_studio.blocks.effect import (
    Begins,
    Calls,
    Effect,
    Ends,
    Fetches,
    Hears,
    Passes,
    Sends,
    Waits,
    WaitsItsTurn,
)
from otn_studio.blocks.languages import Texts
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.joined import Joined
from otn_studio.checks.memory import Memory
from otn_studio.checks.proof.spoken import effect_in_all
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.interpreter.walking import CALLS_AT_MOST


class Place(NamedTuple):
    """A block of a flow; ``callers`` are the blocks that went to this flow, the first one first."""

    flow: str
    block: str
    callers: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A block as the proof sees it."""

    effect: Effect
    choices: tuple[str, ...]
    """The ways out that begin a thread of their own when they are tapped."""
    leads: Mapping[str, str]


def _effect(block: Block, texts: Iterable[Texts]) -> tuple[Effect, tuple[str, ...]]:
    return effect_in_all(block, texts), tuple(p.id for p in block.ports() if p.role is Role.CHOICE)


class Map:
    """The flows of a project, read once."""

    def __init__(self, project: Project, memory: Memory) -> None:
        self.project = project
        self.nodes = {
            (flow.id, id): self._node(flow, id, block, memory)
            for flow in project.flows.values()
            for id, block in flow.blocks.items()
        }
        self._starts = [(start, flow.id, id) for flow, id, start in project.starts()]
        self._entries = {
            flow.id: id for flow, id, start in project.starts() if isinstance(start, AnotherFlow)
        }

        self._joined = {
            flow.id: Place(flow.id, id)
            for flow, id, start in project.starts()
            if isinstance(start, Joined)
        }

    def joined(self, flow: str) -> Place | None:
        """Where a flow begins that another one begins besides itself."""
        return self._joined.get(flow)

    def _node(self, flow: Flow, id: str, block: Block, memory: Memory) -> Node:
        texts = tuple(flow.texts_of(id).values())
        effect, choices = memory.of("effect", block, texts, lambda: _effect(block, texts))
        if isinstance(effect, Passes) and effect.rescue and not block.rescues(flow.lookup()):
            effect = replace(effect, ports=tuple(p for p in effect.ports if p != effect.rescue))
        return Node(effect, choices, flow.connections.get(id, {}))

    def starts(self) -> Iterator[tuple[Place, Begins]]:
        """Every place where a run can begin: where no other start always answers first."""
        taken: set[tuple[str, tuple[int, int], str, str]] = set()
        for start, flow, id in sorted(self._starts, key=lambda s: (s[0].rank, *s[1:])):
            where = flow if start.is_addressed else ""
            claims = {(start.kind.name, start.rank, claim, where) for claim in start.claims()}
            begins = start.begins()
            if begins is not None and not (claims and claims <= taken):
                yield Place(flow, id), begins
            taken |= claims

    def start(self, place: Place) -> Start:
        block = self.project.flows[place.flow].blocks[place.block]
        assert isinstance(block, Start)
        return block

    def node(self, place: Place) -> Node:
        return self.nodes[place.flow, place.block]

    def after(self, place: Place, port: str) -> Place | None:
        """Where a way out leads; where it leads nowhere, back to whichever flow led here."""
        flow, block, callers = place
        to = self.nodes[flow, block].leads.get(port)
        while to is None and callers:
            *outer, (flow, block, port) = callers
            callers = tuple(outer)
            to = self.nodes[flow, block].leads.get(port)
        return None if to is None else Place(flow, to, callers)

    def ended(self, place: Place, result: str) -> Place | None:
        """Where a run goes on whose flow has ended so: in whichever flow led here."""
        if not place.callers:
            return None
        *outer, (flow, block, _) = place.callers
        port = self.project.flows[flow].blocks[block].way_back(result)
        return self.after(Place(flow, block, tuple(outer)), port)

    def tapped(self, place: Place, port: str) -> Place | None:
        """Where a tap leads: it begins a thread of its own, which goes back to nobody."""
        to = self.nodes[place.flow, place.block].leads.get(port)
        return None if to is None else Place(place.flow, to)

    def goes_on(self, place: Place) -> Iterator[Place]:
        """Where a run can go on from a place, whatever is true there."""
        match self.node(place).effect:
            case Passes(ports):
                found = [self.after(place, port) for port in ports]
            case WaitsItsTurn(port=port):
                found = [self.after(place, port)]
            case Waits() | Hears() as waits:
                found = [self.after(place, port) for port in waits.ways()]
            case Fetches(outcomes):
                found = [self.after(place, port) for port in outcomes]
            case Calls(flow, port):
                found = [self.called(place, flow, port)]
            case Ends(result):
                found = [self.ended(place, result)]
            case Sends() as sends:
                onwards = sends.hears.ways() if sends.hears else (sends.next,)
                ports = (*onwards, sends.too_late, sends.could_not_send)
                found = [self.after(place, port) for port in ports]
        yield from (to for to in found if to is not None)

    def is_lasting(self, topic: str) -> bool:
        """Whether one yes to the topic is good for many messages."""
        known = self.project.topic(topic)
        return known is not None and known.frequency is not None

    def lasts_forever(self, topic: str) -> bool:
        """Whether whoever has a permission for the topic keeps it: another yes begins nothing."""
        return self.is_lasting(topic) and not self.project.rules.profile.lifetimes

    def called(self, place: Place, flow: str, port: str) -> Place | None:
        """Where a run goes on in another flow; past it, where that can't be gone to."""
        entry = self._entries.get(flow)
        if entry is None or len(place.callers) >= CALLS_AT_MOST:
            return self.after(place, port)
        return Place(flow, entry, (*place.callers, (place.flow, place.block, port)))
