import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import otn_studio
from otn_studio.blocks.finding import Severity
from otn_studio.checks.check import check
from otn_studio.flow import reading, writing
from otn_studio.flow.project import Project
from tests import strategies
from tests.builders import a_flow, say
from tests.checks import (
    test_blocks,
    test_calling,
    test_channel,
    test_competition,
    test_content,
    test_entries,
    test_fields,
    test_languages,
    test_questions,
    test_reaching_out,
    test_structure,
)
from tests.checks.cases import found

MODULES = (
    *(test_structure, test_content, test_channel, test_competition, test_calling, test_blocks),
    *(test_entries, test_fields, test_languages, test_questions, test_reaching_out),
)
CASES = [case for module in MODULES for case in module.CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.field}")
def test_what_is_wrong_is_found_where_it_is_and_what_is_right_is_not(case):
    places = [(f.block, f.field, f.severity) for f in found(case.wrong, case.code)]
    assert (case.block, case.field, case.severity) in places
    assert found(case.right, case.code) == []


ELSEWHERE = {"too_long", "field_of_two_types", "missing_file"}
"""What takes more than one flow to come about has tests of its own."""


def test_every_code_has_a_case():
    rooms = Path(otn_studio.__file__).parent
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for room in ("blocks", "checks")
        for path in (rooms / room).rglob("*.py")
    ]
    made = {
        call.args[0].value
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("error", "warning")
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(made) >= 28
    assert made == {case.code for case in CASES} | ELSEWHERE


projects = st.lists(strategies.flows(), max_size=3).map(lambda flows: Project.of(*flows))


@given(projects)
def test_any_project_can_be_checked_and_findings_point_to_what_is_there(project):
    findings = check(project)
    assert findings.keys() == project.flows.keys()
    for id, of_flow in findings.items():
        blocks = project.flows[id].blocks
        for finding in of_flow:
            assert str(finding.words)
            assert finding.code
            assert finding.block in blocks or (finding.block == finding.field == "")
            if finding.field:
                block = blocks[finding.block]
                assert finding.field in places(block.written()) | {p.id for p in block.ports()}


def places(written: object, path: str = "") -> set[str]:
    """The ways to everything in a block's written form: ``elements``, ``elements.0.text``."""
    entries = written.items() if isinstance(written, dict) else enumerate(written)
    found = set()
    for key, value in entries:
        found.add(f"{path}{key}")
        if isinstance(value, dict | list):
            found |= places(value, f"{path}{key}.")
    return found


@settings(max_examples=50)
@given(projects)
def test_errors_come_first_and_checking_again_finds_the_same(project):
    findings = check(project)
    for of_flow in findings.values():
        severities = [finding.severity for finding in of_flow]
        assert severities == sorted(severities, key=list(Severity).index)
    assert check(project) == findings


@given(strategies.flows())
def test_a_flow_that_was_saved_has_the_findings_it_had(flow):
    again = reading.from_text(writing.to_text(flow))
    assert set(found(again)) == set(found(flow))


def test_an_empty_project_has_no_findings():
    assert check(Project()) == {}


def test_a_very_long_row_of_blocks_can_be_checked():
    blocks = {f"b{number}": say() for number in range(2_000)}
    row = [f"b{number} > b{number + 1}" for number in range(1_999)]
    assert [f.code for f in found(a_flow(blocks, *row))] == ["no_start"]
    assert [f.code for f in found(a_flow(blocks, *row, "b1999 > b0"))] == [
        "no_start",
        "endless_loop",
    ]
