"""A flow that is open, with everything that goes with it."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from otn_studio.studio.document.document import Document
from otn_studio.studio.document.past import Past
from otn_studio.studio.document.recovery import Recovery
from otn_studio.studio.elsewhere.watch import Elsewhere
from otn_studio.studio.flows.builder import Builder
from otn_studio.studio.flows.publisher import Publisher
from otn_studio.studio.preferences.kept import Preferences
from otn_studio.studio.services.services import Services
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class OpenFlow:
    """Its builder on the screen, its publication, and what a crash would leave of it."""

    def __init__(
        self,
        document: Document,
        services: Services,
        theme: Theme,
        preferences: Preferences,
        recovery_folder: Path,
        home: QWidget,
    ) -> None:
        """``home`` is where its builder is to be seen."""
        self.document = document
        self.builder = Builder(document, services, theme, home)
        self.elsewhere = Elsewhere(document)
        self.recovery = Recovery(document, recovery_folder)
        self.past = Past(document, recovery_folder.with_name("history"))
        self.publisher = Publisher(self.builder, services.publishing, preferences)

    @property
    def state(self) -> str:
        """How it stands, in a few words."""
        saved = _("Saved") if self.document.is_saved else _("Not saved")
        version = self.publisher.live_version
        if version is None:
            return saved
        return _("{saved} · version {version} is live", saved=saved, version=version)

    @property
    def is_untouched(self) -> bool:
        """A new flow in which nothing has been done."""
        document = self.document
        has_past = document.undo_words() or document.redo_words()
        return document.path is None and not has_past and not document.flow.blocks

    def is_of(self, path: Path) -> bool:
        """Whether this is its file."""
        own = self.document.path
        return own is not None and own.absolute() == path.absolute()

    def close(self) -> None:
        self.past.keep_now()
        self.builder.close()
        self.builder.deleteLater()
