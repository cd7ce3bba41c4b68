"""The figures as files: tables for calculating with, or a picture."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSaveFile, QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from otn_studio.blocks.words import Problem, Words
from otn_studio.flow.spreadsheets import harmless
from otn_studio.studio.pages.insights import words
from otn_studio.studio.services.insight import Figures, Insight
from otn_studio.studio.words import _

Row = Sequence[str | int]


def ask_where(parent: QWidget, proposal: str, kind: str, suffix: str) -> Path | None:
    """The file that the person chose; none, if they thought better of it."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    proposed = Path(QStandardPaths.writableLocation(place)) / f"{proposal}{suffix}"
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Export figures"), str(proposed), kind)
    path = Path(chosen)
    return path.with_suffix(path.suffix or suffix) if chosen else None


def write_table(rows: Iterable[Row], file: Path) -> None:
    """A table with its titles first.

    Raises:
        Problem: it can't be written there.
    """
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as opened:
            csv.writer(opened).writerows(rows)
    except OSError as error:
        raise _not_written(file) from error


def days(insight: Insight) -> Iterator[Row]:
    """The funnel of each day, and what became of permissions."""
    changes = map(words.change, words.CHANGES)
    yield [_("Day"), *_stages(), *changes]
    for day, figures in sorted(insight.days.items()):
        yield [day.isoformat(), *astuple(figures), *astuple(insight.permissions[day])]


def topics(insight: Insight) -> Iterator[Row]:
    yield [_("Topic"), *_stages()]
    yield from _named(insight.topics, words.no_topic())


def flows(insight: Insight) -> Iterator[Row]:
    yield [_("Flow"), *_stages()]
    yield from _named(insight.flows, words.no_flow())


def hours(insight: Insight) -> Iterator[Row]:
    """Written as spreadsheets read a time of day in every country."""
    yield [_("Hour"), *_stages()]
    for hour, figures in enumerate(insight.hours):
        yield [f"{hour:02}:00", *astuple(figures)]


def forecast(insight: Insight) -> Iterator[Row]:
    """The permissions that are left at the end of each day to come."""
    yield [_("Day"), _("Permissions left")]
    for day, left in sorted(insight.forecast.left.items()):
        yield [day.isoformat(), left]


TABLES: Final[Mapping[str, tuple[Words, Callable[[Insight], Iterable[Row]]]]] = {
    "days": (Words("Days (CSV)…"), days),
    "topics": (Words("Topics (CSV)…"), topics),
    "flows": (Words("Flows (CSV)…"), flows),
    "hours": (Words("Hours of the day (CSV)…"), hours),
    "forecast": (Words("How long permissions last (CSV)…"), forecast),
}
"""All that the page shows can be had as a table; each with what its entry in the menu is called."""


def _stages() -> list[str]:
    return [words.stage(name) for name in words.STAGES]


def _named(those: Sequence[tuple[str, Figures]], nameless: str) -> Iterator[Row]:
    for name, figures in those:
        yield [harmless(name or nameless), *astuple(figures)]


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
