"""All checks over a project."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.checks import calling, channel, competition, content, structure
from otn_studio.checks.proof import findings as proof
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project

FLOW_CHECKS: Final[Sequence[Callable[[Flow], Iterator[Finding]]]] = (
    structure.findings,
    content.findings,
    channel.findings,
)
PROJECT_CHECKS: Final[Sequence[Callable[[Project], Mapping[str, tuple[Finding, ...]]]]] = (
    competition.findings,
    calling.findings,
    proof.findings,
)


def check(project: Project) -> Mapping[str, tuple[Finding, ...]]:
    """Every finding of every flow, by the flow's id, the worst first."""
    between = [between(project) for between in PROJECT_CHECKS]
    return {
        id: tuple(
            sorted(
                (*_of_flow(flow), *(f for found in between for f in found.get(id, ()))),
                key=_worst_first,
            )
        )
        for id, flow in project.flows.items()
    }


def _of_flow(flow: Flow) -> Iterator[Finding]:
    for findings in FLOW_CHECKS:
        yield from findings(flow)
    lookup = flow.lookup()
    for id, block in flow.blocks.items():
        for finding in block.findings(lookup):
            yield replace(finding, block=id)


def _worst_first(finding: Finding) -> int:
    return list(Severity).index(finding.severity)
