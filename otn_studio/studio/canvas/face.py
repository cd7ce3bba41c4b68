"""A block as it is painted: what stands where in it, from its own top left corner."""

from collections.abc import Iterator
from typing import NamedTuple

from otn_studio.blocks.block import Group
from otn_studio.studio.canvas.content import Card, Content, Says, Thing, Topic
from otn_studio.studio.canvas.marks import ChipAt, FrameAt, IconAt, Mark, TextAt
from otn_studio.studio.canvas.shape import (
    BUTTON,
    CARD_PADDING,
    CHIP,
    GAP,
    LINE,
    PADDING,
    TEXT_WIDTH,
    WIDTH,
    Fonts,
    PortAt,
    Row,
    Shape,
    card_lines,
    is_bare,
    role_of,
    rows_of,
    text_lines,
)
from otn_studio.studio.canvas.sign import sign_of
from otn_studio.studio.canvas.wrapping import Line, begins, one_line
from otn_studio.studio.theme import sides

_BASELINE = 12.5


class Region(NamedTuple):
    """From ``top`` to ``bottom`` the block shows the part at ``path``."""

    top: float
    bottom: float
    path: str


class Face:
    """Made when a block is looked at."""

    def __init__(self, content: Content, shape: Shape, fonts: Fonts) -> None:
        self.content = content
        self.shape = shape
        self.fonts = fonts

    def marks(self, ends: bool) -> Iterator[Mark]:
        """Everything to paint within the block, in its order. ``ends``: something else stands at the
        end of its title's row."""
        content = self.content
        yield IconAt(PADDING, 11, 16, content.icon, content.group.value)
        yield _title(content.title, ends, self.fonts)
        for row in rows_of(content, self.fonts):
            yield from _row_marks(row, content.title, self.fonts)
        if not is_bare(content):
            for port in self.shape.ports:
                yield from _way_marks(port, self.fonts)

    def sign(self, enlarged: float, badged: bool) -> Iterator[Mark]:
        """What to paint when it is seen from afar."""
        return sign_of(self.content, self.shape.height, enlarged, badged, self.fonts)

    @property
    def regions(self) -> tuple[Region, ...]:
        return tuple(
            Region(row.top, row.top + row.height, row.piece.path)
            for row in rows_of(self.content, self.fonts)
            if not isinstance(row.piece, Topic) and row.piece.path
        )


def _title(title: str, ends: bool, fonts: Fonts) -> TextAt:
    left, width = PADDING + 24, TEXT_WIDTH - (48 if ends else 24)
    words = one_line(title, width, fonts.title)
    return TextAt(begins(words, left, width, fonts.title), 23.5, words, "text", "title")


def _row_marks(row: Row, title: str, fonts: Fonts) -> Iterator[Mark]:
    match row.piece:
        case Says():
            lines = text_lines(row.piece, row.most_lines, fonts)
            yield from _line_marks(lines, PADDING, row.top, "text")
        case Card():
            yield from _card_marks(row, row.piece, fonts)
        case Topic(name):
            yield _topic(name, title, PADDING, TEXT_WIDTH, row.top + 1, fonts)
        case Thing(icon, words, _path):
            yield FrameAt(PADDING, row.top, TEXT_WIDTH, row.height, fill="canvas")
            yield IconAt(PADDING + 6, row.top + 4, 14, icon, "quiet")
            left, width = PADDING + 26, TEXT_WIDTH - 36
            words = one_line(words, width, fonts.small)
            x = begins(words, left, width, fonts.small)
            yield TextAt(x, row.top + 15, words, "quiet", "small")


def _card_marks(row: Row, card: Card, fonts: Fonts) -> Iterator[Mark]:
    left, width = PADDING + CARD_PADDING, TEXT_WIDTH - 2 * CARD_PADDING
    yield FrameAt(PADDING, row.top, TEXT_WIDTH, row.height, edge="hairline")
    top = row.top + CARD_PADDING
    lines = card_lines(card, row.most_lines, fonts)
    yield from _line_marks(lines, left, top, "strong")
    top += len(lines) * LINE + 6
    asked = "".join(run.text for run in card.title if not run.chip)
    yield _topic(card.topic, asked, left, width, top, fonts)
    top += CHIP + GAP
    yield FrameAt(left, top, width, BUTTON, fill="canvas", text=card.button, role="accent")


def _line_marks(lines: tuple[Line, ...], left: float, top: float, style: str) -> Iterator[Mark]:
    for number, line in enumerate(lines):
        y = top + number * LINE
        for bit in line:
            if bit.chip:
                place = (left + bit.x, y - 0.5, bit.width, LINE - 1)
                yield ChipAt(*place, bit.text, "bubble", "quiet", style)
            else:
                yield TextAt(left + bit.x, y + _BASELINE, bit.text, "text", style)


def _topic(name: str, beside: str, left: float, width: float, y: float, fonts: Fonts) -> ChipAt:
    """At the side at which the words ``beside`` it begin."""
    text = one_line(name, TEXT_WIDTH - 2 * CARD_PADDING - 28, fonts.strong)
    role = Group.PERMISSION.value
    taken = fonts.strong(text) + 29
    x = left + width - taken if sides.runs_from_right(beside) else left
    return ChipAt(x, y, taken, CHIP, text, f"{role}_soft", role, "strong", dot=True)


def _way_marks(port: PortAt, fonts: Fonts) -> Iterator[Mark]:
    way = port.way
    style = "small" if way.group is None else "small_strong"
    measure = fonts.small if way.group is None else fonts.small_strong
    text = one_line(way.label, TEXT_WIDTH - 8, measure)
    yield TextAt(WIDTH - PADDING - measure(text), port.y + 4, text, role_of(way), style)
