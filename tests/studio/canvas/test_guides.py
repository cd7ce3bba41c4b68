"""What is moved comes to stand in line; with Alt it goes where it is put."""

from PySide6.QtCore import Qt

from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.guides import Level, Neighbours

ALT = Qt.KeyboardModifier.AltModifier
BOX, OTHER = Box(0, 0, 240, 60), Box(100, 200, 240, 80)


def test_an_edge_within_reach_counts_and_the_line_shows_why():
    snap = Neighbours([OTHER]).snapped(BOX, Point(97, 400), (), 6)
    assert snap.by == Point(100, 400)
    assert snap.lines == ((Point(100, 200), Point(100, 460)),)


def test_the_nearest_of_several_counts():
    near, far = Box(102, 900, 240, 80), Box(96, 500, 240, 80)
    assert Neighbours([far, near]).snapped(BOX, Point(101, 400), (), 6).by.x == 102


def test_a_connection_that_runs_straight_comes_before_edges():
    snap = Neighbours([OTHER]).snapped(BOX, Point(500, 198), [Level(203, 340, 500, 222)], 6)
    assert snap.by.y == 203
    assert (Point(340, 222), Point(500, 222)) in snap.lines


def test_where_nothing_is_near_the_grid_counts():
    assert Neighbours([OTHER]).snapped(BOX, Point(41, 983), (), 6).by == Point(40, 984)


def test_a_drag_comes_to_stand_in_line(sample):
    left = sample.plan.boxes["size-42"].x
    start = sample.head("size-41")
    away = left + 3 / sample.view.zoom - sample.plan.boxes["size-41"].x
    sample.drag(start, start.plus(away, -60))
    assert sample.flow.layout["size-41"].x == left


def test_with_alt_it_goes_where_it_is_put(sample):
    sample.view.zoom_to(1)
    sample.view.settle()
    sample.view.center_on(sample.middle("size-41"))
    left = sample.plan.boxes["size-42"].x
    start = sample.head("size-41")
    sample.drag(start, start.plus(left + 4 - sample.plan.boxes["size-41"].x, -60), ALT)
    assert sample.flow.layout["size-41"].x == left + 4


def test_a_connection_comes_to_run_straight(sample):
    way = next(way for way, to in sample.plan.leads_to.items() if to == "wait")
    start, end, _lane = sample.plan.routes[way]
    head = sample.head("wait")
    sample.drag(head, head.plus(200, start.y - end.y + 3 / sample.view.zoom))
    route = sample.plan.routes[way]
    assert route.start.y == route.end.y
