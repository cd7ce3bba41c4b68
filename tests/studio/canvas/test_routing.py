"""Connections go past the blocks in between, and stay where they are when others move."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from otn_studio.flow.changes import MoveBlocks
from otn_studio.flow.document import Position
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.routing import FARTHEST, MOST_BLOCKS, routed
from tests.builders import START, a_flow, say
from tests.studio.canvas.fonts import SquareFonts

START_AT, END_AT = Point(0, 0), Point(1_000, 0)
BETWEEN = Box(400, -60, 240, 130)


def way(*blocks: Box, start: Point = START_AT, end: Point = END_AT):
    def near(box: Box, at_most: int | None = None) -> list[Box]:
        return [block for block in blocks if block.meets(box)][:at_most]

    laid = routed(start, end, near)
    return laid.route, bool(laid.tried)


def runs_through(route, *blocks: Box) -> bool:
    points = list(route.points(400))
    return any(block.grown(-3).contains(point) for block in blocks for point in points)


def test_a_free_way_is_the_plain_curve():
    route, was_met = way()
    assert (route.lane, was_met) == (None, False)


def test_it_goes_past_what_is_in_between_on_the_shorter_side():
    route, was_met = way(BETWEEN)
    assert was_met
    assert route.lane == BETWEEN.y - 20
    assert not runs_through(route, BETWEEN)


def test_it_goes_past_the_next_one_too():
    above = Box(300, -300, 240, 230)
    route, _was_met = way(BETWEEN, above)
    assert route.lane == BETWEEN.bottom + 20
    assert not runs_through(route, BETWEEN, above)


def test_backwards_it_goes_around_both_ends():
    source, target = Box(760, -20, 240, 100), Box(0, -20, 240, 100)
    route, _was_met = way(source, target, BETWEEN, start=Point(1_000, 0), end=Point(0, 0))
    assert not runs_through(route, source, target, BETWEEN)


def test_where_there_is_no_way_it_goes_straight():
    wall = Box(400, -2 * FARTHEST, 240, 4 * FARTHEST)
    route, was_met = way(wall)
    assert (route.lane, was_met) == (None, True)


boxes = st.builds(
    Box,
    st.integers(-200, 900).map(float),
    st.integers(-600, 600).map(float),
    st.just(240.0),
    st.integers(40, 200).map(float),
)


@given(st.lists(boxes, max_size=5))
def test_a_way_with_a_lane_runs_through_nothing(blocks):
    route, _was_met = way(*blocks)
    if route.lane is not None:
        assert not any(
            block.grown(-8).contains(point) for block in blocks for point in route.points(90)
        )


FLOW = replace(
    a_flow({"start": START, "one": say(), "two": say(), "away": say()}, "start > two"),
    layout={
        "start": Position(0, 0),
        "one": Position(400, -20),
        "two": Position(900, 0),
        "away": Position(400, 3_000),
    },
)


def moved(flow, **places: tuple[float, float]):
    positions = {id: Position(*place) for id, place in places.items()}
    return MoveBlocks(positions).apply(flow)[0]


def test_a_block_put_in_its_way_turns_it_aside_and_out_of_its_way_lets_it_back():
    plan = Plan(SquareFonts())
    plan.show(FLOW)
    assert plan.routes["start", "next"].lane is not None
    free = moved(FLOW, one=(400, 2_000))
    assert plan.show(free).links == {("start", "next")}
    assert plan.routes["start", "next"].lane is None
    plan.show(FLOW)
    assert plan.routes["start", "next"].lane is not None


def test_what_moves_elsewhere_leaves_it_where_it_is():
    plan = Plan(SquareFonts())
    plan.show(FLOW)
    assert plan.show(moved(FLOW, away=(440, 3_200))).links == frozenset()


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["start", "one", "two", "away"]),
            st.tuples(st.integers(-300, 1_200), st.integers(-400, 400)),
        ),
        max_size=4,
    )
)
def test_however_it_came_to_be_a_flow_has_the_same_ways(steps):
    plan, flow = Plan(SquareFonts()), FLOW
    plan.show(flow)
    for step in steps:
        flow = moved(flow, **step)
        plan.show(flow)
    fresh = Plan(SquareFonts())
    fresh.show(flow)
    assert plan.routes == fresh.routes


@given(
    st.dictionaries(
        st.sampled_from(["start", "one", "two", "away"]),
        st.tuples(st.integers(-300, 1_200), st.integers(-400, 400)),
    ),
    st.booleans(),
)
def test_what_is_left_for_later_comes_to_the_same_ways(step, moves_on):
    plan, flow = Plan(SquareFonts()), FLOW
    plan.show(flow)
    for places in (step, {"one": (300, 40)})[: 1 + moves_on]:
        flow = moved(flow, **places)
        plan.show(flow, most=0)
        for way, to in plan.leads_to.items():
            assert plan.routes[way][:2] == (plan.way_out(way), plan.way_in(to))
    while not plan.is_laid:
        plan.lay_on(1)
    fresh = Plan(SquareFonts())
    fresh.show(flow)
    assert plan.routes == fresh.routes


def test_as_long_as_it_waits_a_detour_moves_along_with_its_blocks():
    plan = Plan(SquareFonts())
    plan.show(FLOW)
    lane = plan.routes["start", "next"].lane
    down = {id: (place.x, place.y + 100) for id, place in FLOW.layout.items()}
    plan.show(moved(FLOW, **down), most=0)
    assert plan.routes["start", "next"].lane == lane + 100
    plan.lay_on()
    assert plan.routes["start", "next"].lane == lane + 100


def test_among_too_many_blocks_it_goes_straight_until_enough_of_them_are_gone():
    crowd = {f"b{n}": (200 + n * 8, 60) for n in range(MOST_BLOCKS)}
    blocks = {"start": START, "two": say(), **dict.fromkeys(crowd, say())}
    flow = moved(a_flow(blocks, "start > two"), start=(0, 0), two=(1_200, 100), **crowd)
    plan = Plan(SquareFonts())
    plan.show(flow)
    assert plan.routes["start", "next"].lane is None
    for gone in range(3):
        flow = moved(flow, **{f"b{gone}": (0, 3_000)})
        plan.show(flow)
    assert plan.routes["start", "next"].lane is not None
    plan.show(moved(flow, b0=crowd["b0"], b1=crowd["b1"], b2=crowd["b2"]))
    assert plan.routes["start", "next"].lane is None
