"""Starts that answer the same thing: only one of them would ever run."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from otn_studio.blocks.finding import Finding, warning
from otn_studio.blocks.words import Words
from otn_studio.flow.project import Project


def findings(project: Project) -> Mapping[str, tuple[Finding, ...]]:
    """By flow id. Which of the competing starts runs is decided, but hardly what was meant."""
    claimed: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for flow, id, start in project.starts():
        for claim in start.claims():
            claimed[start.kind.name, claim].append((flow.id, id))
    found: dict[str, tuple[Finding, ...]] = defaultdict(tuple)
    for (kind, claim), places in claimed.items():
        for flow_id, block in places if len(places) > 1 else ():
            other = next(place for place in places if place != (flow_id, block))
            finding = _finding(kind, claim, project.flows[other[0]].name)
            found[flow_id] += (replace(finding, block=block),)
    return found


def _finding(kind: str, claim: str, other: str) -> Finding:
    if kind == "keyword":
        sentence = Words(
            "“{keyword}” starts the flow “{other}” too. Only one of them will run.",
            keyword=claim,
            other=other,
        )
    else:
        sentence = Words(
            "The flow “{other}” starts with the same. Only one of them will run.", other=other
        )
    return warning("same_start", sentence)
