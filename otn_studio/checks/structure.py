"""How the blocks hang together, by graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from otn_studio.blocks.block import Port, Role, Start
from otn_studio.blocks.finding import Finding, error, warning
from otn_studio.blocks.words import Words
from otn_studio.checks.graph import circles, reachable
from otn_studio.checks.memory import Memory
from otn_studio.flow.document import Flow

Way = tuple[str, str, Role]
"""From a block to a block, by a port of that role."""


def findings(flow: Flow, memory: Memory) -> Iterator[Finding]:
    ports = {id: memory.of("ports", block, None, block.ports) for id, block in flow.blocks.items()}
    ways = list(_ways(flow, ports))
    yield from _no_start(flow)
    yield from _unreachable(flow, ways)
    yield from _open_ways(flow, ports)
    yield from _loops(flow, ways)


def _ways(flow: Flow, ports: Mapping[str, Sequence[Port]]) -> Iterator[Way]:
    for id, connected in flow.connections.items():
        for port in ports[id]:
            if port.id in connected:
                yield id, connected[port.id], port.role


def _no_start(flow: Flow) -> Iterator[Finding]:
    if not any(isinstance(block, Start) for block in flow.blocks.values()):
        yield error(
            "no_start",
            Words("Nothing starts this flow. Add a start, such as “Someone writes”."),
        )


def _unreachable(flow: Flow, ways: Sequence[Way]) -> Iterator[Finding]:
    starts = {id for id, block in flow.blocks.items() if isinstance(block, Start)}
    if not starts:
        return
    reached = reachable(_edges(ways), starts)
    for id in flow.blocks:
        if id not in reached:
            sentence = Words("Nothing leads to this block. Connect it, or remove it.")
            yield replace(warning("unreachable", sentence), block=id)


def _open_ways(flow: Flow, ports: Mapping[str, Sequence[Port]]) -> Iterator[Finding]:
    for id, block in flow.blocks.items():
        connected = flow.connections.get(id, {})
        for port in ports[id]:
            if port.role is Role.CHOICE and port.id not in connected:
                sentence = Words(
                    "“{way}” leads nowhere. Connect it to what follows.", way=port.words
                )
                yield replace(warning("open_way", sentence, port.id), block=id)
        branches = [port for port in ports[id] if port.role is Role.BRANCH]
        if branches and not any(port.id in connected for port in branches):
            sentence = Words("None of the answers of this block leads anywhere. Connect one.")
            yield replace(warning("open_branches", sentence), block=id)
        if isinstance(block, Start) and not connected:
            sentence = Words("This start leads nowhere. Connect it to what follows.")
            yield replace(warning("open_start", sentence), block=id)


def _loops(flow: Flow, ways: Sequence[Way]) -> Iterator[Finding]:
    """Circles in which nobody but the engine acts: at once an error, with waits a warning."""
    at_once = _edges(way for way in ways if way[2] is not Role.CHOICE)
    found: set[str] = set()
    pausing = {id for id, block in flow.blocks.items() if block.kind.pauses}
    without_pause = [edge for edge in at_once if not pausing & {*edge}]
    for circle in circles(without_pause):
        found |= circle
        yield replace(
            error(
                "endless_loop",
                Words(
                    "This goes round without ever waiting for the person. Let it wait for an answer,"
                    " or end."
                ),
            ),
            block=min(circle),
        )
    for circle in circles(at_once):
        if not circle & found:
            yield replace(
                warning(
                    "loop_without_person",
                    Words(
                        "This goes round for ever, with waits but without the person. Let it wait for"
                        " an answer, or end."
                    ),
                ),
                block=min(circle),
            )


def _edges(ways: Iterable[Way]) -> list[tuple[str, str]]:
    return [(start, to) for start, to, _role in ways]
