"""A language that is read from right to left: English, which says so."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from otn_studio.studio import words

MARK = "\N{RIGHT-TO-LEFT MARK}"


class Mirrored:
    """Every text begins as one of a language that is read from right to left."""

    def gettext(self, message: str) -> str:
        return f"{MARK}{message}"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"{MARK}{one if n == 1 else many}"


def mirror(application: QApplication) -> None:
    """Let everything that is made from now on be read from right to left."""
    words._TRANSLATOR = Mirrored()
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
