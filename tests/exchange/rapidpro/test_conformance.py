"""Real projects, whole: every part accounted for, and talked with as RapidPro's own engine did."""

import json

import pytest

from otn_studio.blocks.finding import Severity
from otn_studio.checks.check import check
from otn_studio.exchange import formats
from otn_studio.exchange.report import Fate
from otn_studio.flow import reading, writing
from otn_studio.flow.project import Project
from tests.exchange.conformance import FOLDER, PROJECTS, compared
from tests.exchange.rapidpro.accounting import unaccounted

THEIR_OWN = {
    *("missing_flow", "flows_in_a_circle", "policy_too_late"),
    *("not_one_address", "nobody_to_notify"),
}
"""Mistakes that stand in these projects themselves, or that only Messenger's rules make of them."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the samples are not in {FOLDER}")


@pytest.mark.parametrize("name", PROJECTS)
def test_an_imported_project_talks_as_it_did(name):
    found = compared(name)
    assert found.turns > 20
    assert found.differences == []


@pytest.mark.parametrize("name", PROJECTS)
def test_nothing_is_dropped_without_a_word(name):
    path = FOLDER / f"{name}.export.json"
    found = formats.load(path)
    assert unaccounted(json.loads(path.read_bytes()), found) == []
    assert all(item.why for item in found.items if item.fate in (Fate.CHANGED, Fate.LOST))


@pytest.mark.parametrize("name", PROJECTS)
def test_what_is_imported_can_be_written_read_and_checked(name):
    flows = formats.load(FOLDER / f"{name}.export.json").flows
    for flow in flows:
        assert reading.from_text(writing.to_text(flow)) == flow
    findings = check(Project.of(*flows))
    errors = {
        found.code
        for of_flow in findings.values()
        for found in of_flow
        if found.severity is Severity.ERROR
    }
    assert errors <= THEIR_OWN
