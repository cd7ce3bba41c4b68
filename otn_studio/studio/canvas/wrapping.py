"""Texts in lines: broken where words end, chips kept whole, what does not fit ends with …"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from otn_studio.studio.canvas.runs import Run
from otn_studio.studio.theme import sides

Measure = Callable[[str], float]
CHIP_PADDING = 8.0
CHIP_GAP = 1.0
ELLIPSIS = "…"
LEFT_OVER = 3
"""So many letters of a broken word stand together at least, where there is room."""


class Bit(NamedTuple):
    """A part of a line, from the line's left."""

    x: float
    width: float
    text: str
    chip: bool


Line = tuple[Bit, ...]


_Word = tuple[str, float, float, bool, bool]
"""A word with its width and the space before it, whether it is a chip, and begins a line."""


def wrapped(runs: Iterable[Run], width: float, at_most: int, measure: Measure) -> tuple[Line, ...]:
    """The lines of a text. ``measure`` knows how wide a piece of it is.

    A text that runs from right to left begins at the right.
    """
    runs = tuple(runs)
    lines: list[list[Bit]] = [[]]
    x = 0.0
    for text, wide, space, chip, breaks in _words(runs, width, measure):
        line = lines[-1]
        if line and (breaks or x + space + wide > width):
            if len(lines) == at_most:
                _end_early(line, width, measure)
                break
            line = []
            lines.append(line)
            x = 0.0
        gap = space if line else 0.0
        if line and not chip and not line[-1].chip:
            last = line[-1]
            joined = f"{last.text} {text}" if gap else last.text + text
            line[-1] = Bit(last.x, last.width + gap + wide, joined, False)
        else:
            line.append(Bit(x + gap, wide, text, chip))
        x += gap + wide
    if sides.runs_from_right("".join(run.text for run in runs if not run.chip)):
        lines = [[bit._replace(x=width - bit.x - bit.width) for bit in line] for line in lines]
    return tuple(tuple(line) for line in lines if line)


def begins(text: str, left: float, width: float, measure: Measure) -> float:
    """Where a line of its own begins: a text that runs from right to left ends its room."""
    return left + width - measure(text) if sides.runs_from_right(text) else left


def one_line(text: str, width: float, measure: Measure) -> str:
    """As much of a text as fits.

    >>> one_line("Back in stock", 5, len)
    'Back…'
    """
    text = " ".join(text.split())
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def _words(runs: Iterable[Run], width: float, measure: Measure) -> Iterator[_Word]:
    blank = measure(" ")
    space, breaks = 0.0, False
    for run in runs:
        if run.chip:
            text = one_line(run.text, width - 2 * CHIP_PADDING, measure)
            chip_width = measure(text) + 2 * CHIP_PADDING
            yield text, chip_width, space or CHIP_GAP, True, breaks
            space, breaks = CHIP_GAP, False
            continue
        for number, line in enumerate(run.text.splitlines() or [""]):
            breaks = breaks or number > 0
            if line[:1].isspace():
                space = blank
            for word in line.split():
                wide = measure(word)
                if wide > width:
                    yield from _pieces(word, width, space, breaks, measure)
                else:
                    yield word, wide, space, False, breaks
                space, breaks = blank, False
            if not line[-1:].isspace():
                space = 0.0
        breaks = breaks or run.text.endswith("\n")


def _pieces(
    word: str, width: float, space: float, breaks: bool, measure: Measure
) -> Iterator[_Word]:
    """A word that is wider than a line, in pieces that are not."""
    while (whole := measure(word)) > width and len(word) > 1:
        count = max(1, int(len(word) * width / whole))
        while count > 1 and measure(word[:count]) > width:
            count -= 1
        if count > LEFT_OVER:
            count = min(count, len(word) - LEFT_OVER)
        yield word[:count], measure(word[:count]), space, False, breaks
        word, space, breaks = word[count:], 0.0, False
    yield word, whole, space, False, breaks


def _end_early(line: list[Bit], width: float, measure: Measure) -> None:
    """Let the line end with …"""
    last = line[-1]
    if last.chip:
        x = min(last.x + last.width + CHIP_GAP, width - measure(ELLIPSIS))
        line.append(Bit(x, measure(ELLIPSIS), ELLIPSIS, False))
        return
    text = last.text
    while text and measure(text + ELLIPSIS) > width - last.x:
        text = text[:-1]
    text = text.rstrip() + ELLIPSIS
    line[-1] = Bit(last.x, measure(text), text, False)
