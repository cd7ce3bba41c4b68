"""Flows that lead to other flows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

import networkx as nx

from otn_studio.blocks.effect import Calls, Passes
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.words import Words
from otn_studio.checks.memory import Memory
from otn_studio.flow.project import Project


def findings(project: Project, memory: Memory) -> Mapping[str, tuple[Finding, ...]]:
    """By flow id: flows that are not there, that can't be come to, or that never come back."""
    calls = list(_calls(project, memory))
    graph = nx.DiGraph((caller, called) for caller, _, called in calls)
    circles = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
    found: dict[str, tuple[Finding, ...]] = defaultdict(tuple)
    for caller, block, called in calls:
        in_circle = caller == called or any({caller, called} <= circle for circle in circles)
        if (finding := _finding(project, called, in_circle)) is not None:
            found[caller] += (replace(finding, block=block, field="flow"),)
    for flow, block, begun in _begun(project, memory):
        if (finding := _sequence(project, begun)) is not None:
            found[flow] += (replace(finding, block=block, field="sequence"),)
    return found


def _calls(project: Project, memory: Memory) -> Iterator[tuple[str, str, str]]:
    """Who goes where: the flow, its block, and the flow that it leads to."""
    for flow in project.flows.values():
        for id, block in flow.blocks.items():
            effect = memory.of("calls", block, None, block.effect)
            if isinstance(effect, Calls) and effect.flow:
                yield flow.id, id, effect.flow


def _begun(project: Project, memory: Memory) -> Iterator[tuple[str, str, str]]:
    """Who puts people on which sequence: the flow, its block, and the sequence."""
    for flow in project.flows.values():
        for id, block in flow.blocks.items():
            effect = memory.of("calls", block, None, block.effect)
            if isinstance(effect, Passes) and effect.begins:
                yield flow.id, id, effect.begins


def _sequence(project: Project, begun: str) -> Finding | None:
    flow = project.flows.get(begun)
    if flow is None:
        return error(
            "missing_sequence",
            Words("The sequence that is chosen here does not exist. Choose one that is published."),
        )
    if not any(isinstance(block, Joined) for block in flow.blocks.values()):
        return error(
            "not_a_sequence",
            Words(
                "“{flow}” has no start “Put on the sequence”, so nobody can be put on it. Add that"
                " start.",
                flow=flow.name,
            ),
        )
    return None


def _finding(project: Project, called: str, in_circle: bool) -> Finding | None:
    flow = project.flows.get(called)
    if flow is None:
        return error(
            "missing_flow",
            Words("The flow that is chosen here does not exist. Choose one that is published."),
        )
    if not any(isinstance(block, AnotherFlow) for block in flow.blocks.values()):
        return error(
            "flow_without_entry",
            Words(
                "“{flow}” has no start “Another flow”, so nothing can lead to it. Add that start.",
                flow=flow.name,
            ),
        )
    if in_circle:
        return error(
            "flows_in_a_circle",
            Words(
                "“{flow}” leads back here, so neither would ever come to its end. Take out one of the"
                " two.",
                flow=flow.name,
            ),
        )
    return None
