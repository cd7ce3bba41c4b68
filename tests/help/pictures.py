"""The pictures in the help: parts of the studio's screens, light, small, and made anew by a command."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from otn_studio import shipped
from otn_studio.studio.theme.theme import Choice, Theme
from tests.help.screens import HelpScreens
from tests.studio.camera import Camera
from tests.studio.screenshots import platform

FOLDER: Final = shipped.path("resources/help/pictures")
SIZE: Final = 1280, 800
FRAME: Final = 1
"""The edge that the desktop draws around a small window."""
SMALLEST: Final = 0
"""What Qt calls the quality of a PNG is how large its file may be."""


class Crop(NamedTuple):
    """A part of the window; without one, the small window that is open over it."""

    part: QRect | None


PANEL: Final = Crop(QRect(937, 48, 343, 716))
UPPER_PANEL: Final = Crop(QRect(937, 48, 343, 372))
BESIDE: Final = Crop(QRect(656, 48, 624, 716))
CANVAS: Final = Crop(QRect(184, 48, 1096, 716))
UPPER: Final = Crop(QRect(184, 48, 1096, 400))
FOOT: Final = Crop(QRect(0, 564, 1280, 236))
DIALOG: Final = Crop(None)
PICTURES: Final = {
    "flow": CANVAS,
    "send-message": CANVAS,
    "otn-request": PANEL,
    "topic-suggestions": UPPER_PANEL,
    "recurring-request": PANEL,
    "problems": FOOT,
    "story": PANEL,
    "practice": PANEL,
    "simulator": BESIDE,
    "tests": BESIDE,
    "topics": UPPER,
    "new-topic": DIALOG,
    "contacts": CANVAS,
    "broadcast-report": UPPER,
    "new-broadcast": DIALOG,
    "new-sequence": DIALOG,
    "engine": UPPER,
    "connect-address": DIALOG,
    "insights": CANVAS,
    "import": CANVAS,
    "versions": CANVAS,
}


class HelpCamera(Camera):
    """Keeps of each screen the part that the help shows."""

    def shoot(self, screen: str) -> None:
        super().shoot(screen)
        whole = self._folder / f"{screen}-{self._suffix}.png"
        part = QImage(str(whole)).copy(self._part(PICTURES[screen]))
        whole.unlink()
        part.save(str(self._folder / f"{screen}.png"), "PNG", SMALLEST)

    def _part(self, crop: Crop) -> QRect:
        if crop.part is not None:
            return crop.part
        dialog = next(w for w in QApplication.topLevelWidgets() if _is_open(w))
        corner = self._window.rect().center() - dialog.rect().center()
        return dialog.rect().translated(corner).adjusted(-FRAME, -FRAME, FRAME, FRAME)


def _is_open(widget: QWidget) -> bool:
    return isinstance(widget, QDialog) and widget.isVisible()


def take(folder: Path) -> None:
    """All pictures, into a folder, in a process that has no screen yet."""
    os.environ["QT_QPA_PLATFORM"] = platform(4 * SIZE[0], 4 * SIZE[1])
    theme = Theme(QApplication([]), Choice.LIGHT)
    screens = HelpScreens(theme, Path(tempfile.mkdtemp()))
    screens.window.resize(*SIZE)
    screens.window.show()
    screens.all(HelpCamera(screens.window, theme, folder, "whole"))
    screens.window.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
