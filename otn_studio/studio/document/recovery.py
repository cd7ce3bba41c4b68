"""What was drawn and not saved survives a crash: it is kept aside, a moment after each change."""

import json
import logging
import zlib
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from otn_studio.flow import reading, writing
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import Unreadable
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document

log = logging.getLogger(__name__)

PAUSE_MILLISECONDS = 700
"""With the time that writing takes, at most two seconds of drawing are lost."""


class Recovery(QObject):
    """Keeps one document's unsaved state in a folder, until it is saved or given up."""

    def __init__(self, document: Document, folder: Path) -> None:
        super().__init__(document)
        self._document = document
        self._file = folder / _name(document)
        self._background = Background(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._keep)
        self._writing = False
        document.state_changed.connect(self._follow)

    def keep_now(self) -> None:
        """Keep what is not saved, here and now: the window closes."""
        self._pause.stop()
        if not self._document.is_saved and self._document.undo_words() is not None:
            _write(self._file, self._document.flow, self._document.path)

    def forget(self) -> None:
        """What is not saved is not wanted any more."""
        self._pause.stop()
        self._file.unlink(missing_ok=True)

    def _follow(self) -> None:
        if self._document.is_saved:
            self.forget()
        elif not self._pause.isActive():
            self._pause.start()

    def _keep(self) -> None:
        if self._writing:
            self._pause.start()
            return
        self._writing = True
        flow, path = self._document.flow, self._document.path
        self._background.run(lambda: _write(self._file, flow, path), self._kept, self._failed)

    def _kept(self, _: None) -> None:
        self._writing = False
        if self._document.is_saved:
            self.forget()

    def _failed(self, error: Exception) -> None:
        self._writing = False
        log.warning("the unsaved flow could not be kept aside: %s", error)


def _name(document: Document) -> str:
    """Of its own for each file, since two of them may hold the same flow."""
    where = f"-{zlib.crc32(str(document.path).encode()):x}" if document.path else ""
    return f"{document.flow.id}{where}.json"


def leftovers(folder: Path) -> list[tuple[Flow, Path | None]]:
    """Flows that a crash left behind, each with the file that it was opened from, the newest last."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
    return [found for file in files if (found := _read(file)) is not None]


def _write(file: Path, flow: Flow, path: Path | None) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = {"path": path and str(path), "flow": writing.written(flow)}
    writing.replace(file, json.dumps(kept, ensure_ascii=False))


def _read(file: Path) -> tuple[Flow, Path | None] | None:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        path = kept["path"]
        return reading.from_data(kept["flow"]), Path(path) if path else None
    except (OSError, ValueError, KeyError, TypeError, Unreadable) as error:
        log.warning("%s can't be recovered: %s", file.name, error)
        return None
