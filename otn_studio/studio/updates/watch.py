"""Asks once a day, if that is wanted, and remembers what it heard."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from otn_studio.studio.background import Background
from otn_studio.studio.preferences.kept import Preferences
from otn_studio.studio.updates.release import Release, Updates, is_newer

_ASKED, _VERSION, _PAGE = "updates/asked", "updates/version", "updates/page"
WEB: Final = "https://"
LOOKS_EVERY: Final = 60 * 60 * 1_000
"""Milliseconds between two looks whether there is another day."""


def _today() -> date:
    return datetime.now(UTC).date()


class UpdateWatch(QObject):
    """``found``: there is a newer version than this one."""

    found = Signal(Release)

    def __init__(
        self,
        updates: Updates,
        settings: QSettings,
        parent: QObject,
        today: Callable[[], date] = _today,
    ) -> None:
        super().__init__(parent)
        self._updates = updates
        self._settings = settings
        self._preferences = Preferences(settings)
        self._background = Background(self)
        self._today = today
        self._timer = QTimer(self, interval=LOOKS_EVERY)
        self._timer.timeout.connect(self.look)

    def look(self) -> None:
        """Say what is known, and ask where nobody has today; from now on every day that comes."""
        self._timer.start()
        if not self._preferences.looks_for_updates:
            return
        self._tell(self._known())
        today = self._today().isoformat()
        if self._settings.value(_ASKED, "", str) != today:
            self._settings.setValue(_ASKED, today)
            self._background.run(self._updates.newest, self._heard, lambda _problem: None)

    def _known(self) -> Release:
        kept = self._settings
        return Release(str(kept.value(_VERSION, "", str)), str(kept.value(_PAGE, "", str)))

    def _heard(self, release: Release | None) -> None:
        if release is not None and release != self._known():
            self._settings.setValue(_VERSION, release.version)
            self._settings.setValue(_PAGE, release.page)
            self._tell(release)

    def _tell(self, release: Release) -> None:
        if is_newer(release.version, self._updates.version) and release.page.startswith(WEB):
            self.found.emit(release)
