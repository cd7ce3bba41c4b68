"""What the proof says of flows that begin with a comment."""

from itertools import pairwise

import pytest

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.finding import Severity
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.comment import Comment
from otn_studio.checks.proof.findings import findings
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from tests.builders import a_flow, ask, say

TWO = SendMessage(elements=(Text(id="a", text="One"), Text(id="b", text="two")))


def waits(amount: int, unit: str) -> Wait:
    return Wait(for_=Duration(amount, unit))


def commented(*blocks, **more) -> Flow:
    """A flow in which these come one after the other, after a comment."""
    ids = ["start", *(f"b{number}" for number in range(len(blocks)))]
    ways = (f"{one} > {other}" for one, other in pairwise(ids))
    return a_flow(dict(zip(ids, (Comment(), *blocks), strict=True)), *ways, **more)


def told(flow: Flow) -> list[tuple[str, Severity, str]]:
    found = findings(Project.of(flow)).get(flow.id, ())
    return [(finding.code, finding.severity, finding.block) for finding in found]


@pytest.mark.parametrize(
    "flow",
    [
        commented(say()),
        commented(say(), TWO),
        commented(say(), ask()),
        commented(waits(6, "day"), say(), say(), waits(23, "hour"), say()),
    ],
)
def test_a_private_reply_and_what_follows_the_answer_may_go(flow):
    assert told(flow) == []


@pytest.mark.parametrize(
    ("flow", "code", "block"),
    [
        (commented(TWO), "policy_not_a_reply", "b0"),
        (commented(ask()), "policy_not_a_reply", "b0"),
        (commented(waits(8, "day"), say()), "policy_too_late", "b1"),
        (commented(say(), waits(25, "hour"), say()), "policy_too_late", "b2"),
    ],
)
def test_what_can_never_go_is_an_error_with_a_story(flow, code, block):
    assert told(flow) == [(code, Severity.ERROR, block)]
    [finding] = findings(Project.of(flow))[flow.id]
    assert finding.story is not None
    assert finding.story.block == block


def test_what_may_come_too_late_has_a_way_out_for_it():
    flow = commented(waits(8, "day"), say(), say())
    sorry = a_flow(flow.blocks, "start > b0", "b0 > b1", "b1.too_late > b2")
    assert told(sorry) == [("policy_too_late", Severity.ERROR, "b2")]
