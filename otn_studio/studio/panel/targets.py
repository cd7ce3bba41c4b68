"""Which finding is shown where: by the nearest field around what it points at."""

from collections.abc import Iterable, Iterator, Sequence

from otn_studio.blocks.finding import Finding
from otn_studio.studio.panel.paths import is_within
from otn_studio.studio.panel.target import Target


def every(targets: Iterable[Target]) -> Iterator[Target]:
    """Targets and all targets within them."""
    for target in targets:
        yield target
        yield from every(target.targets())


def nearest(targets: Iterable[Target], field: str) -> Target | None:
    """The innermost target around a field."""
    around = [target for target in targets if is_within(field, target.path)]
    return max(around, key=lambda target: len(target.path), default=None)


def share(findings: Sequence[Finding], targets: Sequence[Target]) -> list[Finding]:
    """Give each finding to its target; what is left belongs to none."""
    shares: dict[str, list[Finding]] = {target.path: [] for target in targets}
    left = []
    for finding in findings:
        target = nearest(targets, finding.field) if finding.field else None
        (left if target is None else shares[target.path]).append(finding)
    for target in targets:
        target.show_findings(shares[target.path])
    return left
