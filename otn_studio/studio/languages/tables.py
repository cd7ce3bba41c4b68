"""Translations as files for somebody else: written, and read again."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from otn_studio.blocks.languages import language_name
from otn_studio.blocks.words import Problem, Words
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.flow.translation_table import from_csv, to_csv
from otn_studio.studio.document import files
from otn_studio.studio.document.document import Document
from otn_studio.studio.words import _, shown

FILTER = "CSV (*.csv)"


def export(window: QWidget, flow: Flow, language: str) -> None:
    """Write the table where the person wants it. Spreadsheets tell by its first character how."""
    proposal = str(Path(_folder()) / f"{flow.id}-{language}.csv")
    chosen, _filter = QFileDialog.getSaveFileName(window, _("Export texts"), proposal, FILTER)
    if not chosen:
        return
    path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".csv")
    try:
        writing.replace(path, "\ufeff" + to_csv(flow, language))
    except OSError as error:
        problem = _("The table can’t be written there: {problem}.", problem=error.strerror)
        files.say(window, _("This table is not exported"), problem)


def ask_and_import(window: QWidget, document: Document, language: str) -> None:
    """Take the translations of a table; all of them can be undone at once."""
    chosen, _filter = QFileDialog.getOpenFileName(window, _("Import texts"), _folder(), FILTER)
    if not chosen:
        return
    try:
        imported = from_csv(document.flow, language, _read(Path(chosen)))
    except Problem as problem:
        files.say(window, _("This table can’t be imported"), shown(problem.words))
        return
    if imported.count:
        document.do(imported.change, Words("Import texts"))
    words = Words(
        "{n} text in {language} is new.",
        plural="{n} texts in {language} are new.",
        n=imported.count,
        language=language_name(language),
    )
    sentence = shown(words)
    if imported.unknown:
        over = Words(
            "{n} line of the table is of no text of this flow.",
            plural="{n} lines of the table are of no text of this flow.",
            n=imported.unknown,
        )
        sentence += " " + shown(over)
    files.say(window, _("Texts imported"), sentence)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("The table is not a text in UTF-8. Export it as “CSV UTF-8”.") from error
    except OSError as error:
        raise Problem("The file can’t be opened: {problem}.", problem=error.strerror) from error


def _folder() -> str:
    places = QStandardPaths.StandardLocation
    return QStandardPaths.writableLocation(places.DocumentsLocation)
