"""The studio as a program."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from otn_studio.studio.services import Services
from otn_studio.studio.theme.theme import Choice, Theme
from otn_studio.studio.window import Window

APPEARANCE = "appearance"


def show(services: Services, folder: Path) -> int:
    """Show the window until it is closed; ``folder`` keeps settings and what was not saved."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("OTN Studio")
    settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
    theme = Theme(application, Choice(settings.value(APPEARANCE, Choice.SYSTEM, str)))
    theme.changed.connect(lambda: settings.setValue(APPEARANCE, theme.choice.value))
    window = Window(services, theme, settings, folder)
    window.open_first()
    window.show()
    return application.exec()
