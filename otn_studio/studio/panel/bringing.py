"""Files and addresses that people bring by choosing or dropping them, checked before they are kept."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData, QObject, Signal

from otn_studio.blocks.addresses import is_web_address
from otn_studio.blocks.words import Problem
from otn_studio.policy.media import Medium
from otn_studio.studio import beside, web_sizes
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document
from otn_studio.studio.words import _, shown


class Bringing(QObject):
    """Copies a file beside the flow and asks how large one on the web is, off the GUI thread.

    ``complained``: why Messenger would not take it, in a sentence.
    """

    complained = Signal(str)

    def __init__(self, parent: QObject, document: Document) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background(self)

    @property
    def folder(self) -> Path | None:
        """Where the flow lies; it has no place for files before it is saved."""
        if self._document.folder is None:
            self.complained.emit(_("Save the flow first: its files lie beside it."))
        return self._document.folder

    def bring(self, file: Path, medium: Medium, then: Callable[[str], object]) -> None:
        """``then`` gets the way to the file from the folder of the flow."""
        folder = self.folder
        if folder is not None:
            self._background.run(lambda: beside.brought(file, folder, medium), then, self._refuse)

    def weigh(self, url: str, medium: Medium) -> None:
        """Complain of a file on the web that is too large, where its server tells."""
        if is_web_address(url):
            self._background.run(
                lambda: web_sizes.complaint(web_sizes.size_of(url), medium), self._say
            )

    def _say(self, words) -> None:
        if words is not None:
            self.complained.emit(shown(words))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self.complained.emit(shown(error.words))


def dropped(data: QMimeData) -> Path | str | None:
    """The first file that is dropped, else the first address on the web; none where neither is."""
    for url in data.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
        if is_web_address(url.toString()):
            return url.toString()
    text = data.text().strip() if data.hasText() else ""
    return text if is_web_address(text) and not text.split()[1:] else None


def name_of(brought: Path | str) -> str:
    """What the file is called, on the disk or on the web.

    >>> name_of("https://example.com/a/shoe.png?large=1")
    'shoe.png'
    """
    return brought.name if isinstance(brought, Path) else urlsplit(brought).path.rpartition("/")[2]
