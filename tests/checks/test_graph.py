"""Beside a graph library, on graphs of every kind."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.checks.graph import circles, reachable

nodes = st.sampled_from("abcdefgh")
edges = st.lists(st.tuples(nodes, nodes), max_size=20)


@given(edges, st.sets(nodes))
def test_what_can_be_come_to(edges, starts):
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(starts)
    expected = starts.union(*(nx.descendants(graph, start) for start in starts))
    assert reachable(edges, starts) == expected


@given(edges)
def test_what_goes_round_in_circles(edges):
    graph = nx.DiGraph(edges)
    expected = {
        frozenset(component)
        for component in nx.strongly_connected_components(graph)
        if len(component) > 1 or any(graph.has_edge(node, node) for node in component)
    }
    assert {frozenset(circle) for circle in circles(edges)} == expected


def test_a_long_way_is_no_deep_call():
    way = [(str(n), str(n + 1)) for n in range(20_000)]
    assert len(reachable(way, ["0"])) == 20_001
    assert list(circles(way)) == []
    (circle,) = circles([*way, ("20000", "0")])
    assert len(circle) == 20_001
