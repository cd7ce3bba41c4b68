"""The line in the foot of the window that says in time that a Page's access key ends."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from otn_studio.studio.pages.engine.engine_watch import EngineWatch
from otn_studio.studio.widgets.look import look
from otn_studio.studio.words import _
from otn_studio.studio.written import day


class EndingLine(QPushButton):
    """Hidden until one ends soon."""

    def __init__(self, watch: EngineWatch) -> None:
        super().__init__()
        self.setObjectName("ending")
        look(self, "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Shows the Pages, where a new key can be pasted"))
        self._watch = watch
        watch.changed.connect(self._say)
        self.hide()

    def _say(self) -> None:
        ending = self._watch.state.ending
        self.setVisible(ending is not None)
        if ending is None:
            return
        said = {"page": ending.page.replace("&", "&&"), "day": day(ending.at)}
        ended = _("The access key of “{page}” has ended on {day}", **said)
        self.setText(
            ended if ending.is_over else _("The access key of “{page}” ends on {day}", **said)
        )
