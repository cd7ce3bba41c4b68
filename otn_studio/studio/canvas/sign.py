"""A block from afar, as a signpost: its icon on a rail in its group's colour, its title, and below as
much of what it says as there is room for. Laid out at half the size, and painted at twice."""

from collections.abc import Iterator

from otn_studio.blocks.block import Group
from otn_studio.studio.canvas.content import Card, Content, Piece, Says, Thing, Topic
from otn_studio.studio.canvas.marks import ChipAt, IconAt, Mark, TextAt
from otn_studio.studio.canvas.runs import Run
from otn_studio.studio.canvas.shape import WIDTH, Fonts
from otn_studio.studio.canvas.wrapping import Line, one_line, wrapped

ENLARGED = 2.0
RAIL = 20.0
_ICON = 16.0
_TOP = 2.5
_LEFT = RAIL + 4
_WIDTH = WIDTH / ENLARGED - _LEFT - 4
_BADGE = 15.0
_LINE = 14.0
_BASELINE = 12.0
_TITLE_LINES = 3
_TEXT_LINES = 3


def sign_of(content: Content, height: float, badged: bool, fonts: Fonts) -> Iterator[Mark]:
    """What stands on it. ``badged``: the title leaves room for a problem's badge."""
    yield IconAt((RAIL - _ICON) / 2, _TOP, _ICON, content.icon, "raised")
    room = max(1, int((height / ENLARGED - _TOP) / _LINE))
    title = wrapped(
        (Run(content.title),), _WIDTH - _BADGE * badged, min(_TITLE_LINES, room), fonts.title
    )
    rows = _texts(title, "text", "title")
    for piece in content.pieces:
        if len(rows) < room:
            rows += _rows(piece, room - len(rows), fonts)
    for number, row in enumerate(rows):
        yield row._replace(y=row.y + _TOP + number * _LINE)


def _rows(piece: Piece, room: int, fonts: Fonts) -> list[TextAt | ChipAt]:
    """A piece in lines, each from its own top."""
    match piece:
        case Says(runs):
            return _texts(_lines(runs, room, fonts), "quiet", "text")
        case Card(title, topic):
            said = _texts(_lines(title, max(1, room - 1), fonts), "quiet", "text")
            return [*said, _topic(topic, fonts)][:room]
        case Topic(name):
            return [_topic(name, fonts)]
        case Thing(_icon, words):
            return [TextAt(_LEFT, _BASELINE, one_line(words, _WIDTH, fonts.text), "quiet")]


def _lines(runs: tuple[Run, ...], room: int, fonts: Fonts) -> tuple[Line, ...]:
    """From afar, what is filled in for each person looks like any other word."""
    plain = tuple(Run(run.text) for run in runs)
    return wrapped(plain, _WIDTH, min(room, _TEXT_LINES), fonts.text)


def _texts(lines: tuple[Line, ...], role: str, style: str) -> list[TextAt | ChipAt]:
    return [TextAt(_LEFT, _BASELINE, bit.text, role, style) for line in lines for bit in line]


def _topic(name: str, fonts: Fonts) -> ChipAt:
    role = Group.PERMISSION.value
    text = one_line(name, _WIDTH - 10, fonts.strong)
    width = fonts.strong(text) + 10
    return ChipAt(_LEFT - 2, 1, width, _LINE - 1, text, f"{role}_soft", role, "strong")
