"""Both directions: what passes is never refused, and what is found is refused, by the second judge.

In both nothing holds a message back: there is no gate. The longer run is a command, see `soundness`.
"""

from otn_studio.blocks.finding import Severity
from otn_studio.checks.proof.findings import findings
from tests.checks.proof.soundness import Tally, drive, random_project
from tests.checks.proof.telling import told

PASSED = 2_000


def test_what_passes_is_never_refused():
    tally, seed = Tally(), 0
    while tally.passed < PASSED:
        drive(seed, tally)
        seed += 1
    assert tally.wrong == []
    assert tally.sends > 10_000


def test_every_error_and_warning_comes_true_as_its_story_tells():
    checked = 0
    for seed in range(1_000_000, 1_000_500):
        project = random_project(seed)
        for found in findings(project).values():
            for finding in found:
                if finding.severity is not Severity.UNSURE and finding.story is not None:
                    assert told(project, finding) == [], (seed, finding)
                    checked += 1
    assert checked > 500
