"""What a block is painted from: plain values, placed from its own top left corner."""

from typing import NamedTuple


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
