"""A text of several lines."""

from html import escape, unescape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from otn_studio.studio.theme import sides

BEFORE, AFTER = '<p style="white-space: pre-wrap; margin: 0">', "</p>"


class Wrapped(QLabel):
    """Taken literally: people's own words may look like markup.

    From right to left, Qt moves each line of a plain text off its edge, by the blank at which it was
    broken, and cuts as much off its other end. In a document it does not: so one is made of the text.
    """

    def __init__(self, words: str) -> None:
        super().__init__(wordWrap=True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._is_document = sides.are_swapped()
        kind = Qt.TextFormat.RichText if self._is_document else Qt.TextFormat.PlainText
        self.setTextFormat(kind)
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(f"{BEFORE}{escape(words)}{AFTER}" if self._is_document else words)

    def text(self) -> str:
        words = super().text()
        return unescape(words[len(BEFORE) : -len(AFTER)]) if self._is_document else words
