"""The small button in a text that opens the choice of emoji."""

from collections import deque
from collections.abc import Callable, Iterator

from otn_studio.blocks.languages import said
from otn_studio.studio.document.document import Document
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.words import _

REMEMBERED = 16


class RecentEmoji:
    """Those that were chosen last, the latest first, and the texts of the flow, which have some too."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.chosen: deque[str] = deque(maxlen=REMEMBERED)

    def texts(self) -> Iterator[str]:
        for block in self._document.flow.blocks.values():
            for text in said(block):
                yield text.text

    def take(self, emoji: str) -> None:
        """Remember that it was chosen."""
        if emoji in self.chosen:
            self.chosen.remove(emoji)
        self.chosen.appendleft(emoji)


class InsertEmoji(IconButton):
    """Opens the popup below itself; ``put`` gets what is chosen."""

    def __init__(self, theme: Theme, recent: RecentEmoji, put: Callable[[str], None]) -> None:
        super().__init__(theme, "smile", _("Insert an emoji"))
        self._recent, self._put = recent, put
        self.clicked.connect(self._open)

    def _open(self) -> None:
        # only now: reading the tables of Unicode takes time that the start has not
        from otn_studio.studio.panel.emoji.chooser import EmojiChooser

        chooser = EmojiChooser(self, self._recent.chosen, self._recent.texts())
        chooser.chosen.connect(self._take)
        chooser.open_below(self)

    def _take(self, emoji: str) -> None:
        self._recent.take(emoji)
        self._put(emoji)
