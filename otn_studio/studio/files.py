"""Flow files as the window handles them: new, open, save, export; and what to ask meanwhile."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from otn_studio.flow import writing
from otn_studio.flow.document import Flow, new_id
from otn_studio.flow.reading import Unreadable, load
from otn_studio.studio import samples
from otn_studio.studio.document import Document
from otn_studio.studio.pages.question import Question
from otn_studio.studio.words import _, shown

FILTER = "OTN Studio (*.json)"


def new_flow() -> Document:
    """An empty flow that has no file yet."""
    name = _("New flow")
    return Document(Flow(new_id(name), name))


def sample(name: str = samples.FIRST) -> Document:
    """A sample, as a flow of the person's own."""
    return Document(samples.named(name))


def ask_and_open(window: QWidget) -> Path | None:
    """The file that the person chose to open."""
    chosen, _filter = QFileDialog.getOpenFileName(window, _("Open flow"), _folder(), FILTER)
    return Path(chosen) if chosen else None


def read(window: QWidget, path: Path) -> Document | None:
    """The flow in a file; what is wrong with it is said over the window."""
    try:
        return Document(load(path), path)
    except Unreadable as problem:
        say(window, _("This file can't be opened"), f"{path.name}: {shown(problem.words)}")
        return None


def save(window: QWidget, document: Document, *, elsewhere: bool = False) -> bool:
    """Save the flow, asking where if need be; answers whether it is saved now."""
    path = document.path
    if path is None or elsewhere:
        path = _ask_where(window, document, _("Save flow"))
    if path is None:
        return False
    try:
        document.save(path)
    except OSError as error:
        _say_unsaved(window, error)
        return False
    return True


def export(window: QWidget, document: Document) -> None:
    """Write a copy of the flow; the document goes on with its own file."""
    path = _ask_where(window, document, _("Export flow"))
    if path is None:
        return
    try:
        writing.save(document.flow, path)
    except OSError as error:
        _say_unsaved(window, error)


def may_leave(window: QWidget, document: Document) -> bool:
    """Whether the flow may be closed: it is saved, or its changes are not wanted."""
    if document.is_saved or document.undo_words() is None:
        return True
    words = _("“{flow}” has changes that are not saved.", flow=document.flow.name)
    question = Question(window, "unsaved", _("Save this flow?"), words)
    question.offer("stay", _("Stay here"))
    question.offer("drop", _("Don't save"), "danger")
    question.offer("save", _("Save"), "primary")
    answer = question.ask()
    if answer == "save":
        return save(window, document)
    return answer == "drop"


def say(window: QWidget, title: str, sentence: str) -> None:
    """Something that has to be read."""
    note = Question(window, "note", title, sentence)
    note.offer("close", _("Close"), "primary")
    note.ask()


def _say_unsaved(window: QWidget, error: OSError) -> None:
    problem = _("The flow can't be saved there: {problem}.", problem=error.strerror)
    say(window, _("This flow is not saved"), problem)


def _ask_where(window: QWidget, document: Document, title: str) -> Path | None:
    proposal = document.path or Path(_folder()) / f"{document.flow.id}.json"
    chosen, _filter = QFileDialog.getSaveFileName(window, title, str(proposal), FILTER)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".json")


def _folder() -> str:
    places = QStandardPaths.StandardLocation
    return QStandardPaths.writableLocation(places.DocumentsLocation)
