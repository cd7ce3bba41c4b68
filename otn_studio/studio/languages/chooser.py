"""Choosing among languages: those of a flow, and others to add."""

from collections.abc import Iterable

from PySide6.QtCore import Signal

from otn_studio.blocks.languages import NAMES, language_name
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import BESIDE_CHOSEN, CalmCombo

LETTERS = 9
"""Room for most of their names."""


class LanguageChooser(CalmCombo):
    """``chosen``: a person chose a language, by its code."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, words: str) -> None:
        super().__init__(theme)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setMinimumContentsLength(LETTERS)
        self.activated.connect(lambda place: self.chosen.emit(self.itemData(place)))

    def offer(self, codes: Iterable[str], current: str, first: str = "") -> None:
        """Offer these; ``first`` are the words for none of them."""
        wanted = [("", first)] if first else []
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(first) + BESIDE_CHOSEN)
        wanted += [(code, language_name(code)) for code in codes]
        if wanted != [
            (self.itemData(place), self.itemText(place)) for place in range(self.count())
        ]:
            self.clear()
            for code, words in wanted:
                self.addItem(words, code)
        self.setCurrentIndex(max(self.findData(current), 0))


def others(taken: Iterable[str]) -> list[str]:
    """The languages that could be added, by their names."""
    left = NAMES.keys() - set(taken)
    return sorted(left, key=language_name)
