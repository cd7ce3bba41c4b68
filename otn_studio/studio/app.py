"""The studio as a program."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from otn_studio.studio.preferences import speech
from otn_studio.studio.preferences.kept import SCALES, Preferences
from otn_studio.studio.services.services import Services
from otn_studio.studio.theme.icons import icon
from otn_studio.studio.theme.theme import Choice, Theme
from otn_studio.studio.window.window import Window

APPEARANCE = "appearance"
AGAIN = 100
"""The exit code of a studio that is to open anew, for a preference that counts from the start on."""


def show(services: Services, folder: Path, flows: Sequence[Path] = ()) -> int:
    """Show the window, with these flows, until it is closed; ``folder`` keeps settings and what was
    not saved.
    """
    settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
    preferences = Preferences(settings)
    application = _scaled(preferences.scale)
    application.setApplicationName("OTN Studio")
    application.setDesktopFileName("otn-studio")
    application.setWindowIcon(icon("otn-studio"))
    speech.speak(application, preferences.language)
    theme = Theme(application, Choice(settings.value(APPEARANCE, Choice.SYSTEM, str)))
    theme.changed.connect(lambda: settings.setValue(APPEARANCE, theme.choice.value))
    window = Window(services, theme, settings, folder)
    window.again.connect(lambda: application.exit(AGAIN))
    window.open_first(flows)
    window.show()
    window.updates.look()
    return application.exec()


def _scaled(percent: int) -> QApplication:
    """The application in its size, which Qt reads from the environment, and only now."""
    before = os.environ.get("QT_SCALE_FACTOR")
    if percent != SCALES[0]:
        os.environ["QT_SCALE_FACTOR"] = str(percent / 100)
    application = QApplication(sys.argv[:1])
    if before is None:
        os.environ.pop("QT_SCALE_FACTOR", None)
    else:
        os.environ["QT_SCALE_FACTOR"] = before
    return application
