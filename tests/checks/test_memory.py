"""With what it remembers, a check finds what one without memory finds."""

from dataclasses import replace
from random import Random

import pytest

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.checks.check import check
from otn_studio.checks.memory import Memory
from otn_studio.flow.changes import removal
from otn_studio.flow.project import Project
from otn_studio.policy.profiles import CLASSIC
from tests.builders import START, a_flow, ask, say
from tests.checks.proof.projects import project

FLOW = a_flow({"start": START, "ask": ask(), "m": say()}, "start > ask", "ask.card.opted_in > m")


def told(found: dict[str, tuple[Finding, ...]]) -> set[tuple[str, str, str, str, Severity]]:
    return {(id, f.block, f.field, f.code, f.severity) for id, fs in found.items() for f in fs}


def edited(drawn: Project, random: Random) -> Project:
    """A project without a block, with another in the place of one, or without a connection."""
    flow = random.choice(list(drawn.flows.values()))
    id = random.choice(list(flow.blocks))
    if random.random() < 0.4:
        flow, _ = removal(flow, id).apply(flow)
    elif random.random() < 0.5 and flow.connections:
        left = {block: ports for block, ports in flow.connections.items() if block != id}
        flow = replace(flow, connections=left)
    else:
        title = f"Edit {random.random()}"
        block = flow.blocks[id].model_copy(update={"title": title})
        flow = replace(flow, blocks={**flow.blocks, id: block})
    return replace(drawn, flows={**drawn.flows, flow.id: flow})


@pytest.mark.parametrize("seed", range(60))
def test_after_any_edits_it_finds_the_same(seed):
    random, memory = Random(seed), Memory()
    drawn = project(random, CLASSIC, most_blocks=12)
    for _ in range(4):
        assert told(check(drawn, memory)) == told(check(drawn))
        drawn = edited(drawn, random)


def test_a_quick_look_finds_what_is_wrong_and_leaves_its_story_for_later():
    memory = Memory()
    (quick,) = check(Project.of(FLOW), memory, quickly=True)["shop"]
    assert (quick.code, quick.severity, quick.story) == ("policy_too_late", Severity.UNSURE, None)
    (full,) = check(Project.of(FLOW), memory)["shop"]
    assert full.severity is Severity.WARNING
    assert check(Project.of(FLOW), memory, quickly=True)["shop"] == (full,)


def test_only_new_blocks_are_looked_at():
    memory, asked = Memory(), []
    block = say()

    def look() -> str:
        asked.append(1)
        return "seen"

    for _ in range(3):
        assert memory.of("look", block, None, look) == "seen"
        memory.forget_what_is_gone()
    memory.forget_what_is_gone()
    assert memory.of("look", block, None, look) == "seen"
    assert len(asked) == 2
    assert memory.of("look", block, "something else", look) == "seen"
    assert len(asked) == 3
