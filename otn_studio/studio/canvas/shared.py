"""What everything on the canvas has in common at a moment: its colours, and how much is shown."""

from enum import Enum

from otn_studio.studio.canvas.ink import Ink


class Detail(Enum):
    OVERVIEW = "overview"
    """Too small for words: rectangles and lines."""
    SIGN = "sign"
    FULL = "full"


class Shared:
    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self.detail = Detail.FULL
