"""A flow that is open, with everything that goes with it."""

from pathlib import Path

from otn_studio.studio.builder import Builder
from otn_studio.studio.document import Document
from otn_studio.studio.publisher import Publisher
from otn_studio.studio.recovery import Recovery
from otn_studio.studio.services import Services
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class OpenFlow:
    """Its builder on the screen, its publication, and what a crash would leave of it."""

    def __init__(
        self, document: Document, services: Services, theme: Theme, recovery_folder: Path
    ) -> None:
        self.document = document
        self.builder = Builder(document, services, theme)
        self.recovery = Recovery(document, recovery_folder)
        self.publisher = Publisher(self.builder, services.publishing)

    @property
    def state(self) -> str:
        """How it stands, in a few words."""
        saved = _("Saved") if self.document.is_saved else _("Not saved")
        version = self.publisher.live_version
        if version is None:
            return saved
        return _("{saved} · version {version} is live", saved=saved, version=version)

    def close(self) -> None:
        self.builder.close()
        self.builder.deleteLater()
