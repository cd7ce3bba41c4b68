"""Where everything is, in points of the canvas at 100 %: measures, not painting."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainterPath

from otn_studio.studio.canvas.look import LINES_AT_MOST, Card, Look, Text
from otn_studio.studio.theme.type import LABEL, TEXT, font

WIDTH = 240.0
PADDING = 14.0
HEAD = 36.0
LINE = 17.0
ROW_GAP = 8.0
CARD_PADDING = 10.0
CHIP = 22.0
BUTTON = 26.0
WAY = 24.0
FOOT = 8.0
PORT_RADIUS = 5.5
REACH = 10.0
"""How near to a port counts as on it: a target of 20 px at any zoom."""
SHOWN_AT_MOST = 400
"""Code points of a text that can be seen on a block at all."""


@dataclass(frozen=True)
class Row:
    """A row of a block with its lines and place. ``card`` is none for a text."""

    lines: tuple[str, ...]
    top: float
    height: float
    card: Card | None


@dataclass(frozen=True)
class Shape:
    """A block's measures, from its own top left corner."""

    height: float
    rows: tuple[Row, ...]
    ways: tuple[float, ...]
    """The middle of each way out, from the top."""

    @property
    def rect(self) -> QRectF:
        return QRectF(0, 0, WIDTH, self.height)


@lru_cache(maxsize=20_000)
def shape_of(look: Look) -> Shape:
    """Measure a block. The same look has the same shape, so that it is measured once."""
    top, rows = HEAD, []
    for row in look.rows:
        made = _text(row, top) if isinstance(row, Text) else _card(row, top)
        rows.append(made)
        top += made.height + ROW_GAP
    ways = tuple(top + WAY * (index + 0.5) for index in range(len(look.ways)))
    return Shape(top + WAY * len(ways) + FOOT, tuple(rows), ways)


def way_in(at: QPointF) -> QPointF:
    """Where connections reach a block that stands at ``at``."""
    return at + QPointF(0, HEAD / 2 + 2)


def way_out(at: QPointF, shape: Shape, index: int) -> QPointF:
    return at + QPointF(WIDTH, shape.ways[index])


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """The way of a connection: it leaves to the right and arrives from the left."""
    reach = min(260.0, max(40.0, abs(end.x() - start.x()) / 2))
    path = QPainterPath(start)
    path.cubicTo(start.x() + reach, start.y(), end.x() - reach, end.y(), end.x(), end.y())
    return path


def wrapped(text: str, width: float, size: int, at_most: int) -> tuple[str, ...]:
    """A text in lines of at most ``width``; what does not fit ends with …"""
    metrics = _metrics(size)
    lines: list[str] = []
    words = text[:SHOWN_AT_MOST].split()
    while words and len(lines) < at_most:
        count = len(words) if len(lines) == at_most - 1 else _fitting(metrics, words, width)
        lines.append(_elided(metrics, " ".join(words[:count]), width))
        words = words[count:]
    return tuple(lines)


def title_line(title: str) -> str:
    """A block's title, as much of it as fits."""
    return next(iter(wrapped(title, WIDTH - 2 * PADDING - 56, TEXT, 1)), "")


def _text(row: Text, top: float) -> Row:
    lines = wrapped(row.text, WIDTH - 2 * PADDING, LABEL, LINES_AT_MOST) or ("…",)
    return Row(lines, top, len(lines) * LINE, None)


def _card(card: Card, top: float) -> Row:
    width = WIDTH - 2 * PADDING - 2 * CARD_PADDING
    lines = wrapped(card.title, width, LABEL, 2) or ("…",)
    height = 2 * CARD_PADDING + len(lines) * LINE + 6 + CHIP + 8 + BUTTON
    return Row(lines, top, height, card)


def _fitting(metrics: QFontMetricsF, words: list[str], width: float) -> int:
    """How many of the words fit into a line; at least one."""
    count = 1
    while count < len(words):
        if metrics.horizontalAdvance(" ".join(words[: count + 1])) > width:
            break
        count += 1
    return count


def _elided(metrics: QFontMetricsF, text: str, width: float) -> str:
    if metrics.horizontalAdvance(text) <= width:
        return text
    while text and metrics.horizontalAdvance(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


@lru_cache(maxsize=8)
def _metrics(size: int) -> QFontMetricsF:
    return QFontMetricsF(font(size))
