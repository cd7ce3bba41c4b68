"""A large flow comes in parts, and looks from the first painting on as it does in the end."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from otn_studio.blocks.logic.go_to_block import GoToBlock
from otn_studio.flow.document import Flow, Position
from otn_studio.studio.canvas import scene
from otn_studio.studio.canvas.fonts import ThemeFonts
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.smoothly import let_go
from otn_studio.studio.canvas.unfolding import first_part, more_of
from tests.builders import START, a_flow, say

SCREEN, READABLE = Point(1200, 800), 0.6


def large(*connections: str, count: int = 600, across: int = 340, **more) -> Flow:
    """A flow of columns, with the start at the upper left."""
    blocks = {"start": START} | {f"b{n}": say(f"Number {n}") for n in range(count)} | more
    layout = {id: Position(n // 25 * across, n % 25 * 240) for n, id in enumerate(blocks)}
    return replace(a_flow(blocks, "start > b0", *connections), layout=layout)


@pytest.fixture(autouse=True)
def _let_go():
    yield
    let_go()


@pytest.fixture
def held(stage, monkeypatch):
    """A canvas that shows the first part, and no other by itself."""
    monkeypatch.setattr(scene, "A_FRAME", 3_600_000)
    return stage


def picture(shown) -> QImage:
    return shown.view.grab().toImage()


def test_first_comes_what_is_seen_and_what_leads_past():
    part = first_part(large("b124 > b19", "b575 > b580"), SCREEN, READABLE)
    assert {"start", "b0", "b24", "b124", "b19"} <= part.blocks.keys()
    assert {"b18", "b125", "b575", "b580"} & part.blocks.keys() == set()


def test_jumps_and_where_they_lead_come_first():
    flow = large("far > b500", far=GoToBlock())
    assert {"far", "b500"} <= first_part(flow, SCREEN, READABLE).blocks.keys()


def test_what_can_be_seen_at_once_comes_at_once():
    assert first_part(large(count=200), SCREEN, READABLE) is None
    assert first_part(large(across=1), Point(1200, 24 * 240), READABLE) is None
    flow = large()
    assert first_part(replace(flow, layout={}), SCREEN, READABLE) is None


def test_the_parts_end_with_the_very_flow():
    flow = large()
    part, sizes = first_part(flow, SCREEN, READABLE), []
    while part is not flow:
        sizes.append(len(part.blocks))
        part = more_of(part, flow)
    assert sizes == sorted(set(sizes))
    assert len(sizes) > 3


def test_in_the_end_all_is_where_it_would_have_been_at_once():
    flow = large(*(f"b{n} > b{(n * 7) % 600}" for n in range(0, 600, 3)))
    flow = replace(flow, layout={**flow.layout, "gone": Position(1_700, 2_400)})
    at_once, by_and_by = Plan(ThemeFonts()), Plan(ThemeFonts())
    at_once.show(flow)
    by_and_by.expect(flow)
    part = first_part(flow, SCREEN, READABLE)
    by_and_by.show(part)
    while part is not flow:
        part = more_of(part, flow)
        by_and_by.show(part, most=0)
    by_and_by.lay_on()
    assert by_and_by.boxes == at_once.boxes
    assert by_and_by.routes == at_once.routes
    assert by_and_by.bounds() == at_once.bounds()


def test_connections_are_laid_with_what_still_comes_in_mind():
    flow = large("b24 > b549")
    begins, in_the_way = Position(12 * 340, -240), Position(5 * 340, 20)
    flow = replace(flow, layout={**flow.layout, "start": begins, "b124": in_the_way})
    at_once, by_and_by = Plan(ThemeFonts()), Plan(ThemeFonts())
    at_once.show(flow)
    by_and_by.expect(flow)
    by_and_by.show(first_part(flow, SCREEN, READABLE))
    assert ("b24", "next") in by_and_by.routes
    assert by_and_by.routes == {way: at_once.routes[way] for way in by_and_by.routes}


def test_nothing_that_is_seen_changes_as_the_rest_comes(held):
    shown = held(large("b0 > b26", "b26 > b1", "b124 > b19"))
    before = picture(shown)
    assert len(shown.canvas.scene.plan_so_far.boxes) < 100
    assert len(shown.plan.boxes) == 601  # whoever asks gets all of it
    assert picture(shown) == before


def test_the_rest_comes_by_itself(stage):
    shown = stage(large())
    shown.bot.waitUntil(lambda: shown.canvas.scene.is_whole)
    assert len(shown.canvas.scene.plan_so_far.boxes) == 601


def test_a_change_brings_all_of_it(held):
    shown = held(large())
    assert not shown.canvas.scene.is_whole
    shown.selection.select(["b550"])
    shown.canvas.editing.delete()
    assert shown.canvas.scene.is_whole
    assert "b550" not in shown.plan.boxes
    assert len(shown.plan.boxes) == 600


def test_a_way_is_lit_wherever_it_leads(held):
    shown = held(large("b500 > b590"))
    shown.canvas.light([("b500", "next")], "b500", "danger")
    assert shown.canvas.scene.spotlight.lit == {"b500", "b590"}
