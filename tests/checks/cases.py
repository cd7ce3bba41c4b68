"""How the tests of the checks are written: a flow that has a finding, and its twin that has not."""

from dataclasses import dataclass

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project

SECRETS = frozenset({"shop_key"})
"""Those that are set."""


@dataclass(frozen=True)
class Case:
    """``block`` and ``field`` are where the finding points to."""

    code: str
    severity: Severity
    wrong: Flow
    right: Flow
    block: str = ""
    field: str = ""


def error(code: str, wrong: Flow, right: Flow, block: str = "", field: str = "") -> Case:
    return Case(code, Severity.ERROR, wrong, right, block, field)


def warning(code: str, wrong: Flow, right: Flow, block: str = "", field: str = "") -> Case:
    return Case(code, Severity.WARNING, wrong, right, block, field)


def found(flow: Flow, code: str = "") -> list[Finding]:
    """The findings of a flow that is alone in its project, those with ``code`` if it is given."""
    findings = check(Project.of(flow, secrets=SECRETS))[flow.id]
    return [finding for finding in findings if code in ("", finding.code)]
