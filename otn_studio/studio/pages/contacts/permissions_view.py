"""What a person has said yes to: each permission with its topic, its state and its end."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from otn_studio.studio.pages.contacts import words
from otn_studio.studio.pages.topics.how_often import how_often
from otn_studio.studio.services.people import Permission, Status
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconLabel, discard
from otn_studio.studio.widgets.look import ThemedIcon, text
from otn_studio.studio.words import _

LIVE = (Status.USABLE, Status.WAITS, Status.TAKEN)


class PermissionsView(QWidget):
    """``removing``: the permission of that number is to be used no more."""

    removing = Signal(int)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._now = theme, now
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)

    def show_permissions(self, permissions: tuple[Permission, ...]) -> None:
        """Those that can be used stand first."""
        while (item := self._rows.takeAt(0)) is not None:
            discard(item.widget())
        if not permissions:
            self._rows.addWidget(text(_("No permission was given yet."), "quiet"))
        for one in sorted(permissions, key=lambda one: one.status not in LIVE):
            self._rows.addWidget(self._row(one))

    def _row(self, one: Permission) -> QFrame:
        frame = QFrame()
        frame.setObjectName(f"permission_{one.id}")
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        is_live = one.status in LIVE
        icon, role = ("bell-ring", "permission") if is_live else ("bell-off", "quiet")
        row.addWidget(IconLabel(self._theme, icon, role))
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(text(one.topic, "strong" if is_live else "", wraps=True))
        can = words.status(one, self._now())
        said = _("{often}: {status}", often=how_often(one.frequency), status=can)
        column.addWidget(text(said, "quiet", wraps=True))
        column.addWidget(text(words.lasts(one), "quiet", wraps=True))
        row.addLayout(column, 1)
        if is_live:
            row.addWidget(self._remove_button(one))
        return frame

    def _remove_button(self, one: Permission) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"remove_permission_{one.id}")
        button.setToolTip(_("Remove this permission"))
        button.setAccessibleName(_("Remove the permission for “{topic}”", topic=one.topic))
        ThemedIcon(button, self._theme, "trash-2", "quiet")
        button.clicked.connect(lambda: self.removing.emit(one.id))
        return button
