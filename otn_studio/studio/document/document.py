"""The open flow: what it is now, how it came to be, and where it is kept.

Everything that changes the flow goes through `Document.do`, so that one history undoes all of it. Views
listen to ``changed``, compare the flow with the one that they last drew, and draw the difference:
blocks are values, so one that is the same object has not changed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from otn_studio.blocks.words import Words
from otn_studio.flow import writing
from otn_studio.flow.changes import Change, both
from otn_studio.flow.document import Flow

HISTORY_AT_MOST = 1_000


@dataclass(frozen=True)
class Step:
    """Something that was done: the change that takes it back, and what people call it. Steps in a row
    with the same ``merge`` are one.
    """

    inverse: Change
    words: Words
    merge: str = ""


class History(NamedTuple):
    """What undo takes back, and what redo does again; the next of each stands last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()


class Document(QObject):
    """One flow and its history. ``changed``: the flow; ``state_changed``: also what is saved."""

    changed = Signal()
    state_changed = Signal()

    def __init__(self, flow: Flow, path: Path | None = None) -> None:
        super().__init__()
        self._flow = flow
        self._saved: Flow | None = flow if path is not None else None
        self.path = path
        self.is_recovered = False
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @classmethod
    def recovered(cls, flow: Flow, path: Path | None) -> "Document":
        """A flow that was never saved as it is, although there may be a file of it."""
        document = cls(flow)
        document.path = path
        document.is_recovered = True
        return document

    @property
    def flow(self) -> Flow:
        return self._flow

    @property
    def saved(self) -> Flow | None:
        """What the file has, as far as is known; none where there is no file."""
        return self._saved

    @property
    def folder(self) -> Path | None:
        """Where the files lie that the flow sends; none, as long as it has no file itself."""
        return None if self.path is None else self.path.resolve().parent

    @property
    def is_saved(self) -> bool:
        """Whether the file has all of it."""
        return self._flow == self._saved

    def do(self, change: Change, words: Words, merge: str = "") -> None:
        """Make a change. ``words`` say what undo will take back: “Move 3 blocks”.

        Steps in a row with the same ``merge``, such as the letters typed into one field, undo as one.

        Raises:
            Impossible: it does not fit the flow; nothing has changed.
        """
        self._flow, inverse = change.apply(self._flow)
        if merge and self._done and self._done[-1].merge == merge:
            inverse = both(inverse, self._done.pop().inverse)
        self._done.append(Step(inverse, words, merge))
        del self._done[:-HISTORY_AT_MOST]
        self._undone.clear()
        self._tell()

    def end_merging(self) -> None:
        """Let the next step be one of its own, whatever it would merge with."""
        if self._done:
            last = self._done[-1]
            self._done[-1] = Step(last.inverse, last.words)

    def undo(self) -> None:
        self._move(self._done, self._undone)

    def redo(self) -> None:
        self._move(self._undone, self._done)

    def undo_words(self) -> Words | None:
        """What undo would take back; none where there is nothing."""
        return self._done[-1].words if self._done else None

    def redo_words(self) -> Words | None:
        return self._undone[-1].words if self._undone else None

    @property
    def history(self) -> History:
        return History(tuple(self._done), tuple(self._undone))

    def take_up(self, history: History) -> None:
        """Go on with a history that led to this very flow, unless there is one already."""
        if not self._done and not self._undone:
            self._done, self._undone = list(history.done), list(history.undone)
            self.state_changed.emit()

    def save(self, path: Path) -> None:
        """Write the file.

        Raises:
            OSError: it can't be written; the file is as it was.
        """
        writing.save(self._flow, path)
        self.path, self._saved = path, self._flow
        self.state_changed.emit()

    def rebase(self, flow: Flow) -> None:
        """The file has this now, by whomever it was written."""
        self._saved = flow
        self.state_changed.emit()

    def _move(self, source: list[Step], target: list[Step]) -> None:
        if source:
            step = source.pop()
            self._flow, inverse = step.inverse.apply(self._flow)
            target.append(Step(inverse, step.words))
            self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        self.state_changed.emit()
