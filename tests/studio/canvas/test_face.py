"""What a block shows from near."""

import pytest

from otn_studio.blocks.block import Block
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.studio.canvas.content import Names, content_of
from otn_studio.studio.canvas.face import Face
from otn_studio.studio.canvas.marks import ChipAt, TextAt
from otn_studio.studio.canvas.shape import PADDING, WIDTH, shape_of
from tests.studio.canvas.fonts import SquareFonts

FONTS = SquareFonts()


def title(block: Block, ends: bool = False) -> TextAt:
    """The title as it is painted."""
    content = content_of(block, {}, Names({}, {}))
    marks = Face(content, shape_of(content, FONTS), FONTS).marks(ends)
    return next(mark for mark in marks if isinstance(mark, TextAt) and mark.style == "title")


def right_of(mark: TextAt) -> float:
    return mark.x + FONTS.title(mark.text)


def test_a_title_begins_beside_its_icon():
    assert title(Wait(title="Wait a while", for_="2 days")).x == PADDING + 24


def test_a_title_that_runs_from_right_to_left_ends_where_the_texts_end():
    hebrew = title(Wait(title="חכה יומיים", for_="2 days"))
    assert right_of(hebrew) == pytest.approx(WIDTH - PADDING)


@pytest.mark.parametrize("words", ["A title that is longer than the block ", "כותרת ארוכה מאוד "])
def test_a_title_covers_nothing_that_stands_at_its_end(words):
    block = Wait(title=words * 3, for_="2 days")
    assert right_of(title(block, ends=True)) <= WIDTH - PADDING - 20 < right_of(title(block))


def test_a_topic_stands_at_the_side_at_which_the_words_around_it_begin():
    for words, is_right in (("Yes", False), ("כן", True)):
        content = content_of(OptedIn(title=words, topic="it"), {}, Names({"it": "Shoes"}, {}))
        marks = Face(content, shape_of(content, FONTS), FONTS).marks(False)
        chip = next(mark for mark in marks if isinstance(mark, ChipAt))
        assert (chip.x + chip.width == pytest.approx(WIDTH - PADDING)) == is_right
        assert (chip.x == PADDING) != is_right
