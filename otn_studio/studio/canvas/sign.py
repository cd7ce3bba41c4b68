"""A block from afar, as a signpost: its icon on a rail in its group's colour, its title, and below as
much of what it says as there is room for. Laid out smaller than the block, and painted larger."""

from collections.abc import Iterator

from otn_studio.blocks.block import Group
from otn_studio.blocks.folding import is_unspaced
from otn_studio.studio.canvas.content import Card, Content, Piece, Says, Thing, Topic
from otn_studio.studio.canvas.marks import ChipAt, IconAt, Mark, TextAt
from otn_studio.studio.canvas.runs import Run
from otn_studio.studio.canvas.shape import WIDTH, Fonts
from otn_studio.studio.canvas.wrapping import Line, begins, one_line, wrapped
from otn_studio.studio.theme import sides

RAIL = 20.0
_MOST, _LEAST, _READABLE = 2.0, 1.5, 0.9
_ICON = 16.0
_TOP = 2.5
_LEFT = RAIL + 4
_RIGHT = 4.0
_BADGE, _BADGE_BOTTOM, _BADGE_BOTTOM_OF_CHIPS = 48.0, 30.0, 37.0
"""What a badge takes of the block's own width, at its right end, and of its height: words begin
a little below the top of their line, chips do not."""
_LINE = 14.0
_BASELINE = 12.0
_TEXT_LINES = 3


def enlarged(zoom: float) -> float:
    """How much larger its words are than the block's own, so that they can be read at a zoom.

    >>> enlarged(0.3), enlarged(0.5), enlarged(0.6)
    (2.0, 1.8, 1.5)
    """
    return min(_MOST, max(_LEAST, _READABLE / zoom))


def sign_of(
    content: Content, height: float, enlarged: float, badged: bool, fonts: Fonts
) -> Iterator[Mark]:
    """What stands on it. ``badged``: there is room for a problem's badge."""
    yield IconAt((RAIL - _ICON) / 2, _TOP, _ICON, content.icon, "raised")
    width = WIDTH / enlarged - _LEFT - _RIGHT
    beside_badge = (WIDTH - _BADGE) / enlarged - _LEFT if badged else width
    room = max(1, int((height / enlarged - _TOP) / _LINE))
    title = wrapped(
        (Run(_whole(content.title, beside_badge, fonts)),), beside_badge, room, fonts.title
    )
    rows = _texts(title, "text", "title")
    for piece in content.pieces:
        if len(rows) < room:
            bottom = _BADGE_BOTTOM_OF_CHIPS if isinstance(piece, Topic) else _BADGE_BOTTOM
            is_below = (_TOP + len(rows) * _LINE) * enlarged >= bottom
            free = width if is_below else beside_badge
            rows += _rows(piece, content.title, free, room - len(rows), fonts)
    for number, row in enumerate(rows):
        yield row._replace(y=row.y + _TOP + number * _LINE)


def _rows(piece: Piece, block: str, width: float, room: int, fonts: Fonts) -> list[TextAt | ChipAt]:
    """A piece in lines, each from its own top."""
    match piece:
        case Says(runs):
            return _texts(_lines(runs, width, room, fonts), "quiet", "text")
        case Card(title, topic):
            said = _texts(_lines(title, width, max(1, room - 1), fonts), "quiet", "text")
            asked = "".join(run.text for run in title if not run.chip)
            return [*said, _topic(topic, asked, width, fonts)][:room]
        case Topic(name):
            return [_topic(name, block, width, fonts)]
        case Thing(_icon, words):
            said = one_line(words, width, fonts.text)
            return [TextAt(begins(said, _LEFT, width, fonts.text), _BASELINE, said, "quiet")]


def _lines(runs: tuple[Run, ...], width: float, room: int, fonts: Fonts) -> tuple[Line, ...]:
    """From afar, what is filled in for each person looks like any other word."""
    plain = tuple(Run(run.text) for run in runs)
    return wrapped(plain, width, min(room, _TEXT_LINES), fonts.text)


def _whole(title: str, width: float, fonts: Fonts) -> str:
    """With words that are too long for a line shortened: broken, the rest of one would look like a
    word of its own. In a script without blanks any letter may begin a line.
    """
    if is_unspaced(title):
        return title
    return " ".join(one_line(word, width, fonts.title) for word in title.split())


def _texts(lines: tuple[Line, ...], role: str, style: str) -> list[TextAt | ChipAt]:
    return [
        TextAt(_LEFT + bit.x, _BASELINE, bit.text, role, style) for line in lines for bit in line
    ]


def _topic(name: str, beside: str, width: float, fonts: Fonts) -> ChipAt:
    """At the side at which the words ``beside`` it begin."""
    role = Group.PERMISSION.value
    text = one_line(name, width - 10, fonts.strong)
    taken = fonts.strong(text) + 10
    x = _LEFT + width + 2 - taken if sides.runs_from_right(beside) else _LEFT - 2
    return ChipAt(x, 1, taken, _LINE - 1, text, f"{role}_soft", role, "strong")
