"""The quiet line in the foot of the window: there is a newer version."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from otn_studio.studio.updates.release import Release
from otn_studio.studio.widgets.look import look
from otn_studio.studio.words import _


class UpdateLine(QPushButton):
    """Hidden until there is one; a press opens the page that tells of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("update")
        look(self, "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._page = ""
        self.clicked.connect(self._open)
        self.hide()

    def show_release(self, release: Release) -> None:
        self._page = release.page
        self.setText(_("Version {version} is out: see what is new", version=release.version))
        self.setToolTip(release.page)
        self.show()

    def _open(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl(self._page))
