from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from otn_studio.blocks.words import Words
from otn_studio.policy import media
from otn_studio.policy.media import Medium
from otn_studio.studio.panel.bringing import Bringing
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.editors.dropping import TakesDrops
from otn_studio.studio.panel.names import part_within
from otn_studio.studio.panel.place import Place
from otn_studio.studio.words import _


class Source(TakesDrops, Editor):
    """Where a picture or the like comes from: an address, or a file that is chosen or dropped."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._bringing = Bringing(self, place.tools.document)
        self._bringing.complained.connect(self.remarked)
        self._line = QLineEdit()
        self._line.setAcceptDrops(False)
        self.setAcceptDrops(True)
        self.use(self._line)
        self._button = QPushButton(_("Choose file…"))
        self._button.setProperty("look", "small")
        self._button.setObjectName(f"{place.path} file")
        across = self._button.sizePolicy().horizontalPolicy()
        self._button.setSizePolicy(across, QSizePolicy.Policy.Ignored)  # as high as the line
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(self._button)
        self.body.addLayout(row)
        self.watch(self._line)
        self._line.textEdited.connect(self.send)
        self._line.editingFinished.connect(self._weigh)
        self._line.editingFinished.connect(self._show_beginning)
        self._button.clicked.connect(self._choose)

    def show_value(self, value: Any) -> None:
        if value != self._line.text():
            cursor = self._line.cursorPosition()
            self._line.setText(value)
            self._line.setCursorPosition(min(cursor, len(value)))
            self._show_beginning()

    def focus_on(self, field: str) -> None:
        super().focus_on(field)
        self._show_beginning()

    def hint(self, text: str) -> bool:
        self._line.setPlaceholderText(text)
        self._line.setToolTip(text)
        return True

    def stops(self) -> Iterator[QWidget]:
        yield from (self._line, self._button)

    def take(self, brought: Path | str) -> None:
        """Make a file or an address the value, if Messenger takes it."""
        if isinstance(brought, Path):
            self._bringing.bring(brought, self._medium, self._put)
        else:
            self._put(brought)
            self._weigh()

    def _show_beginning(self) -> None:
        """Of a long address, its beginning is seen, unless it is being written."""
        if not self._line.hasFocus():
            self._line.setCursorPosition(0)

    @property
    def _medium(self) -> Medium:
        return self.place.owner().medium

    def _choose(self) -> None:
        folder = self._bringing.folder
        if folder is None:
            return
        title = _("Choose {what}", what=part_within(type(self.place.owner())))
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window(), title, str(folder), _filter(self._medium)
        )
        if chosen:
            self.take(Path(chosen))

    def _put(self, url: str) -> None:
        if self.place.is_there:
            what = part_within(type(self.place.owner()))
            self.send(url, words=Words("Choose {what}", what=what))

    def _weigh(self) -> None:
        if self.place.is_there:
            self._bringing.weigh(self.place.value(), self._medium)


def _filter(medium: Medium) -> str:
    endings = " ".join(f"*{ending}" for ending in media.suffixes(medium)) or "*"
    return f"{_('Files')} ({endings})"
