from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from otn_studio.blocks.words import Problem
from otn_studio.policy import media
from otn_studio.policy.media import Medium
from otn_studio.studio import beside
from otn_studio.studio.background import Background
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.names import part_within
from otn_studio.studio.panel.place import Place
from otn_studio.studio.words import _, shown


class Source(Editor):
    """Where a picture or the like comes from: an address, or a file that is chosen."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._background = Background(self)
        self._line = QLineEdit()
        self.use(self._line)
        self._button = QPushButton(_("Choose file…"))
        self._button.setProperty("look", "small")
        self._button.setObjectName(f"{place.path} file")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(self._button)
        self.body.addLayout(row)
        self.watch(self._line)
        self._line.textEdited.connect(self.send)
        self._button.clicked.connect(self._choose)

    def show_value(self, value: Any) -> None:
        if value != self._line.text():
            cursor = self._line.cursorPosition()
            self._line.setText(value)
            self._line.setCursorPosition(min(cursor, len(value)))

    def hint(self, text: str) -> bool:
        self._line.setPlaceholderText(text)
        self._line.setToolTip(text)
        return True

    def stops(self) -> Iterator[QWidget]:
        yield from (self._line, self._button)

    @property
    def _folder(self) -> Path | None:
        return self.place.tools.document.folder

    def _choose(self) -> None:
        folder = self._folder
        if folder is None:
            self.remarked.emit(_("Save the flow first: its files lie beside it."))
            return
        part = self.place.owner()
        title = _("Choose {what}", what=part_within(type(part)))
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window(), title, str(folder), _filter(part.medium)
        )
        if chosen:
            self._background.run(
                lambda: beside.brought(Path(chosen), folder), self._take, self._refuse
            )

    def _take(self, path: str) -> None:
        if self.place.is_there:
            self.send(path)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self.remarked.emit(shown(error.words))


def _filter(medium: Medium) -> str:
    endings = " ".join(f"*{ending}" for ending in media.suffixes(medium)) or "*"
    return f"{_('Files')} ({endings})"
