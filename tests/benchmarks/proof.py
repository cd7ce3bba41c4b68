"""The proof of flows of growing size, and the checks after one edit.

``python -m tests.benchmarks.proof`` prints the curve up to 10,000 blocks over random shapes, beside
one pass of networkx that finds the strongly connected components of the same graph.
"""

import time
from dataclasses import replace
from random import Random

import networkx as nx

from otn_studio.blocks.block import Block
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.checks.check import check
from otn_studio.checks.memory import Memory
from otn_studio.checks.proof.findings import findings
from otn_studio.flow.document import Field, Flow, Topic
from otn_studio.flow.project import Project
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Series

SIZES = {100: 20, 300: 20, 1_000: 20, 3_000: 8, 10_000: 5}
"""How many blocks, and how many random shapes of so many."""
AIMS = {1_000: 1.0, 10_000: 15.0}
TOPICS = 10
EDITS = 20
BRANCHES_OF_A_TREE = 3


def main() -> bool:
    measuring.title("The proof, all of a flow with 10 topics")
    verdicts = [_curve(size, shapes) for size, shapes in SIZES.items()]
    return all([*verdicts, _after_an_edit()])


def _curve(size: int, shapes: int) -> bool:
    proof, components = [], []
    for seed in range(shapes):
        flow = random_flow(size, Random(seed))
        graph = nx.DiGraph((c.block, c.to) for c in flow.all_connections())
        components.append(_seconds(lambda g=graph: list(nx.strongly_connected_components(g))))
        proof.append(_seconds(lambda f=flow: findings(Project.of(f))))
    measuring.line(f"{size:,} blocks", Series(tuple(1_000 * s for s in proof)), "ms")
    worst = Series((measuring.percentile(proof, 95),))
    measuring.line("   to one pass for components", measuring.ratios(proof, components))
    if size not in AIMS:
        measuring.line("   95 of 100 shapes within", worst, "s")
        return True
    return measuring.at_most("   95 of 100 shapes within", worst, AIMS[size], "s")


def _after_an_edit() -> bool:
    measuring.title("All checks after one edit, 1,000 blocks")
    flow, memory = random_flow(1_000, Random(1)), Memory()
    check(Project.of(flow), memory)
    quick, full = [], []
    for number in range(EDITS):
        id = f"b{number * 40}"
        edited = flow.blocks[id].model_copy(update={"title": f"Edit {number}"})
        flow = replace(flow, blocks={**flow.blocks, id: edited})
        project = Project.of(flow)
        quick.append(1_000 * _seconds(lambda p=project: check(p, memory, quickly=True)))
        full.append(1_000 * _seconds(lambda p=project: check(p, memory)))
    measuring.line("with every story told anew", Series(tuple(full)), "ms")
    return measuring.at_most("at once", Series(tuple(quick)), 50, "ms")


def _seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def random_flow(size: int, random: Random) -> Flow:
    """Long conversations side by side, each with a start of its own, as large flows have them."""
    blocks: dict[str, Block] = {}
    connections: dict[str, dict[str, str]] = {}
    while len(blocks) < size:
        _conversation(blocks, connections, min(random.randint(20, 60), size - len(blocks)), random)
    topics = {f"t{number}": Topic(f"Topic {number}") for number in range(TOPICS)}
    fields = {"size": Field("Size")}
    return Flow(
        id="large",
        name="Large",
        channel="messenger",
        topics=topics,
        fields=fields,
        blocks=blocks,
        connections=connections,
    )


def _conversation(
    blocks: dict[str, Block], connections: dict[str, dict[str, str]], size: int, random: Random
) -> None:
    first = len(blocks)
    topic = f"t{random.randrange(TOPICS)}"
    blocks[f"b{first}"] = Keyword(keywords=(f"word {first}",))
    open_ways = [(f"b{first}", "next")]
    for number in range(first + 1, first + size):
        id = f"b{number}"
        blocks[id] = _block(random, topic)
        block, port = open_ways.pop(random.randrange(max(0, len(open_ways) - 4), len(open_ways)))
        connections.setdefault(block, {})[port] = id
        ports = [port.id for port in blocks[id].ports()]
        open_ways += [(id, port) for port in ports if not port.startswith(("too", "could"))]
        if random.random() < 0.02 and number > first + 1:
            connections.setdefault(id, {})["too_late"] = f"b{random.randrange(first + 1, number)}"


def _block(random: Random, topic: str) -> Block:
    kind = random.random()
    if kind < 0.45:
        return SendMessage(elements=[Text(id="t", text="Hello there")])
    if kind < 0.6:
        hours = Duration(random.choice((1, 2, 5)), "hour")
        return Wait(for_=hours)
    if kind < 0.75:
        return Condition(tests=[FieldTest(field="size", value=str(random.randrange(5)))])
    if kind < 0.85:
        return SendMessage(elements=[OtnRequest(id="card", topic=topic, title="Shall we write?")])
    if kind < 0.9:
        return SendMessage(elements=[Text(id="t", text="It is back")], by_topic=topic)
    buttons = [Button(id=f"x{number}", title="X") for number in range(BRANCHES_OF_A_TREE)]
    return SendMessage(elements=[Buttons(id="b", text="Which?", buttons=buttons)])


if __name__ == "__main__":
    main()
