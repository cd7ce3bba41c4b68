"""How wide texts are in the program's typeface; words come back often, so they are measured once."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from otn_studio.studio.theme.type import LABEL, SMALL, TEXT, font

STYLES = {
    "text": (LABEL, False),
    "strong": (LABEL, True),
    "title": (TEXT, True),
    "small": (SMALL, False),
    "small_strong": (SMALL, True),
}
WORDS_KEPT = 4_000


class ThemeFonts:
    """The widths that `shape` asks for. Needs the application to be there."""

    def __init__(self) -> None:
        self.text = _widths(style_font("text"))
        self.strong = _widths(style_font("strong"))
        self.title = _widths(style_font("title"))
        self.small = _widths(style_font("small"))
        self.small_strong = _widths(style_font("small_strong"))


@lru_cache(maxsize=8)
def style_font(style: str) -> QFont:
    size, strong = STYLES[style]
    return font(size, strong=strong)


def _widths(font: QFont) -> Callable[[str], float]:
    metrics = QFontMetricsF(font)

    @lru_cache(maxsize=WORDS_KEPT)
    def width(
        text: str,
    ) -> float:  # a function of ours: a method of Qt's brings its help texts along
        return metrics.horizontalAdvance(text)

    return width
