"""The ways out of a block that are shown, with their words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from otn_studio.blocks.block import Block, Group, Role
from otn_studio.blocks.element import Element
from otn_studio.blocks.finding import Finding
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.runs import runs_of
from otn_studio.studio.words import _, shown

POLICY = "policy_"
"""How the codes begin of what the proof finds."""


class Way(NamedTuple):
    """A way out. ``group`` is the group whose colour it wears; none for a plain one."""

    port: str
    label: str
    role: Role
    group: Group | None = None


def ways_of(block: Block, connected: Collection[str], elements: Iterable[Element]) -> Iterator[Way]:
    asking = {
        port.id
        for element in elements
        if element.kind.group is Group.PERMISSION
        for port in element.ports()
    }
    for port in block.ports():
        if block.kind.jumps or (port.role is Role.RESCUE and port.id not in connected):
            continue
        label = shown(port.words) if port.words.values else _fixed(port.words.text)
        if "{" in label:
            label = "".join(run.text for run in runs_of(label, {}))
        group = Group.PERMISSION if port.id in asking else None
        yield _way(port.id, label or "…", port.role, group)


@lru_cache(maxsize=2_000)
def _way(port: str, label: str, role: Role, group: Group | None) -> Way:
    """Most blocks have ways out that others have, too."""
    return Way(port, label, role, group)


@lru_cache(maxsize=200)
def _fixed(words: str) -> str:
    return _(words)


def rescues_for(findings: Iterable[Finding], flow: Flow) -> Mapping[str, frozenset[str]]:
    """By block the ways out for trouble that it needs: what it sends may be refused, or it says so.

    >>> from otn_studio.blocks.finding import Severity
    >>> from otn_studio.blocks.words import Words
    >>> late = Finding("policy_too_late", Severity.WARNING, Words("…"), "say")
    >>> rescues_for([late], Flow("shop", "Shop"))
    {'say': frozenset({'too_late'})}
    """
    lookup = flow.lookup()
    found = {id: own for id, block in flow.blocks.items() if (own := block.rescues(lookup))}
    for finding in findings:
        if finding.code.startswith(POLICY):
            port = "too_late" if finding.code == "policy_too_late" else "could_not_send"
            found[finding.block] = found.get(finding.block, frozenset()) | {port}
    return found
