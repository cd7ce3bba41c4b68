"""Check flow files, and say what is wrong with them."""

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.words import Words
from otn_studio.checks.check import check
from otn_studio.cli.files import load_all
from otn_studio.cli.settings import settings
from otn_studio.cli.words import say, shown
from otn_studio.flow.document import Flow
from otn_studio.flow.files import missing
from otn_studio.flow.project import Project

SEVERITIES = {
    Severity.ERROR: Words("Error"),
    Severity.WARNING: Words("Warning"),
    Severity.UNSURE: Words("Unsure"),
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a flow file")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(given: Namespace) -> int:
    flows = load_all(given.files)
    project = Project.of(*flows.values(), rules=settings().rules)
    gone = {flow.id: missing(flow, path.resolve().parent) for path, flow in flows.items()}
    findings = check(replace(project, missing=gone))
    if given.format == "json":
        rows = [_row(path, flow, f) for path, flow in flows.items() for f in findings[flow.id]]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for path, flow in flows.items():
            say("{file}: “{flow}”", file=path, flow=flow.name)
            say_findings(flow, findings[flow.id])
        say(summary(finding for of_flow in findings.values() for finding in of_flow))
    return 1 if has_errors(finding for of_flow in findings.values() for finding in of_flow) else 0


def say_findings(flow: Flow, findings: Iterable[Finding]) -> None:
    """One line for each."""
    for finding in findings:
        block = flow.blocks.get(finding.block)
        place = Words("{block}: ", block=block.label()) if block else Words("")
        say(
            "  {severity}: {place}{problem}",
            severity=SEVERITIES[finding.severity],
            place=place,
            problem=finding.words,
        )


def summary(findings: Iterable[Finding]) -> Words:
    count = Counter(finding.severity for finding in findings)
    if not count:
        return Words("No problems found.")
    errors = Words("{n} error", plural="{n} errors", n=count[Severity.ERROR])
    warnings = Words("{n} warning", plural="{n} warnings", n=count[Severity.WARNING])
    if not count[Severity.UNSURE]:
        return Words("{errors}, {warnings}.", errors=errors, warnings=warnings)
    unsure = Words(
        "{n} not shown to be safe", plural="{n} not shown to be safe", n=count[Severity.UNSURE]
    )
    return Words("{errors}, {warnings}, {unsure}.", errors=errors, warnings=warnings, unsure=unsure)


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _row(path: Path, flow: Flow, finding: Finding) -> dict[str, str]:
    return {
        "file": str(path),
        "flow": flow.id,
        "severity": finding.severity,
        "code": finding.code,
        "block": finding.block,
        "field": finding.field,
        "text": shown(finding.words),
    }
