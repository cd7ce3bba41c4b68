"""Reading where things stand on the canvas."""

from typing import Any, Final

from otn_studio.flow.document import FRAME_COLORS, Frame, Position
from otn_studio.flow.json_text import Unreadable, shortened

NUMBER_LIMIT: Final = 1_000_000_000
_PLACE = ("x", "y", "width", "height")
_FRAME_KEYS = frozenset(("title", "color", *_PLACE))


def position(entry: Any, id: str) -> Position:
    """Where a block stands.

    Raises:
        Unreadable: it is not written like that.
    """
    if not isinstance(entry, dict) or entry.keys() != {"x", "y"}:
        raise Unreadable("The place of “{id}” is not written as {{x, y}}.", id=id)
    return Position(_number(entry["x"], id), _number(entry["y"], id))


def frame(entry: Any, id: str) -> Frame:
    """A frame.

    Raises:
        Unreadable: it is not written like that.
    """
    if not isinstance(entry, dict) or entry.keys() - {"note"} != _FRAME_KEYS:
        raise Unreadable(
            "The frame “{id}” has to have a title, a color, x, y, width and height, and besides only"
            " a note.",
            id=id,
        )
    x, y, width, height = (_number(entry[name], id) for name in _PLACE)
    title, note, color = entry["title"], entry.get("note", ""), entry["color"]
    if not isinstance(title, str) or not isinstance(note, str):
        raise Unreadable("The title and the note of the frame “{id}” have to be texts.", id=id)
    if color not in FRAME_COLORS:
        raise Unreadable(
            "The color of the frame “{id}” has to be one of: {colors}.",
            id=id,
            colors=", ".join(FRAME_COLORS),
        )
    if width <= 0 or height <= 0:
        raise Unreadable("The frame “{id}” has to have a width and a height above 0.", id=id)
    return Frame(title, x, y, width, height, color, note)


def collapsed(entries: Any) -> frozenset[str]:
    """The blocks that show their titles only.

    Raises:
        Unreadable: it is no list of ids.
    """
    if not isinstance(entries, list) or not all(isinstance(id, str) for id in entries):
        raise Unreadable("“{part}” is not written as [ … ].", part="collapsed")
    return frozenset(entries)


def _number(value: Any, id: str) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    if not usable or not abs(value) <= NUMBER_LIMIT:
        raise Unreadable(
            "The place of “{id}” is not a usable number: {value}.", id=id, value=shortened(value)
        )
    return value
