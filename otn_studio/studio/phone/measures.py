"""The sizes of a phone by the width that it has: 375 at 100 %, down to 240 and still readable."""

from dataclasses import dataclass

from otn_studio.studio.theme import type

WIDTH, HEIGHT = 375, 700
NARROWEST = 240
BAR, BESIDE = 8, 2
"""What the scroll bar and the room beside it take of the right margin, at all times, so that nothing
moves when it comes."""


@dataclass(frozen=True)
class Measures:
    """All in points. Text steps through the type's sizes instead of shrinking with the outline."""

    text: int
    small: int
    corner: float
    outline: float
    margin: int
    pad: int
    rise: int
    picture: int

    @property
    def right(self) -> int:
        """The right margin beside the scroll bar."""
        return self.margin - BAR - BESIDE

    @classmethod
    def at(cls, width: float) -> "Measures":
        if width >= 345:
            return cls(type.HEADING, type.LABEL, 18, 40, 16, 14, 9, 28)
        if width >= 290:
            return cls(type.TEXT, type.SMALL, 16, 34, 12, 12, 8, 24)
        return cls(type.LABEL, type.SMALL, 14, 28, 12, 12, 7, 20)
