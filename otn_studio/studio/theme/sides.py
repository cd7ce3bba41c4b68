"""The two sides of a line, by how one reads: what stands first stands at the right in Arabic."""

from typing import TypeVar
from unicodedata import bidirectional

from PySide6.QtCore import QMargins, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QLabel

Place = TypeVar("Place", QRect, QRectF)
_ISOLATE, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def are_swapped() -> bool:
    """Whether the program is read from right to left."""
    return QGuiApplication.isRightToLeft()


def swapped(place: Place, within: Place) -> Place:
    """Where a place that was measured from the left is seen.

    >>> swapped(QRect(2, 0, 3, 1), QRect(0, 0, 10, 1)).x() == (5 if are_swapped() else 2)
    True
    """
    if not are_swapped():
        return place
    across = 2 * within.x() + within.width() - 2 * place.x() - place.width()
    return place.translated(across, 0)


def margins(start: int, top: int, end: int, bottom: int) -> QMargins:
    """Layouts turn what stands in them around, but not their margins."""
    return QMargins(end, top, start, bottom) if are_swapped() else QMargins(start, top, end, bottom)


def begin_at_start(label: QLabel) -> None:
    """Left to itself, a label puts the words of another script at the other side."""
    label.setAlignment(start() | Qt.AlignmentFlag.AlignVCenter)


def start() -> Qt.AlignmentFlag:
    """At the side where lines begin, whichever way the text itself runs."""
    return (_RIGHT if are_swapped() else _LEFT) | Qt.AlignmentFlag.AlignAbsolute


def end() -> Qt.AlignmentFlag:
    """At the side where lines end."""
    return (_LEFT if are_swapped() else _RIGHT) | Qt.AlignmentFlag.AlignAbsolute


def runs_from_right(text: str) -> bool:
    """As its first letter does that runs at all.

    >>> runs_from_right("1. שלום, Ann"), runs_from_right("Hello, שלום")
    (True, False)
    """
    ways = (bidirectional(letter) for letter in text)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"


def isolated(name: str) -> str:
    """A name that a sentence begins with: it does not tell which way the sentence runs."""
    return f"{_ISOLATE}{name}{_POP}" if are_swapped() else name


def each_its_way(painter: QPainter) -> None:
    """Let every text run as its own first letter does: people's words may be of another script."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
