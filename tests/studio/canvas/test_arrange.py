"""Where blocks go that nobody has put anywhere."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.logic.wait import Wait
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.arrange import arranged
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.layers import layered
from otn_studio.studio.canvas.shape import WIDTH

ids = st.sampled_from("abcdefghijkl")
graphs = st.lists(st.tuples(ids, ids), max_size=24)
heights = st.dictionaries(ids, st.integers(40, 600).map(float))


def flow_of(pairs) -> Flow:
    """A flow whose blocks lead to each other like that."""
    blocks = {id: Wait() for id in sorted({id for pair in pairs for id in pair})}
    connections: dict[str, dict[str, str]] = {}
    for number, (start, end) in enumerate(pairs):
        connections.setdefault(start, {})[f"way-{number}"] = end
    return Flow("f", "F", blocks=blocks, connections=connections)


def places_of(pairs, height=None) -> dict[str, Point]:
    flow = flow_of(pairs)
    tall = {id: (height or {}).get(id, 100.0) for id in flow.blocks}
    return arranged(flow, tall, {}, flow.blocks)


@given(graphs, heights)
def test_no_two_blocks_overlap(pairs, height):
    places = places_of(pairs, height)
    boxes = [Box(*place, WIDTH, height.get(id, 100.0)) for id, place in places.items()]
    for index, box in enumerate(boxes):
        assert not any(box.grown(10).meets(other) for other in boxes[:index])


@given(graphs)
def test_connections_lead_to_the_right_but_in_loops(pairs):
    places = places_of(pairs)
    loops = list(nx.strongly_connected_components(nx.DiGraph(pairs)))
    for start, end in pairs:
        if not any({start, end} <= loop for loop in loops):
            assert places[start].x < places[end].x


@given(graphs)
def test_a_loop_leads_back_only_where_it_closes(pairs):
    places = places_of(pairs)
    back = [(start, end) for start, end in pairs if places[start].x >= places[end].x]
    onward = nx.DiGraph(set(pairs) - set(back))
    assert nx.is_directed_acyclic_graph(onward)


@given(graphs)
def test_the_same_flow_is_laid_out_the_same(pairs):
    assert places_of(pairs) == places_of(pairs)


@given(graphs)
def test_what_has_a_place_is_left_alone(pairs):
    flow = flow_of(pairs)
    here = Box(40, 40, WIDTH, 300)
    missing = [id for id in flow.blocks if id != "a"]
    places = arranged(flow, dict.fromkeys(missing, 100.0), {"a": here}, missing)
    assert places.keys() == set(missing)
    assert all(place.y > here.bottom for place in places.values())


def test_ways_do_not_cross_where_they_need_not():
    after = {"a": "f", "b": "e", "c": "d", "d": "", "e": "", "f": ""}
    layers, follows, _leads = layered("abcdef", after)
    first, second = layers
    order = [second.index(to) for node in first for to in follows[node]]
    assert order == sorted(order)


def test_blocks_that_follow_one_another_stand_level():
    places = places_of(["ab", "bc", "cd"], {"a": 60.0, "b": 400.0, "c": 90.0})
    assert len({place.y for place in places.values()}) == 1


def test_a_block_stands_level_with_the_middle_of_what_it_leads_to():
    places = places_of(["ab", "ac", "ad"])
    assert places["a"].y == places["c"].y


def test_what_follows_stands_in_the_order_of_the_ways_out():
    places = places_of(["ad", "ab", "ac"])
    assert places["d"].y < places["b"].y < places["c"].y


def test_a_connection_that_passes_a_block_has_room_beside_it():
    places = places_of(["ab", "bc", "ac"])
    assert places["b"].y != places["a"].y or places["c"].y != places["a"].y


def test_parts_that_do_not_hang_together_are_below_each_other():
    places = places_of(["ab", "cd"])
    assert max(places["a"].y, places["b"].y) + 100 < min(places["c"].y, places["d"].y)


def test_a_long_flow_does_not_take_long_to_say():
    chain = [(f"n{n}", f"n{n + 1}") for n in range(3_000)]
    jumps = [(f"n{n}", f"n{2_900 - n}") for n in range(0, 1_400, 7)]
    assert len(places_of(chain + jumps)) == 3_001
