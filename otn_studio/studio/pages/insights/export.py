"""The figures as a file: a table for calculating with, or a picture."""

import csv
from dataclasses import astuple
from pathlib import Path

from PySide6.QtCore import QSaveFile, QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from otn_studio.blocks.words import Problem
from otn_studio.studio.pages.insights import words
from otn_studio.studio.services.insight import Insight
from otn_studio.studio.words import _


def ask_where(parent: QWidget, proposal: str, kind: str, suffix: str) -> Path | None:
    """The file that the person chose; none, if they thought better of it."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    proposed = Path(QStandardPaths.writableLocation(place)) / f"{proposal}{suffix}"
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Export figures"), str(proposed), kind)
    path = Path(chosen)
    return path.with_suffix(path.suffix or suffix) if chosen else None


def write_table(insight: Insight, file: Path) -> None:
    """One row for each day, with the funnel and what became of permissions.

    Raises:
        Problem: it can't be written there.
    """
    titles = [_("Day"), *map(words.stage, words.STAGES), *map(words.change, words.CHANGES)]
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(titles)
            for day, figures in sorted(insight.days.items()):
                changes = astuple(insight.permissions[day])
                writer.writerow([day.isoformat(), *astuple(figures), *changes])
    except OSError as error:
        raise _not_written(file) from error


def write_picture(picture: QImage, file: Path) -> None:
    """As PNG, or whatever the file's name says.

    Raises:
        Problem: it can't be written there.
    """
    made = QSaveFile(str(file))
    kind = file.suffix.removeprefix(".").upper() or "PNG"
    written = made.open(QSaveFile.OpenModeFlag.WriteOnly) and picture.save(made, kind)
    if not written or not made.commit():
        raise _not_written(file)


def _not_written(file: Path) -> Problem:
    return Problem("{file} can’t be written. Choose another place.", file=file.name)
