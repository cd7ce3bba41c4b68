"""Flows that lead to other flows."""

from otn_studio.blocks.actions.add_to_sequence import AddToSequence
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.joined import Joined
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from tests.builders import START, a_flow, say, started
from tests.checks.cases import error

CIRCLE = a_flow({"in": AnotherFlow(), "it": GoToFlow(flow="shop")}, "in > it")
NO_ENTRY = a_flow({"start": START, "it": GoToFlow(flow="shop")}, "start > it")

COURSE = a_flow({"in": Joined(), "it": AddToSequence(sequence="shop")}, "in > it")
NO_COURSE = a_flow({"start": START, "it": AddToSequence(sequence="shop")}, "start > it")

CASES = [
    error("missing_sequence", started(AddToSequence(sequence="x")), COURSE, "it", "sequence"),
    error("not_a_sequence", NO_COURSE, COURSE, "it", "sequence"),
    error("missing_flow", started(GoToFlow(flow="gone")), CIRCLE, "it", "flow"),
    error("flow_without_entry", NO_ENTRY, CIRCLE, "it", "flow"),
    error("flows_in_a_circle", CIRCLE, started(say()), "it", "flow"),
]


def leading_to(other: str, id: str) -> Flow:
    return a_flow(
        {"start": START, "in": AnotherFlow(), "it": GoToFlow(flow=other)},
        "start > it",
        "in > it",
        id=id,
    )


def codes(project: Project, flow: str) -> list[str]:
    return [finding.code for finding in check(project)[flow] if finding.field == "flow"]


def test_a_circle_of_several_flows_is_found_in_each():
    project = Project.of(*(leading_to(b, a) for a, b in ("ab", "bc", "ca")))
    assert [codes(project, id) for id in "abc"] == [["flows_in_a_circle"]] * 3


def test_two_ways_to_one_flow_are_no_circle():
    inner = a_flow({"in": AnotherFlow(), "say": say()}, "in > say", id="c")
    project = Project.of(leading_to("b", "a"), leading_to("c", "b"), inner)
    assert [codes(project, id) for id in "ab"] == [[], []]
