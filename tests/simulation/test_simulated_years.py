"""The promises over simulated years, and proof that broken ones are noticed."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from tests.simulation import planted
from tests.simulation.trace import Violation
from tests.simulation.world import Plan, Report, run

SHORT = [Plan(seed, days=18, people=12, lively=0.15) for seed in range(24)]
LONG = [Plan(seed, days=200, people=11, lively=0.04, announcements=0.25) for seed in range(24, 30)]
"""Longer than a daily permission lasts."""
HAPPENS = (
    "act",
    "announce",
    "asked again",
    "asked the shop",
    "block",
    "broadcast",
    "cancel",
    "crash",
    "messages failed",
    "messages sent",
    "messages unknown",
    "let in",
    "pause",
    "race: delivered before, without an answer",
    "received",
    "refused 2",
    "refused 551",
    "refused 613",
    "resume",
    "rules",
)


@cache
def report(plan: Plan) -> Report:
    return run(plan)


@pytest.mark.parametrize("plan", SHORT + LONG, ids=lambda plan: f"seed-{plan.seed}")
def test_every_promise_is_kept(plan):
    counts = report(plan).counts
    assert counts["messages sent"] <= counts["received"]
    assert counts["permissions"] >= 30


def test_everything_that_can_go_wrong_goes_wrong_somewhere():
    totals = sum((report(plan).counts for plan in SHORT + LONG), Counter())
    assert [what for what in HAPPENS if not totals[what]] == []


def test_the_same_seed_is_the_same_trace_in_every_process():
    plan = Plan(3, days=4, people=5)
    asked = [f"--{name}={getattr(plan, name)}" for name in ("days", "people")]
    again = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "--seeds=1", f"--first={plan.seed}", *asked],
        env=os.environ | {"PYTHONHASHSEED": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    digest = run(plan).digest
    assert run(plan).digest == digest
    assert digest in again.stdout
    assert digest != run(replace(plan, seed=4)).digest


@pytest.mark.parametrize(
    ("bug", "plans", "check"),
    [
        (planted.no_window_rule, SHORT, "second judge"),
        (planted.blind_resend, SHORT, "once"),
        (planted.repeated_request, SHORT, "asked once"),
        (planted.late_reoptin, LONG, "re-opt-in"),
        (planted.late_end, LONG, "re-opt-in"),
        (planted.stale_calendar, LONG + SHORT, "last gate"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_planted_bug_is_caught(bug, plans, check):
    with bug():
        assert caught_by(plans) == check


def caught_by(plans: list[Plan]) -> str | None:
    """The check that notices something in the first world in which one does."""
    for plan in plans:
        try:
            run(plan)
        except Violation as violation:
            return violation.check
    return None
