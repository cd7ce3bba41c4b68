"""How the blocks hang together, by graph."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import networkx as nx

from otn_studio.blocks.block import NEXT, Port, Role, Start
from otn_studio.blocks.finding import Finding, error, warning
from otn_studio.blocks.words import Words
from otn_studio.checks.memory import Memory
from otn_studio.flow.document import Flow

Edge = tuple[str, str, Role]


def findings(flow: Flow, memory: Memory) -> Iterator[Finding]:
    ports = {id: memory.of("ports", block, None, block.ports) for id, block in flow.blocks.items()}
    edges = list(_edges(flow, ports))
    yield from _no_start(flow)
    yield from _unreachable(flow, edges)
    yield from _open_ways(flow, ports)
    yield from _loops(flow, edges)


def _edges(flow: Flow, ports: Mapping[str, Sequence[Port]]) -> Iterator[Edge]:
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


def _unreachable(flow: Flow, edges: Sequence[Edge]) -> Iterator[Finding]:
    starts = {id for id, block in flow.blocks.items() if isinstance(block, Start)}
    if not starts:
        return
    graph = _graph(edges)
    graph.add_nodes_from(starts)
    reached = set().union(*nx.bfs_layers(graph, starts))
    for id, block in flow.blocks.items():
        if id not in reached and not block.kind.stands_alone:
            sentence = Words("Nothing leads to this block. Connect it, or remove it.")
            yield replace(warning("unreachable", sentence), block=id)


def _open_ways(flow: Flow, ports: Mapping[str, Sequence[Port]]) -> Iterator[Finding]:
    for id, block in flow.blocks.items():
        connected = flow.connections.get(id, {})
        for port in ports[id]:
            if port.role is not Role.CHOICE or port.id in connected:
                continue
            if block.words_behind(port.id) is None or not _is_heard(flow, id, ports):
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


def _is_heard(flow: Flow, id: str, ports: Mapping[str, Sequence[Port]]) -> bool:
    """Whether the block after this one waits for what the person writes."""
    to = flow.leads_to(id, NEXT.id)
    return to is not None and any(port.role is Role.ANSWER for port in ports[to])


def _loops(flow: Flow, edges: Sequence[Edge]) -> Iterator[Finding]:
    """Circles in which nobody but the engine acts: at once an error, with waits a warning."""
    at_once = [edge for edge in edges if edge[2] not in (Role.CHOICE, Role.ANSWER)]
    found: set[str] = set()
    pausing = {id for id, block in flow.blocks.items() if block.pauses()}
    without_pause = [edge for edge in at_once if not pausing & {*edge[:2]}]
    for circle in _circles(_graph(without_pause)):
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
    for circle in _circles(_graph(at_once)):
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


def _graph(edges: Sequence[Edge]) -> nx.DiGraph:
    return nx.DiGraph((block, to) for block, to, _ in edges)


def _circles(graph: nx.DiGraph) -> Iterator[set[str]]:
    for component in nx.strongly_connected_components(graph):
        first = next(iter(component))
        if len(component) > 1 or graph.has_edge(first, first):
            yield component
