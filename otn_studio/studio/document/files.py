"""Flow files as the window handles them: new, open, save; and what to ask meanwhile."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow, new_id
from otn_studio.flow.json_text import content
from otn_studio.flow.reading import Unreadable, load
from otn_studio.flow.salvaging import Salvaged, salvaged
from otn_studio.studio.document import samples
from otn_studio.studio.document.document import Document
from otn_studio.studio.preferences.kept import Preferences
from otn_studio.studio.problem_words import of_file
from otn_studio.studio.widgets.question import Question
from otn_studio.studio.words import _, shown

FILTER = "OTN Studio (*.json)"
ENDING = ".flow.json"
"""How new files end: systems know by it what opens them."""


def new_flow() -> Document:
    """An empty flow that has no file yet."""
    name = _("New flow")
    return Document(Flow(new_id(name), name))


def sample(name: str = samples.FIRST) -> Document:
    """A sample, as a flow of the person's own."""
    return Document(samples.named(name))


def say(window: QWidget, title: str, sentence: str) -> None:
    """Something that has to be read."""
    note = Question(window, "note", title, sentence)
    note.offer("close", _("Close"), "primary")
    note.ask()


class Files:
    """Everything about files that is asked or said over one window."""

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        self._window = window
        self._preferences = preferences

    def ask_and_open(self) -> Path | None:
        """The file that the person chose to open."""
        folder = str(self._preferences.folder)
        chosen, _filter = QFileDialog.getOpenFileName(self._window, _("Open flow"), folder, FILTER)
        return Path(chosen) if chosen else None

    def ask_and_read(self) -> tuple[Flow, Path] | None:
        """The flow in a file that the person chose to compare with, which is not opened."""
        path = self.ask_and_open()
        document = None if path is None else self.read(path)
        return None if path is None or document is None else (document.flow, path)

    def read(self, path: Path) -> Document | None:
        """The flow in a file; what is wrong with it is said, and what can be saved of it offered."""
        try:
            return Document(load(path), path)
        except Unreadable as problem:
            found = _salvaged(path)
            if found is None:
                say(
                    self._window,
                    _("This file can’t be opened"),
                    of_file(path, shown(problem.words)),
                )
            elif self._wants(found, path, problem):
                return Document.recovered(found.flow, None)
            return None

    def save(self, document: Document, *, elsewhere: bool = False) -> bool:
        """Save the flow, asking where if need be; answers whether it is saved now."""
        path = document.path
        if path is None or elsewhere:
            path = self._ask_where(document, _("Save flow"))
        if path is None:
            return False
        try:
            document.save(path)
        except OSError as error:
            self._say_unsaved(error)
            return False
        return True

    def may_leave(self, document: Document) -> bool:
        """Whether the flow may be closed: it is saved, or its changes are not wanted."""
        is_unchanged = document.undo_words() is None and not document.is_recovered
        if document.is_saved or is_unchanged:
            return True
        words = _("“{flow}” has changes that are not saved.", flow=document.flow.name)
        question = Question(self._window, "unsaved", _("Save this flow?"), words)
        question.offer("stay", _("Stay here"))
        question.offer("drop", _("Don’t save"), "danger")
        question.offer("save", _("Save"), "primary")
        answer = question.ask()
        if answer == "save":
            return self.save(document)
        return answer == "drop"

    def _wants(self, found: Salvaged, path: Path, problem: Unreadable) -> bool:
        """Ask whether to open what is left of a damaged file."""
        count = len(found.flow.blocks)
        left = Words("{n} block can be read.", plural="{n} blocks can be read.", n=count)
        why = (problem.words,) if found.is_whole else ()  # else that is what is lost
        told = " ".join(map(shown, (*why, left, *found.lost)))
        about = _("It opens as a new flow; the file stays as it is.")
        title = _("This file is damaged")
        question = Question(self._window, "damaged", title, of_file(path, f"{told} {about}"))
        question.offer("leave", _("Don’t open it"))
        question.offer("open", _("Open what can be read"), "primary")
        return question.ask() == "open"

    def _say_unsaved(self, error: OSError) -> None:
        problem = _("The flow can’t be saved there: {problem}.", problem=error.strerror)
        say(self._window, _("This flow is not saved"), problem)

    def _ask_where(self, document: Document, title: str) -> Path | None:
        proposal = document.path or self._preferences.folder / f"{document.flow.id}{ENDING}"
        chosen, _filter = QFileDialog.getSaveFileName(self._window, title, str(proposal), FILTER)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_name(path.name + ENDING)


def _salvaged(path: Path) -> Salvaged | None:
    """What can be saved of a damaged file; nothing where no block is left."""
    try:
        text = content(path).decode(errors="replace")
        found = salvaged(text, path.stem)
    except Unreadable:
        return None
    return found if found.flow.blocks else None
