"""What conversations pass: the blocks that they come to, and the connections by which they do."""

from pathlib import Path

import pytest

from otn_studio import shipped
from otn_studio.blocks.block import Start
from otn_studio.checks.conversations import playing, reading
from otn_studio.checks.conversations.passed import Passed, together
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load

RECORDED = sorted(shipped.path("flows").glob(f"*{reading.ENDING}"))


def project(recorded: Path) -> Project:
    beside = (recorded.with_name(name) for name in reading.load(recorded).beside)
    return Project.of(*(load(path) for path in (reading.flow_of(recorded), *beside)))


def passed(recorded: Path) -> Passed:
    flow, flows = load(reading.flow_of(recorded)), project(recorded)
    return together(
        playing.outcome(flows, flow, conversation).passed
        for conversation in reading.load(recorded).conversations
    )


def test_whatever_is_tapped_is_passed_and_nothing_else():
    recorded = shipped.path(f"flows/back-in-stock{reading.ENDING}")
    flow = load(reading.flow_of(recorded))
    blocks, ways = passed(recorded).left_out(flow)
    assert blocks == ("size-41",)
    assert {(way.block, way.to) for way in ways} == {("which-size", "size-41"), ("size-41", "ask")}


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.name)
def test_whatever_is_come_to_was_led_to(recorded):
    flows, found = project(recorded).flows, passed(recorded)
    led_to = {(flow, flows[flow].leads_to(block, port)) for flow, block, port in found.ways}
    begun = {
        (flow.id, id)
        for flow in flows.values()
        for id, block in flow.blocks.items()
        if isinstance(block, Start)
    }
    assert found.blocks - begun <= led_to
    assert {(flow, block) for flow, block, _port in found.ways} <= found.blocks
