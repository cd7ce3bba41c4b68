"""What was done to a flow can be undone after a restart, too.

Its history is kept beside the program's own data, and never in the flow's file.
"""

import hashlib
import json
import logging
import zlib
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from otn_studio.blocks.words import Words
from otn_studio.flow import kept_changes, writing
from otn_studio.flow.change import Impossible
from otn_studio.flow.document import Flow
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document, History, Step

log = logging.getLogger(__name__)

PAUSE_MILLISECONDS = 700
STEPS_KEPT: Final = 200
FILES_KEPT: Final = 100


class Past(QObject):
    """Keeps one document's history in a folder, and takes it up when the same flow is opened again."""

    def __init__(self, document: Document, folder: Path) -> None:
        super().__init__(document)
        self._document = document
        self._folder = folder
        self._kept: Flow | None = None
        self._background = Background(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._keep)
        file, flow = self._file, document.flow
        self._background.run(lambda: _read(file, flow), self._take_up)
        document.state_changed.connect(self._follow)

    def keep_now(self) -> None:
        """The flow is closed."""
        self._pause.stop()
        if self._has_changed():
            try:
                _write(self._file, self._document.flow, self._document.history)
            except OSError as error:
                self._failed(error)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read or written."""
        return self._background.is_busy

    @property
    def _file(self) -> Path:
        """Of its own for each file, since two of them may hold the same flow."""
        path = self._document.path
        where = f"-{zlib.crc32(str(path).encode()):x}" if path else ""
        return self._folder / f"{self._document.flow.id}{where}.json"

    def _take_up(self, history: History | None) -> None:
        if history is not None:
            self._document.take_up(history)
            self._kept = self._document.flow

    def _follow(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _keep(self) -> None:
        if self._has_changed():
            file, flow, history = self._file, self._document.flow, self._document.history
            self._kept = flow
            work = lambda: _write(file, flow, history)  # noqa: E731
            self._background.run(work, lambda _: None, self._failed)

    def _has_changed(self) -> bool:
        history = self._document.history
        return bool(history.done or history.undone) and self._kept is not self._document.flow

    def _failed(self, error: Exception) -> None:
        log.warning("the history of the flow could not be kept: %s", error)


def _write(file: Path, flow: Flow, history: History) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        "of": _mark(flow),
        "done": [_written(step) for step in history.done[-STEPS_KEPT:]],
        "undone": [_written(step) for step in history.undone[-STEPS_KEPT:]],
    }
    writing.replace(file, json.dumps(kept, ensure_ascii=False))
    others = sorted(file.parent.glob("*.json"), key=lambda other: other.stat().st_mtime)
    for old in others[:-FILES_KEPT]:
        old.unlink(missing_ok=True)


def _read(file: Path, flow: Flow) -> History | None:
    """The history, if it led to this very flow and can be gone back and forth."""
    if not file.exists():
        return None
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["of"] != _mark(flow):
            return None
        history = History(*(tuple(map(_step, kept[part])) for part in ("done", "undone")))
        for steps in history:
            _replay(flow, steps)
    except (OSError, ValueError, KeyError, TypeError, Impossible) as error:
        log.warning("%s can't be taken up: %s", file.name, error)
        return None
    return history


def _replay(flow: Flow, steps: tuple[Step, ...]) -> None:
    for step in reversed(steps):
        flow, _inverse = step.inverse.apply(flow)


def _mark(flow: Flow) -> str:
    """The same for the same flow only."""
    return hashlib.sha256(writing.to_text(flow).encode()).hexdigest()


def _written(step: Step) -> dict[str, Any]:
    return {"change": kept_changes.written(step.inverse), "words": _words(step.words)}


def _step(data: Any) -> Step:
    return Step(kept_changes.read(data["change"]), _said(data["words"]))


def _words(words: Words) -> dict[str, Any]:
    values = {
        name: _words(value) if isinstance(value, Words) else str(value)
        for name, value in words.values.items()
    }
    return {"text": words.text, "plural": words.plural, "n": words.n, "values": values}


def _said(data: Any) -> Words:
    values = {
        name: _said(value) if isinstance(value, dict) else value
        for name, value in data["values"].items()
    }
    return Words(data["text"], plural=data["plural"], n=data["n"], **values)
