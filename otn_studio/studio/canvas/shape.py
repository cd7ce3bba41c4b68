"""A block's measures and marks: what stands where in it, from its own top left corner."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, Protocol

from otn_studio.blocks.block import Group, Role
from otn_studio.studio.canvas.content import Card, Content, Piece, Says, Thing, Topic, Way
from otn_studio.studio.canvas.wrapping import Line, one_line, wrapped

WIDTH = 240.0
PADDING = 14.0
HEAD = 36.0
"""Where the title's row ends; its middle is where connections come in."""
LINE = 17.0
LINES_AT_MOST = 4
CARD_PADDING = 10.0
CARD_TITLE_LINES = 2
CHIP = 20.0
BUTTON = 26.0
GAP = 8.0
WAY = 24.0
FOOT = 6.0
MIDDLE_OF_HEAD = 19.0
_TEXT_WIDTH = WIDTH - 2 * PADDING
_BASELINE = 12.5


class Fonts(Protocol):
    """How wide texts are."""

    def text(self, text: str) -> float: ...

    def strong(self, text: str) -> float: ...

    def title(self, text: str) -> float: ...

    def small(self, text: str) -> float: ...

    def small_strong(self, text: str) -> float: ...


class TextAt(NamedTuple):
    """``style`` is the name of one of the `Fonts`; ``y`` the baseline."""

    x: float
    y: float
    text: str
    role: str
    style: str = "text"


class ChipAt(NamedTuple):
    """A text on a pill. ``dot``: with a dot before it."""

    x: float
    y: float
    width: float
    height: float
    text: str
    fill: str
    role: str
    style: str = "text"
    dot: bool = False


class FrameAt(NamedTuple):
    """A rounded rectangle: filled, or with a hairline. ``text`` stands in its middle."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    edge: str = ""
    text: str = ""
    role: str = ""


class IconAt(NamedTuple):
    x: float
    y: float
    size: float
    name: str
    role: str


Mark = TextAt | ChipAt | FrameAt | IconAt


class PortAt(NamedTuple):
    """A way out: its middle is at the right edge, ``y`` from the top."""

    y: float
    way: Way


class Region(NamedTuple):
    """From ``top`` to ``bottom`` the block shows the part at ``path``."""

    top: float
    bottom: float
    path: str


class Shape:
    """A block as measured. What is needed only to paint it is made when it is first painted."""

    def __init__(self, content: Content, fonts: Fonts) -> None:
        self.content = content
        self.fonts = fonts
        self._rows, body = _rows(content.pieces, fonts)
        self.ports = tuple(_ports(content, body))
        below = self.ports[-1].y + WAY / 2 if self.ports else body
        self.height = max(below, body, HEAD) + FOOT

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Everything to paint within the block, in its order."""
        return tuple(self._marks())

    @property
    def regions(self) -> tuple[Region, ...]:
        return tuple(
            Region(row.top, row.top + row.height, row.piece.path)
            for row in self._rows
            if not isinstance(row.piece, Topic) and row.piece.path
        )

    def port(self, id: str) -> PortAt | None:
        return next((port for port in self.ports if port.way.port == id), None)

    def y_of(self, port: str) -> float:
        """Where a connection leaves; one that is not shown leaves from the head."""
        found = self.port(port)
        return MIDDLE_OF_HEAD if found is None else found.y

    def _marks(self) -> Iterator[Mark]:
        content = self.content
        yield IconAt(PADDING, 11, 16, content.icon, content.group.value)
        title = one_line(content.title, _TEXT_WIDTH - 48, self.fonts.title)
        yield TextAt(PADDING + 24, 23.5, title, "text", "title")
        for row in self._rows:
            yield from _row_marks(row, self.fonts)
        if not _is_bare(content):
            for port in self.ports:
                yield from _way_marks(port, self.fonts)


class _Row(NamedTuple):
    """A piece with its place. Of its lines only the number is kept: most blocks are never seen."""

    piece: Piece
    top: float
    height: float
    most_lines: int


