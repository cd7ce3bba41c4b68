"""What a block shows from afar."""

import pytest

from otn_studio.blocks.block import Block
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.studio.canvas.content import Names, content_of
from otn_studio.studio.canvas.marks import ChipAt, IconAt, TextAt
from otn_studio.studio.canvas.shape import WIDTH, shape_of
from otn_studio.studio.canvas.sign import sign_of
from tests.studio.canvas.fonts import SquareFonts

NAMES = Names({"shoes": "Blue sneakers"}, {"size": "Shoe size"})
FONTS = SquareFonts()
HELLO = Text(
    id="hi", text="Hi {{ contact.size }}, " + "we have more to say than there is room " * 4
)
CARD = OtnRequest(id="card", topic="shoes", title="Get told when they are back")


def signs(block: Block, badged: bool = False, enlarged: float = 2.0):
    content = content_of(block, (), NAMES)
    return list(sign_of(content, shape_of(content, FONTS).height, enlarged, badged, FONTS))


def words(block: Block, badged: bool = False) -> list[str]:
    return [mark.text for mark in signs(block, badged) if not isinstance(mark, IconAt)]


def test_it_shows_icon_title_and_what_is_said():
    icon, title, *said = signs(SendMessage(title="Ask", elements=(HELLO, CARD)))
    assert isinstance(icon, IconAt)
    assert icon.name == "bell"
    assert (title.text, title.style) == ("Ask", "title")
    assert said[0].text.startswith("Hi Shoe size,")
    assert any(isinstance(mark, ChipAt) and mark.text == "Blue sneakers" for mark in said)


def test_what_has_no_room_ends_early():
    (_icon, _title, *said) = signs(SendMessage(title="Say", elements=(HELLO,)))
    assert said[-1].text.endswith("…")


@pytest.mark.parametrize(
    "block",
    [
        Wait(for_="2 days"),
        OptedIn(topic="shoes"),
        SendMessage(
            title="A title that is much longer than its block is wide", elements=(HELLO, CARD)
        ),
    ],
)
@pytest.mark.parametrize("badged", [False, True])
@pytest.mark.parametrize("enlarged", [1.5, 1.8, 2.0])
def test_everything_stays_within_the_block(block, badged, enlarged):
    height = shape_of(content_of(block, (), NAMES), FONTS).height
    for mark in signs(block, badged, enlarged):
        bottom = mark.y + 3 if isinstance(mark, TextAt) else mark.y + getattr(mark, "height", 16)
        assert bottom * enlarged <= height
        if isinstance(mark, TextAt):
            assert (mark.x + FONTS.text(mark.text)) * enlarged <= WIDTH


def test_the_title_makes_room_for_a_badge():
    block = Wait(title="Wait for a week", for_="7 days")
    assert words(block)[0] == "Wait for a week"
    assert words(block, badged=True)[0] == "Wait for a"


def test_what_stands_beside_a_badge_makes_room_too_and_what_is_below_does_not():
    block = SendMessage(title="Say", elements=(HELLO,))
    near, far = (
        [signs(block, badged, enlarged)[2].text for badged in (False, True)]
        for enlarged in (1.5, 2.0)
    )
    assert len(near[1]) < len(near[0])
    assert far[1] == far[0]


def test_a_chip_beside_a_badge_makes_room():
    _icon, _title, chip = signs(OptedIn(topic="shoes"), badged=True)
    assert isinstance(chip, ChipAt)
    assert (chip.x + chip.width) * 2.0 <= WIDTH - 40


def test_nearer_by_more_is_said():
    block = SendMessage(title="Say", elements=(HELLO,))
    near, far = (len("".join(m.text for m in signs(block, enlarged=e)[1:])) for e in (1.5, 2.0))
    assert near > far


def test_a_word_that_is_too_long_is_shortened_and_not_broken():
    german, japanese = "Standardantwort", "再入荷のお知らせを受け取りますか"
    assert words(OptedIn(title=german, topic="shoes"), badged=True)[0] == "Standardant…"
    assert "".join(words(OptedIn(title=japanese, topic="shoes"), badged=True)[:2]) == japanese


def test_a_long_title_takes_all_the_room_there_is():
    title = "A title that takes as many lines as its block has from afar and not one less"
    said = words(SendMessage(title=title, elements=(HELLO, CARD)))
    assert " ".join(said).startswith(title)


@pytest.mark.parametrize("enlarged", [1.5, 2.0])
def test_what_runs_from_right_to_left_ends_at_the_right(enlarged):
    _icon, title, *_rest = signs(Wait(title="שלום", for_="2 days"), enlarged=enlarged)
    assert (title.x + FONTS.title(title.text) + 4) * enlarged == pytest.approx(WIDTH)
