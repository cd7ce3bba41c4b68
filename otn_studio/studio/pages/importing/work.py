"""What the import page has done in the background."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from otn_studio.exchange import folder as folders
from otn_studio.exchange import formats, reading
from otn_studio.exchange.report import Imported

STEPS = 1_000


class Cancelled(Exception):
    """The person wants it no more."""


@dataclass(frozen=True)
class Found:
    """What would become of a file. ``there`` are the files that would be written over."""

    program: str
    imported: Imported
    there: tuple[Path, ...]


def look_into(file: Path, folder: Path) -> Found:
    """Read a file for the project in a folder; nothing is written.

    Raises:
        Unreadable: it is of no format that is known, or broken.
    """
    content = reading.content(file)
    format = formats.recognised(content)
    imported = format.read(content, folders.project(folder), file.stem)
    targets = folders.files(imported.new, folder)
    return Found(format.title, imported, tuple(path for path in targets if path.exists()))


class Job(QObject):
    """Brings how far it is from the thread that works, and there the wish to stop."""

    came = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.is_cancelled = False

    def step(self, done: float) -> None:
        if self.is_cancelled:
            raise Cancelled
        self.came.emit(round(done * STEPS))