def _rows(pieces: tuple[Piece, ...], fonts: Fonts) -> tuple[tuple[_Row, ...], float]:
    """The pieces below each other, and where they end. The texts share four lines."""
    texts = sum(isinstance(piece, Says) for piece in pieces)
    each = max(1, LINES_AT_MOST // max(1, texts))
    rows, top = [], HEAD
    for piece in pieces:
        most = CARD_TITLE_LINES if isinstance(piece, Card) else each
        height = _height(piece, most, fonts)
        rows.append(_Row(piece, top, height, most))
        top += height + GAP
    return tuple(rows), top - GAP + 2 if rows else HEAD - 2


def _height(piece: Piece, most_lines: int, fonts: Fonts) -> float:
    if isinstance(piece, Says):
        return len(_text_lines(piece, most_lines, fonts)) * LINE
    if isinstance(piece, Card):
        lines = len(_card_lines(piece, most_lines, fonts))
        return 2 * CARD_PADDING + lines * LINE + 6 + CHIP + GAP + BUTTON
    return CHIP + 2


def _text_lines(says: Says, most: int, fonts: Fonts) -> tuple[Line, ...]:
    return wrapped(says.runs, _TEXT_WIDTH, most, fonts.text)


def _card_lines(card: Card, most: int, fonts: Fonts) -> tuple[Line, ...]:
    return wrapped(card.title, _TEXT_WIDTH - 2 * CARD_PADDING, most, fonts.strong)


def _ports(content: Content, body: float) -> Iterator[PortAt]:
    if _is_bare(content):
        yield PortAt(MIDDLE_OF_HEAD, content.ways[0])
        return
    for index, way in enumerate(content.ways):
        yield PortAt(body + 4 + WAY * index + WAY / 2, way)


def _is_bare(content: Content) -> bool:
    """Whether the only way out needs no words: what a start leads to is plain."""
    ways = content.ways
    return not content.has_way_in and len(ways) == 1 and ways[0].role is Role.NEXT


def _row_marks(row: _Row, fonts: Fonts) -> Iterator[Mark]:
    match row.piece:
        case Says():
            lines = _text_lines(row.piece, row.most_lines, fonts)
            yield from _line_marks(lines, PADDING, row.top, "text")
        case Card():
            yield from _card_marks(row, row.piece, fonts)
        case Topic(name):
            yield _topic(name, PADDING, row.top + 1, fonts)
        case Thing(icon, words, _path):
            yield FrameAt(PADDING, row.top, _TEXT_WIDTH, row.height, fill="canvas")
            yield IconAt(PADDING + 6, row.top + 4, 14, icon, "quiet")
            words = one_line(words, _TEXT_WIDTH - 36, fonts.small)
            yield TextAt(PADDING + 26, row.top + 15, words, "quiet", "small")


def _card_marks(row: _Row, card: Card, fonts: Fonts) -> Iterator[Mark]:
    left, width = PADDING + CARD_PADDING, _TEXT_WIDTH - 2 * CARD_PADDING
    yield FrameAt(PADDING, row.top, _TEXT_WIDTH, row.height, edge="hairline")
    top = row.top + CARD_PADDING
    lines = _card_lines(card, row.most_lines, fonts)
    yield from _line_marks(lines, left, top, "strong")
    top += len(lines) * LINE + 6
    yield _topic(card.topic, left, top, fonts)
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


def _topic(name: str, x: float, y: float, fonts: Fonts) -> ChipAt:
    text = one_line(name, _TEXT_WIDTH - 2 * CARD_PADDING - 28, fonts.strong)
    role = Group.PERMISSION.value
    width = fonts.strong(text) + 29
    return ChipAt(x, y, width, CHIP, text, f"{role}_soft", role, "strong", dot=True)


def _way_marks(port: PortAt, fonts: Fonts) -> Iterator[Mark]:
    way = port.way
    style = "small" if way.group is None else "small_strong"
    measure = fonts.small if way.group is None else fonts.small_strong
    text = one_line(way.label, _TEXT_WIDTH - 8, measure)
    yield TextAt(WIDTH - PADDING - measure(text), port.y + 4, text, role_of(way), style)


def role_of(way: Way) -> str:
    """The colour that a way out and its connection wear."""
    if way.group is not None:
        return way.group.value
    return "warning" if way.role is Role.RESCUE else "quiet"
