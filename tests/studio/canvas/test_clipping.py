"""What is known of a part of a flow that comes from elsewhere."""

from dataclasses import replace

import pytest

from otn_studio import shipped
from otn_studio.flow.document import Flow, Frame, Position
from otn_studio.flow.reading import load
from otn_studio.studio.canvas.clipping import TALLEST, bounds_of
from otn_studio.studio.canvas.plan import Plan
from tests.builders import a_flow, ask, say
from tests.studio.canvas.fonts import SquareFonts

TALL = {f"b{number}": ask() if number % 3 else say() for number in range(60)}
PLACES = {id: Position(number % 4 * 300, number * 200) for number, id in enumerate(TALL)}
FRAMED = {"f": Frame("Frame", -500, -400, 200, 100)}


@pytest.mark.parametrize(
    "part",
    [
        load(shipped.path("flows/back-in-stock.json")),
        replace(a_flow(TALL, "b1.card.opted_in > b50"), layout=PLACES),
        replace(a_flow(TALL), layout=PLACES, frames=FRAMED),
        replace(Flow("f", "F"), frames=FRAMED),
    ],
    ids=["sample", "tall", "framed", "only a frame"],
)
def test_it_is_known_how_large_a_part_is(part):
    whole = Plan(SquareFonts())
    whole.show(part)
    assert bounds_of(part, SquareFonts()) == whole.bounds()


def test_blocks_without_a_place_count_too():
    part = replace(a_flow(TALL), layout={"b0": Position(0, 0)})
    known = bounds_of(part, SquareFonts())
    assert known is not None
    assert known.height > 1_000


def test_the_flows_here_are_higher_than_any_block():
    assert max(at.y for at in PLACES.values()) > TALLEST


def test_nothing_has_no_size():
    assert bounds_of(Flow("f", "F"), SquareFonts()) is None
