"""All checks over a project."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from otn_studio.blocks.block import Block
from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.languages import Texts
from otn_studio.blocks.lookup import Lookup
from otn_studio.checks import (
    calling,
    channel,
    competition,
    content,
    entries,
    fields,
    languages,
    structure,
)
from otn_studio.checks.memory import Memory
from otn_studio.checks.proof import findings as proof
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project

BLOCK_CHECKS: Final[Sequence[Callable[[Block, Lookup], Iterator[Finding]]]] = (
    content.of_block,
    channel.of_block,
    lambda block, lookup: block.findings(lookup),
)


def check(
    project: Project, memory: Memory | None = None, quickly: bool = False
) -> Mapping[str, tuple[Finding, ...]]:
    """Every finding of every flow, by the flow's id, the worst first.

    With the ``memory`` of the check before, only what is new is looked at. ``quickly`` leaves the
    search for new stories to a later check: what has none yet is *not shown to be safe* until then.
    """
    memory = memory or Memory()
    between = (
        competition.findings(project),
        entries.findings(project),
        fields.findings(project),
        calling.findings(project, memory),
        proof.findings(project, memory, quickly),
    )
    found = {
        id: tuple(
            sorted(
                (
                    *_of_flow(flow, project, memory),
                    *(f for found in between for f in found.get(id, ())),
                ),
                key=_worst_first,
            )
        )
        for id, flow in project.flows.items()
    }
    memory.forget_what_is_gone()
    return found


def _of_flow(flow: Flow, project: Project, memory: Memory) -> Iterator[Finding]:
    yield from structure.findings(flow, memory)
    yield from content.of_flow(flow)
    yield from languages.of_flow(flow)
    missing = project.missing.get(flow.id, frozenset())
    lookup = replace(flow.lookup(), secrets=project.secrets, missing_files=missing)
    for id, block in flow.blocks.items():
        for finding in memory.of("findings", block, lookup, lambda b=block: _of_block(b, lookup)):
            yield replace(finding, block=id)
        for language, blocks in flow.translations.items():
            for finding in _in_language(block, blocks.get(id, {}), language, lookup, memory):
                yield replace(finding, block=id)


def _in_language(
    block: Block, texts: Texts, language: str, lookup: Lookup, memory: Memory
) -> tuple[Finding, ...]:
    def find_out() -> tuple[Finding, ...]:
        return tuple(
            languages.of_block(block, texts, language, lambda block: _of_block(block, lookup))
        )

    return memory.of(f"findings {language}", block, (lookup, texts), find_out)


def _of_block(block: Block, lookup: Lookup) -> tuple[Finding, ...]:
    return tuple(finding for check in BLOCK_CHECKS for finding in check(block, lookup))


def _worst_first(finding: Finding) -> int:
    return list(Severity).index(finding.severity)
