"""The help: a page, one about a block, what was found, and how the panel leads there."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolButton

from otn_studio.studio.document import files
from otn_studio.studio.window.window import Window


def shoot_help(window: Window, shoot: Callable[[str], None]) -> None:
    """Take them all."""
    window.open(files.sample())
    assert window.builder is not None
    window.builder.selection.select(["ask"], "elements.1.title")
    QApplication.processEvents()
    window.findChild(QToolButton, "panel help").click()
    shoot("panel-help")
    for place in ("windows.md", "first-flow.md", "blocks/otn-request.md", "administrators.md"):
        window.help.open_at(place)
        shoot(f"help-{place.removesuffix('.md').replace('/', '-')}")
    window.findChild(QLineEdit, "help_search").setText("24 hours")
    shoot("help-found")
    window.findChild(QLineEdit, "help_search").setText("parachute")
    shoot("help-nothing-found")
    window.findChild(QLineEdit, "help_search").clear()
    window.findChild(QDialog, "help").close()
