"""A block's measures: how high it is, where its ways out are. Kept of every block, so they are small.

Its texts are measured, but not kept: most blocks of a large flow are never seen.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from otn_studio.blocks.block import Group, Role
from otn_studio.studio.canvas.content import Card, Content, Piece, Says
from otn_studio.studio.canvas.ways import Way
from otn_studio.studio.canvas.wrapping import Line, wrapped

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
TEXT_WIDTH = WIDTH - 2 * PADDING


class Fonts(Protocol):
    """How wide texts are."""

    def text(self, text: str) -> float: ...

    def strong(self, text: str) -> float: ...

    def title(self, text: str) -> float: ...

    def small(self, text: str) -> float: ...

    def small_strong(self, text: str) -> float: ...


class PortAt(NamedTuple):
    """A way out: its middle is at the right edge, ``y`` from the top."""

    y: float
    way: Way


class Shape(NamedTuple):
    """What is asked about a block that nobody looks at."""

    group: Group
    has_way_in: bool
    height: float
    ports: tuple[PortAt, ...]

    def port(self, id: str) -> PortAt | None:
        return next((port for port in self.ports if port.way.port == id), None)

    def y_of(self, port: str) -> float:
        """Where a connection leaves; one that is not shown leaves from the head."""
        found = self.port(port)
        return MIDDLE_OF_HEAD if found is None else found.y


class Row(NamedTuple):
    """A piece with its place, and into how many lines it may go."""

    piece: Piece
    top: float
    height: float
    most_lines: int


def shape_of(content: Content, fonts: Fonts) -> Shape:
    bottom = HEAD - 2
    for row in rows_of(content, fonts):
        bottom = row.top + row.height + 2
    ports = _ports(content.ways, bottom, is_bare(content))
    below = ports[-1].y + WAY / 2 if ports else bottom
    return Shape(content.group, content.has_way_in, max(below, bottom, HEAD) + FOOT, ports)


def rows_of(content: Content, fonts: Fonts) -> Iterator[Row]:
    """The pieces below each other. The texts share four lines."""
    texts = sum(isinstance(piece, Says) for piece in content.pieces)
    each = max(1, LINES_AT_MOST // max(1, texts))
    top = HEAD
    for piece in content.pieces:
        most = CARD_TITLE_LINES if isinstance(piece, Card) else each
        height = _height(piece, most, fonts)
        yield Row(piece, top, height, most)
        top += height + GAP


def text_lines(says: Says, most: int, fonts: Fonts) -> tuple[Line, ...]:
    return wrapped(says.runs, TEXT_WIDTH, most, fonts.text)


def card_lines(card: Card, most: int, fonts: Fonts) -> tuple[Line, ...]:
    return wrapped(card.title, TEXT_WIDTH - 2 * CARD_PADDING, most, fonts.strong)


def is_bare(content: Content) -> bool:
    """Whether the only way out needs no words: what a start leads to is plain."""
    ways = content.ways
    return not content.has_way_in and len(ways) == 1 and ways[0].role is Role.NEXT


def role_of(way: Way) -> str:
    """The colour that a way out and its connection wear."""
    if way.group is not None:
        return way.group.value
    return "warning" if way.role is Role.RESCUE else "quiet"


def _height(piece: Piece, most_lines: int, fonts: Fonts) -> float:
    if isinstance(piece, Says):
        return len(text_lines(piece, most_lines, fonts)) * LINE
    if isinstance(piece, Card):
        lines = len(card_lines(piece, most_lines, fonts))
        return 2 * CARD_PADDING + lines * LINE + 6 + CHIP + GAP + BUTTON
    return CHIP + 2


@lru_cache(maxsize=2_000)
def _ports(ways: tuple[Way, ...], bottom: float, bare: bool) -> tuple[PortAt, ...]:
    """Blocks that are alike share them."""
    if bare:
        return (PortAt(MIDDLE_OF_HEAD, ways[0]),)
    first = bottom + 4 + WAY / 2
    return tuple(PortAt(first + WAY * index, way) for index, way in enumerate(ways))
