"""Where the title of a frame stands, from near and from afar."""

import pytest

from otn_studio.blocks.logic.wait import Wait
from otn_studio.flow.document import Flow, Frame, Position
from otn_studio.studio.canvas.frame_titles import FrameTitles
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.marks import TextAt
from otn_studio.studio.canvas.plan import Plan
from tests.studio.canvas.fonts import SquareFonts

TITLE = "A title that is longer than its frame"
HEBREW = "כותרת שהיא ארוכה יותר מהמסגרת שלה"
AFAR = 0.15
OWN = Box(0, 0, 300, 200)


def title(
    words: str, *others: Box, block: Position | None = None, zoom: float = AFAR
) -> TextAt | None:
    """The title of a frame, with others and a block around it."""
    boxes = {"it": OWN} | {f"other-{number}": box for number, box in enumerate(others)}
    frames = {id: Frame(words if id == "it" else "Other", *box) for id, box in boxes.items()}
    blocks = {"wait": Wait(for_="2 days")} if block else {}
    layout = {"wait": block} if block else {}
    plan = Plan(SquareFonts())
    plan.show(Flow("shop", "Shop", blocks=blocks, layout=layout, frames=frames))
    return FrameTitles(plan).at("it", OWN, zoom)


@pytest.mark.parametrize("words", [TITLE, HEBREW])
def test_a_title_is_whole_from_afar_where_there_is_room_beside_its_frame(words):
    assert title(words).text == words
    assert title(words, zoom=1.0).text == words
    assert title(words, zoom=0.45).text != words


def test_it_ends_before_a_block_that_is_in_its_way():
    found = title(TITLE, block=Position(500, -60))
    assert found.text.endswith("…")
    assert found.y < 0
    assert 6 * (found.x + 6 * len(found.text)) <= 500


def test_it_ends_before_the_title_of_the_next_frame():
    assert title(TITLE, Box(700, 10, 300, 200)).text.endswith("…")


def test_it_runs_over_a_frame_that_holds_its_own():
    assert title(TITLE, Box(-100, -300, 600, 700)).text == TITLE


def test_it_stands_below_where_a_block_covers_its_place():
    found = title(TITLE, block=Position(20, -80))
    assert found.text == TITLE
    assert found.y * 6 > OWN.height


@pytest.mark.parametrize(("words", "start"), [(TITLE, -2000), (HEBREW, 2060)])
def test_where_the_flow_ends_beside_its_frame_it_begins_further_back(words, start):
    """What fits the view is seen with all its titles: there are 48 pixels beside the flow."""
    found = title(words, block=Position(start, 400))
    assert found.text == words
    left, right = 6 * found.x, 6 * (found.x + 6 * len(words))
    over = right - OWN.width if start < 0 else -left
    assert 0 < over * AFAR < 48


def test_it_is_shortened_there_where_a_block_is_in_its_way():
    plan = Plan(SquareFonts())
    blocks = {"wait": Wait(for_="2 days"), "far": Wait(for_="2 days")}
    layout = {"wait": Position(-400, -80), "far": Position(-2000, 400)}
    frames = {"it": Frame(TITLE, *OWN)}
    plan.show(Flow("shop", "Shop", blocks=blocks, layout=layout, frames=frames))
    found = FrameTitles(plan).at("it", OWN, AFAR)
    assert found.text.endswith("…")
    assert found.x == 0
    assert (6 * 6 * len(found.text) - OWN.width) * AFAR < 48


def test_a_title_that_runs_from_right_to_left_ends_at_the_right_of_its_frame():
    near = title("שלום", zoom=1.0)
    assert near.x + 6 * len(near.text) == OWN.width - 14
    afar = title(HEBREW)
    assert 6 * (afar.x + 6 * len(afar.text)) == pytest.approx(OWN.width)
    assert afar.x < 0


def test_what_is_remembered_of_a_place_is_forgotten_when_the_flow_changes(empty):
    """A title that was whole is shortened once a block has come to stand beside its frame."""
    frames = {"it": Frame(TITLE, *OWN)}
    empty.canvas.scene.show_flow(Flow("shop", "Shop", frames=frames))
    titles = empty.canvas.scene.frames.titles
    assert titles.at("it", OWN, AFAR).text == TITLE
    crowded = Flow(
        "shop",
        "Shop",
        blocks={"wait": Wait(for_="2 days")},
        layout={"wait": Position(500, -60)},
        frames=frames,
    )
    empty.canvas.scene.show_flow(crowded)
    assert titles.at("it", OWN, AFAR).text != TITLE


def test_a_long_one_ends_where_the_flow_does_so_that_it_is_seen_whole_when_all_fits():
    long = " ".join([TITLE] * 3)
    found = title(long, block=Position(1800, 900))
    assert found.text.endswith("…")
    assert 6 * (found.x + 6 * len(found.text)) <= 1800 + 240
    assert len(found.text) > len(TITLE)


def test_a_block_that_only_touches_the_place_below_is_not_in_its_way():
    plan_height = 58
    above, below = Position(20, -80), Position(500, OWN.height - plan_height + 10)
    plan = Plan(SquareFonts())
    blocks = {"above": Wait(for_="2 days"), "below": Wait(for_="2 days")}
    layout = {"above": above, "below": below}
    plan.show(Flow("shop", "Shop", blocks=blocks, layout=layout, frames={"it": Frame(TITLE, *OWN)}))
    assert OWN.height < plan.boxes["below"].bottom < OWN.height + 24
    assert FrameTitles(plan).at("it", OWN, AFAR).text == TITLE
