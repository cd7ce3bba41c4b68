"""A flow's file may be changed by another program, or another person: that is noticed."""

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from otn_studio.blocks.words import Words
from otn_studio.flow.becoming import Become
from otn_studio.flow.document import Flow
from otn_studio.flow.merging import Merged, merged
from otn_studio.flow.reading import Unreadable, load
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document

PAUSE_MILLISECONDS = 200
"""Others may write a file in several steps."""
Mark = tuple[int, int, int]


class Elsewhere(QObject):
    """Watches the file of one document. ``changed``: there is something to bring together, or not any
    more. ``taken_in``: the file was changed, and all of it is in the drawing now.
    """

    changed = Signal()
    taken_in = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._wait)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._look)
        self._background = Background(self)
        self._known: Mark | None = None
        self._saved: Flow | None = None
        self.theirs: Flow | None = None
        document.state_changed.connect(self._follow)
        self._follow()

    @property
    def is_overtaken(self) -> bool:
        """Whether saving now would write over something that has not been seen here."""
        path = self._document.path
        if path is None or self.theirs is not None:
            return self.theirs is not None
        if _mark(path) in (self._known, None):
            return False
        self._take(*_read(path))
        return self.theirs is not None

    def together(self, *, follow_theirs: bool = False) -> Merged:
        """What the drawing and the file are together."""
        base, theirs = self._document.saved, self.theirs
        assert base is not None
        assert theirs is not None
        return merged(base, self._document.flow, theirs, follow_theirs=follow_theirs)

    def bring_together(self, *, follow_theirs: bool = False) -> None:
        """Take into the drawing what the file has of new."""
        flow, theirs = self.together(follow_theirs=follow_theirs).flow, self.theirs
        assert theirs is not None
        self.theirs = None
        if flow != self._document.flow:
            self._document.do(Become.like(flow), Words("Take in what was changed elsewhere"))
        self._document.rebase(theirs)
        self.changed.emit()
        self.taken_in.emit()

    def _follow(self) -> None:
        """The document may have another file now, or have written it."""
        path, saved = self._document.path, self._document.saved
        if saved is self._saved and path is not None and str(path) in self._watcher.files():
            return
        self._saved = saved
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        if path is not None and saved is not None:
            self._known = _mark(path)
            self._watcher.addPath(str(path))

    def _wait(self) -> None:
        self._pause.start()

    def _look(self) -> None:
        path = self._document.path
        if path is not None and path.exists():
            self._watcher.addPath(str(path))  # one that was replaced is watched no longer
            self._background.run(lambda: _read(path), lambda found: self._take(*found))

    def _take(self, mark: Mark | None, flow: Flow | None) -> None:
        """What the file says now; one that can't be read leaves everything as it is."""
        if flow is None or self._document.saved is None:
            return
        self._known = mark
        was_clean = self._document.is_saved
        is_news = flow != self._document.saved and flow != self._document.flow
        self.theirs = flow if is_news else None
        if is_news and was_clean:
            self.bring_together()
        elif flow == self._document.flow:
            self._document.rebase(flow)
        self.changed.emit()


def _read(path: Path) -> tuple[Mark | None, Flow | None]:
    mark = _mark(path)
    try:
        return mark, load(path)
    except Unreadable:
        return mark, None


def _mark(path: Path) -> Mark | None:
    """Another one once the file has been written."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
