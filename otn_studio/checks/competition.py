"""Starts that answer the same thing: only one of them would ever run."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from otn_studio.blocks.block import Start
from otn_studio.blocks.finding import Finding, warning
from otn_studio.blocks.words import Words
from otn_studio.flow.project import Project

Place = tuple[str, str]


def findings(project: Project) -> Mapping[str, tuple[Finding, ...]]:
    """By flow id. Which of the competing starts runs is decided, but hardly what was meant."""
    starts = {(flow.id, id): start for flow, id, start in project.starts() if start.claims()}
    found: dict[str, tuple[Finding, ...]] = defaultdict(tuple)
    for place, claim, other in (*_equal(starts), *_caught(starts)):
        finding = _finding(starts[place].kind.name, claim, project.flows[other[0]].name)
        found[place[0]] += (replace(finding, block=place[1]),)
    return found


def _equal(starts: Mapping[Place, Start]) -> Iterator[tuple[Place, str, Place]]:
    """Two that claim the same."""
    claimed: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place, start in starts.items():
        for claim in start.claims():
            where = place[0] if start.is_addressed else ""
            claimed[start.kind.name, where, claim].append(place)
    for (_kind, _where, claim), places in claimed.items():
        for place in places if len(places) > 1 else ():
            yield place, claim, next(other for other in places if other != place)


def _caught(starts: Mapping[Place, Start]) -> Iterator[tuple[Place, str, Place]]:
    """Two of which one catches, beside its own claims, the other's."""
    wide = {place: start for place, start in starts.items() if start.is_open}
    for place, start in wide.items():
        for other, rival in starts.items():
            if place == other or type(rival) is not type(start):
                continue
            caught = (claim for claim in rival.claims() - start.claims() if start.catches(claim))
            if claim := min(caught, default=""):
                yield place, claim, other
                yield other, claim, place


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
