from pathlib import Path

from otn_studio.policy.media import Medium
from otn_studio.studio.panel.bringing import Bringing, dropped
from otn_studio.studio.panel.controls import set_look
from otn_studio.studio.panel.editors.short_text import ShortText
from otn_studio.studio.panel.place import Place
from otn_studio.studio.words import _


class WebPicture(ShortText):
    """The address of a picture that Messenger takes from the web only, typed or dropped."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._bringing = Bringing(self, place.tools.document)
        self._bringing.complained.connect(self.remarked)
        self._line.setAcceptDrops(False)
        self.setAcceptDrops(True)
        self._line.editingFinished.connect(self._weigh)

    def dragEnterEvent(self, event) -> None:
        if dropped(event.mimeData()) is not None:
            set_look(self._line, "dropping", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event) -> None:
        set_look(self._line, "dropping", False)

    def dropEvent(self, event) -> None:
        set_look(self._line, "dropping", False)
        brought = dropped(event.mimeData())
        event.acceptProposedAction()
        if isinstance(brought, Path):
            self.remarked.emit(
                _("This picture must be on the web: put it there, and drop its address here.")
            )
        elif brought is not None:
            self.send(brought)
            self._weigh()

    def _weigh(self) -> None:
        if self.place.is_there:
            self._bringing.weigh(self.place.value(), Medium.PICTURE)
