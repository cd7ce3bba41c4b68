"""How the blocks hang together, by graph."""

from collections.abc import Iterator
from dataclasses import replace

import networkx as nx

from otn_studio.blocks.block import Role, Start
from otn_studio.blocks.finding import Finding, error, warning
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow


def findings(flow: Flow) -> Iterator[Finding]:
    yield from _no_start(flow)
    graph = _graph(flow)
    yield from _unreachable(flow, graph)
    yield from _open_ways(flow)
    yield from _loops(flow, graph)


def _graph(flow: Flow) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(flow.blocks)
    for id, ports in flow.connections.items():
        roles = {port.id: port.role for port in flow.blocks[id].ports()}
        graph.add_edges_from((id, to, port, {"role": roles[port]}) for port, to in ports.items())
    return graph


def _no_start(flow: Flow) -> Iterator[Finding]:
    if not any(isinstance(block, Start) for block in flow.blocks.values()):
        yield error(
            "no_start",
            Words("Nothing starts this flow. Add a start, such as “Someone writes”."),
        )


def _unreachable(flow: Flow, graph: nx.MultiDiGraph) -> Iterator[Finding]:
    starts = {id for id, block in flow.blocks.items() if isinstance(block, Start)}
    if not starts:
        return
    reached = set().union(*nx.bfs_layers(graph, starts))
    for id in flow.blocks:
        if id not in reached:
            sentence = Words("Nothing leads to this block. Connect it, or remove it.")
            yield replace(warning("unreachable", sentence), block=id)


def _open_ways(flow: Flow) -> Iterator[Finding]:
    for id, block in flow.blocks.items():
        connected = flow.connections.get(id, {})
        for port in block.ports():
            if port.role is Role.CHOICE and port.id not in connected:
                sentence = Words(
                    "“{way}” leads nowhere. Connect it to what follows.", way=port.words
                )
                yield replace(warning("open_way", sentence, port.id), block=id)
        branches = [port for port in block.ports() if port.role is Role.BRANCH]
        if branches and not any(port.id in connected for port in branches):
            sentence = Words("None of the answers of this block leads anywhere. Connect one.")
            yield replace(warning("open_branches", sentence), block=id)
        if isinstance(block, Start) and not connected:
            sentence = Words("This start leads nowhere. Connect it to what follows.")
            yield replace(warning("open_start", sentence), block=id)


def _loops(flow: Flow, graph: nx.MultiDiGraph) -> Iterator[Finding]:
    """Circles in which nobody but the engine acts: at once an error, with waits a warning."""
    acting = [edge for *edge, role in graph.edges(keys=True, data="role") if role is Role.CHOICE]
    at_once = nx.restricted_view(graph, nodes=(), edges=acting)
    found: set[str] = set()
    pausing = {id for id, block in flow.blocks.items() if block.kind.pauses}
    for circle in _circles(nx.restricted_view(at_once, nodes=pausing, edges=())):
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
    for circle in _circles(at_once):
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


def _circles(graph: nx.MultiDiGraph) -> Iterator[set[str]]:
    for component in nx.strongly_connected_components(graph):
        first = next(iter(component))
        if len(component) > 1 or graph.has_edge(first, first):
            yield component
