"""Texts in lines: broken where words end, chips kept whole, what does not fit ends with …"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from otn_studio.studio.canvas.content import Run

Measure = Callable[[str], float]
CHIP_PADDING = 8.0
CHIP_GAP = 3.0
ELLIPSIS = "…"


class Bit(NamedTuple):
    """A part of a line, from the line's left."""

    x: float
    width: float
    text: str
    chip: bool


Line = tuple[Bit, ...]


class _Word(NamedTuple):
    text: str
    width: float
    space: float
    chip: bool
    breaks: bool


def wrapped(runs: Iterable[Run], width: float, at_most: int, measure: Measure) -> tuple[Line, ...]:
    """The lines of a text. ``measure`` knows how wide a piece of it is."""
    lines: list[list[Bit]] = [[]]
    x = 0.0
    for word in _words(runs, width, measure):
        space = word.space if lines[-1] else 0.0
        if lines[-1] and (word.breaks or x + space + word.width > width):
            if len(lines) == at_most:
                _end_early(lines[-1], width, measure)
                break
            lines.append([])
            x = space = 0.0
        _append(lines[-1], word, x, space)
        x += space + word.width
    return tuple(tuple(line) for line in lines if line)


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
            yield _Word(text, chip_width, space or CHIP_GAP, True, breaks)
            space, breaks = CHIP_GAP, False
            continue
        for number, line in enumerate(run.text.splitlines() or [""]):
            breaks = breaks or number > 0
            if line[:1].isspace():
                space = blank
            for word in line.split():
                yield from _fitting(word, width, space, breaks, measure)
                space, breaks = blank, False
            if not line[-1:].isspace():
                space = 0.0
        if run.text.endswith("\n"):
            breaks = True


def _fitting(
    word: str, width: float, space: float, breaks: bool, measure: Measure
) -> Iterator[_Word]:
    """A word, in pieces where it is wider than a line."""
    while (whole := measure(word)) > width and len(word) > 1:
        count = max(1, int(len(word) * width / whole))
        while count > 1 and measure(word[:count]) > width:
            count -= 1
        yield _Word(word[:count], measure(word[:count]), space, False, breaks)
        word, space, breaks = word[count:], 0.0, False
    yield _Word(word, measure(word), space, False, breaks)


def _append(line: list[Bit], word: _Word, x: float, space: float) -> None:
    if line and not word.chip and not line[-1].chip:
        last = line[-1]
        text = f"{last.text} {word.text}" if space else last.text + word.text
        line[-1] = Bit(last.x, last.width + space + word.width, text, False)
    else:
        line.append(Bit(x + space, word.width, word.text, word.chip))


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
