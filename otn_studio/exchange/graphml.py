"""A flow as GraphML, which programs that draw and measure graphs read."""

from collections.abc import Callable
from io import BytesIO

import networkx as nx

from otn_studio.blocks.words import Words
from otn_studio.exchange.naming import block_name, group_of, way_name
from otn_studio.flow.document import Flow


def graphml(flow: Flow, shown: Callable[[Words], str] = str) -> bytes:
    """Blocks as nodes, connections as edges, with their words; ``shown`` translates."""
    graph = nx.MultiDiGraph(id=flow.id, name=_fit(flow.name), channel=flow.channel)
    for id, block in sorted(flow.blocks.items()):
        known = {
            "label": block_name(block, shown),
            "type": block.kind.name,
            "group": group_of(block),
        }
        graph.add_node(id, **{name: _fit(value) for name, value in known.items()})
        if id in flow.layout:
            graph.nodes[id].update(x=float(flow.layout[id].x), y=float(flow.layout[id].y))
    for link in sorted(flow.all_connections(), key=lambda link: (link.block, link.port)):
        label = _fit(way_name(flow, link, shown))
        graph.add_edge(link.block, link.to, key=link.port, port=link.port, label=label)
    written = BytesIO()
    nx.write_graphml_xml(graph, written)
    return written.getvalue() + b"\n"


def _fit(text: str) -> str:
    """A text without what XML has no way to write."""
    return "".join(letter for letter in str(text) if letter in "\t\n\r" or _is_in_xml(ord(letter)))


def _is_in_xml(code: int) -> bool:
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
