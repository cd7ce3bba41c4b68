from hypothesis import given
from hypothesis import strategies as st

from otn_studio.studio.canvas.geometry import Box, Point, Route, around
from otn_studio.studio.canvas.grid import CELL, Grid, cells_of_box, cells_of_route

numbers = st.floats(-20_000, 20_000).map(lambda number: round(number, 2))
points = st.builds(Point, numbers, numbers)
sizes = st.floats(0, 3_000)
boxes = st.builds(Box, numbers, numbers, sizes, sizes)
routes = st.builds(Route, points, points, st.none() | numbers)


@given(routes)
def test_a_route_begins_and_ends_at_its_ports(route):
    assert route.at(0) == route.start
    assert route.at(1).distance(route.end) < 1e-6


@given(routes)
def test_a_route_leaves_to_the_right_and_arrives_from_the_left(route):
    assert route.at(1e-4).x > route.start.x
    assert route.at(1 - 1e-4).x < route.end.x


@given(routes, st.floats(0, 1))
def test_a_route_stays_in_its_box_and_is_found_on_its_way(route, share):
    point = route.at(share)
    assert route.box.grown(1e-6).contains(point)
    assert route.distance(point) < 0.02 * (route.box.width + route.box.height) + 1e-6


def test_what_is_beside_a_route_is_as_far_as_it_is():
    route = Route(Point(0, 0), Point(400, 0))
    assert route.distance(Point(200, 30)) == 30
    assert route.distance(Point(500, 0)) == 100


@given(routes, st.floats(0, 1))
def test_the_grid_finds_a_route_wherever_it_runs(route, share):
    grid = Grid()
    grid.put("way", cells_of_route(route))
    assert grid.near(Box(*route.at(share), 0, 0)) == {"way"}


@given(st.floats(0, 1), st.sampled_from([1e5, 1e7, 1e9]))
def test_the_grid_finds_what_is_vast(share, size):
    route, box = Route(Point(0, 0), Point(size, -size)), Box(0, -size, size, size)
    grid = Grid()
    grid.put("way", cells_of_route(route))
    grid.put("box", cells_of_box(box))
    there = Box(*route.at(share), 0, 0)
    assert grid.near(there) == grid.near_any([there]) == {"way", "box"}


@given(st.dictionaries(st.integers(0, 9), boxes), boxes)
def test_the_grid_finds_every_box_that_another_meets(placed, asked):
    grid = Grid()
    for key, box in placed.items():
        grid.put(key, cells_of_box(box))
    assert grid.near(asked) >= {key for key, box in placed.items() if box.meets(asked)}


@given(boxes, boxes)
def test_the_grid_forgets_where_something_was(before, after):
    grid = Grid()
    grid.put("it", cells_of_box(before))
    grid.put("other", cells_of_box(after))
    grid.drop("it", cells_of_box(before))
    assert grid.near(around([before, after]).grown(CELL)) == {"other"}


@given(st.lists(boxes, min_size=1))
def test_around_holds_all_and_touches_the_outermost(found):
    whole = around(found)
    assert all(whole.grown(1e-6).contains(box.corner) for box in found)
    assert whole.x == min(box.x for box in found)
    assert whole.bottom >= max(box.bottom for box in found) - 1e-6


def test_around_nothing_is_nothing():
    assert around([]) is None
