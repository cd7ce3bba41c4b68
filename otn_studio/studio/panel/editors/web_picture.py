from pathlib import Path

from otn_studio.policy.media import Medium
from otn_studio.studio.panel.bringing import Bringing
from otn_studio.studio.panel.editors.dropping import TakesDrops
from otn_studio.studio.panel.editors.short_text import ShortText
from otn_studio.studio.panel.place import Place
from otn_studio.studio.words import _


class WebPicture(TakesDrops, ShortText):
    """The address of a picture that Messenger takes from the web only, typed or dropped."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._bringing = Bringing(self, place.tools.document)
        self._bringing.complained.connect(self.remarked)
        self._line.setAcceptDrops(False)
        self.setAcceptDrops(True)
        self._line.editingFinished.connect(self._weigh)

    def take(self, brought: Path | str) -> None:
        """Make an address the value; a file has to be on the web first."""
        if isinstance(brought, Path):
            self.remarked.emit(
                _("This picture must be on the web: put it there, and drop its address here.")
            )
        else:
            self.send(brought)
            self._weigh()

    def _weigh(self) -> None:
        if self.place.is_there:
            self._bringing.weigh(self.place.value(), Medium.PICTURE)
