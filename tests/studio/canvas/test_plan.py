"""Where everything is, without a screen."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.logic.go_to_block import GoToBlock
from otn_studio.blocks.logic.wait import Wait
from otn_studio.flow import changes
from otn_studio.flow.document import Position
from otn_studio.studio.canvas.direction import Direction, nearest
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.shape import WIDTH
from tests.builders import START, a_flow, ask, say
from tests.strategies import flows
from tests.studio.canvas.fonts import SquareFonts


def planned(flow) -> Plan:
    plan = Plan(SquareFonts())
    plan.show(flow)
    return plan


def as_shown(plan: Plan) -> tuple:
    contents = {id: plan.face(id).content for id in plan.shapes}
    return plan.boxes, plan.bounds(), plan.routes, plan.leads_to, plan.shapes, contents


def spread(flow):
    """The flow with its blocks far from each other."""
    return replace(
        flow, layout={id: Position(i % 3 * 900, i * 700) for i, id in enumerate(flow.blocks)}
    )


@given(flows())
def test_every_port_is_found_where_it_is(flow):
    plan = planned(spread(flow))
    for id, shape in plan.shapes.items():
        for port in shape.ports:
            way = id, port.way.port
            first = next(p for p in shape.ports if p.y == port.y).way.port
            assert plan.port_at(plan.way_out(way), 10) == (id, first)
            assert plan.port_at(plan.way_out(way).plus(9, 0), 10) is not None


@given(flows())
def test_every_block_is_found_under_its_middle_and_not_beside_it(flow):
    plan = planned(spread(flow))
    for id, box in plan.boxes.items():
        assert plan.block_at(box.center) == id
        assert plan.block_at(Point(box.x - 5, box.center.y)) is None
        assert plan.blocks_in(Box(box.x - 5, box.y, 10, 5)) == {id}


@given(flows())
def test_connections_run_from_port_to_block(flow):
    plan = planned(flow)
    drawn = [c for c in flow.all_connections() if not flow.blocks[c.block].kind.jumps]
    assert plan.routes.keys() == {(c.block, c.port) for c in drawn}
    for connection in drawn:
        way = connection.block, connection.port
        assert plan.routes[way].start == plan.way_out(way)
        assert plan.routes[way].end == plan.way_in(connection.to)
        assert plan.connection_at(plan.routes[way].at(0.4), 6) is not None


@given(flows(), flows())
def test_showing_the_difference_comes_to_the_same_as_showing_it_all(one, other):
    plan = planned(spread(one))
    plan.show(spread(other))
    assert as_shown(plan) == as_shown(planned(spread(other)))


@given(flows())
def test_blocks_without_a_place_get_one_apart_from_all_others(flow):
    plan = planned(replace(flow, layout={}))
    boxes = list(plan.boxes.values())
    assert len(boxes) == len(flow.blocks)
    for index, box in enumerate(boxes):
        assert not any(box.meets(other) for other in boxes[:index])


def test_the_conversation_goes_from_left_to_right():
    flow = a_flow(
        {"start": START, "a": say(), "b": say(), "c": say()}, "start > a", "a > b", "b > c"
    )
    boxes = planned(flow).boxes
    assert boxes["start"].x < boxes["a"].x < boxes["b"].x < boxes["c"].x


def test_only_what_changed_is_measured_anew():
    flow = spread(a_flow({"start": START, "a": say(), "b": say("Bye")}, "start > a", "a > b"))
    plan = planned(flow)
    shape = plan.shapes["b"]
    edited, _back = changes.EditBlock("a", say("Something much longer " * 9)).apply(flow)
    found = plan.show(edited)
    assert (found.reshaped, found.moved, found.gone) == ({"a"}, set(), set())
    assert found.links == {("start", "next"), ("a", "next")}
    assert plan.shapes["b"] is shape


def test_a_renamed_topic_shows_on_its_blocks():
    flow = spread(a_flow({"it": ask()}))
    plan = planned(flow)
    renamed, _back = changes.SetTopic("shoes", replace(flow.topics["shoes"], name="New")).apply(
        flow
    )
    assert plan.show(renamed).reshaped == {"it"}


def test_a_jump_says_where_it_goes_and_has_no_line():
    blocks = {"start": START, "go": GoToBlock(), "bye": say("Bye")}
    plan = planned(spread(a_flow(blocks, "start > go", "go > bye")))
    assert plan.routes.keys() == {("start", "next")}
    assert [port.way.port for port in plan.shapes["go"].ports] == []
    [thing] = plan.face("go").content.pieces
    assert thing.words == "Send Message"
    named, _back = changes.EditBlock("bye", say("Bye").model_copy(update={"title": "End"})).apply(
        plan.flow
    )
    assert "go" in plan.show(named).reshaped
    [thing] = plan.face("go").content.pieces
    assert thing.words == "End"


def test_a_text_is_at_most_four_lines_however_long_it_is():
    flow = spread(a_flow({"short": say("Hello"), "long": say("Hello " * 400)}))
    shapes = planned(flow).shapes
    assert shapes["long"].height - shapes["short"].height == 3 * 17


def test_parts_of_a_block_are_known_by_their_place():
    flow = spread(a_flow({"it": ask()}))
    (region,) = planned(flow).face("it").regions
    assert region.path == "elements.0"
    assert region.bottom - region.top > 60


def test_the_order_of_reading_follows_the_conversation():
    flow = a_flow(
        {"b": say(), "a": say(), "start": START, "loose": Wait()}, "start > b", "b > a", "a > b"
    )
    assert planned(flow).reading_order()[:3] == ["start", "b", "a"]


def test_a_new_block_covers_no_other():
    plan = planned(spread(a_flow({"a": say(), "b": say()})))
    place = plan.free_place(plan.boxes["a"].corner.plus(30, 10), 100)
    assert not plan.blocks_in(Box(*place, WIDTH, 100))


places = st.tuples(st.integers(-40, 40), st.integers(-40, 40))


@given(st.dictionaries(st.sampled_from("abcdef"), places, min_size=2), st.sampled_from(Direction))
def test_arrows_lead_to_something_that_lies_that_way(where, direction):
    flow = replace(
        a_flow({id: Wait() for id in where}),
        layout={id: Position(x * 300, y * 150) for id, (x, y) in where.items()},
    )
    plan = planned(flow)
    id = min(where)
    found = nearest(plan, id, direction)
    x, y = direction.value
    ahead = {
        other: (there[0] - where[id][0]) * x + (there[1] - where[id][1]) * y
        for other, there in where.items()
    }
    if found is None:
        exactly = [
            o for o, (ox, oy) in where.items() if o != id and _in_line(where[id], (ox, oy), x)
        ]
        assert not any(ahead[other] > 0 for other in exactly)
    else:
        assert ahead[found] > 0


def _in_line(here, there, x) -> bool:
    return here[1] == there[1] if x else here[0] == there[0]


def test_of_connections_that_meet_the_one_that_is_not_left_out_is_found():
    plan = Plan(SquareFonts())
    flow = a_flow({"one": START, "two": say(), "end": say()}, "one > end", "two > end")
    places = {"one": Position(0, 0), "two": Position(0, 600), "end": Position(900, 300)}
    plan.show(replace(flow, layout=places))
    there = plan.way_in("end")
    first, second = sorted(plan.leads_to)
    assert plan.connection_at(there, 5, {first}) == second
    assert plan.connection_at(there, 5, {first, second}) is None
