"""The timeline: everything that happened with one person and why, the latest first."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.help.button import HelpButton
from otn_studio.studio.help.places import of_outcome
from otn_studio.studio.pages.contacts.person_watch import PersonWatch
from otn_studio.studio.pages.figures import past
from otn_studio.studio.services.people import Moment, Side
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconLabel, discard
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.widgets.scrolling import Scrolling
from otn_studio.studio.words import _, shown

MARGIN = 16
ICONS = {
    Side.PERSON: ("message-circle", "text"),
    Side.PAGE: ("send", "accent"),
    Side.BOT: ("zap", "quiet"),
}


class TimelineView(Scrolling):
    """Grows by a press on what was earlier; the arrow keys scroll it."""

    def __init__(self, watch: PersonWatch, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__("timeline", gutter=MARGIN)
        self.setAccessibleName(_("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._watch, self._theme, self._now = watch, theme, now
        self._shown: tuple[Moment, ...] = ()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(sides.margins(MARGIN, 12, 0, 0))
        column.setSpacing(0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        column.addLayout(self._rows)
        column.addSpacing(12)
        self._nothing = text(_("Nothing has happened yet."), "quiet")
        column.addWidget(self._nothing)
        self._earlier = QPushButton(_("Show what was earlier"))
        self._earlier.setObjectName("earlier")
        look(self._earlier, "quiet")
        self._earlier.clicked.connect(watch.earlier)
        column.addWidget(self._earlier)
        column.addStretch(1)
        self.show_inner(inner)
        watch.told.connect(self._show)
        self._show()

    def _show(self) -> None:
        moments = self._watch.moments
        kept = len(self._shown) if moments[: len(self._shown)] == self._shown else 0
        if not kept:
            while (item := self._rows.takeAt(0)) is not None:
                discard(item.widget())
            self.verticalScrollBar().setValue(0)
        for moment in moments[kept:]:
            self._rows.addWidget(MomentRow(moment, self._theme, self._now()))
        self._shown = moments
        self._nothing.setVisible(not moments and self._watch.person is not None)
        self._earlier.setVisible(self._watch.has_earlier)


class MomentRow(QFrame):
    """One line: who, what, when, and what became of it."""

    def __init__(self, moment: Moment, theme: Theme, now: datetime) -> None:
        super().__init__()
        self.setObjectName("moment")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, *ICONS[moment.side]), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        row.addLayout(column, 1)
        head = QHBoxLayout()
        head.setSpacing(8)
        said = text(shown(moment.words), "quiet", wraps=True)
        head.addWidget(said, 1)
        head.addWidget(text(past(moment.at, now), "quiet"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if moment.text:
            column.addWidget(text(moment.text, wraps=True))
        if moment.outcome is not None:
            column.addLayout(self._outcome(moment, theme))
        if moment.details:
            self.setToolTip(moment.details)

    @staticmethod
    def _outcome(moment: Moment, theme: Theme) -> QHBoxLayout:
        assert moment.outcome is not None
        row = QHBoxLayout()
        row.setSpacing(6)
        icon, role = ("triangle-alert", "danger") if moment.failed else ("clock", "quiet")
        row.addWidget(IconLabel(theme, icon, role, 14), 0, Qt.AlignmentFlag.AlignTop)
        words = shown(moment.outcome)
        label = text(
            words[:1].upper() + words[1:], "error" if moment.failed else "quiet", wraps=True
        )
        label.setObjectName("outcome")
        row.addWidget(label, 1)
        if place := of_outcome(moment.outcome):
            row.addWidget(HelpButton(theme, place), 0, Qt.AlignmentFlag.AlignTop)
        return row
