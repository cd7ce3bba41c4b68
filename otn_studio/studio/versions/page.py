"""The versions of a flow: who made which when, what each changed, and the way back."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget

from otn_studio.blocks.words import Problem, Words
from otn_studio.flow.becoming import Become
from otn_studio.flow.document import Flow
from otn_studio.studio.background import Background
from otn_studio.studio.compare.comparison import Comparison
from otn_studio.studio.compare.page_beside import PageBeside
from otn_studio.studio.document.document import Document
from otn_studio.studio.services.services import Publishing, VersionRow
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.versions.list import DRAWING, VersionList
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.empty import Empty
from otn_studio.studio.widgets.look import look
from otn_studio.studio.widgets.segments import Segments
from otn_studio.studio.words import _, shown

BEFORE, NOW = range(2)
"""With what a version is compared."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class VersionsPage(PageBeside):
    """``went_back``: another version is live. ``said``: one sentence. ``publish_wanted``: the first."""

    went_back = Signal()
    publish_wanted = Signal()
    said = Signal(str)

    def __init__(
        self, publishing: Publishing, theme: Theme, now: Callable[[], datetime] = _utc_now
    ) -> None:
        super().__init__(theme, "leave_versions", Elided("", "title"))
        self._publishing = publishing
        self._now = now
        self._background = Background(self)
        self._document: Document | None = None
        self._rows: tuple[VersionRow, ...] = ()
        self._with = Segments("compare_with", (_("With the one before"), _("With the drawing")))
        self._with.chosen.connect(lambda _number: self._compare())
        policy = self._with.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._with.setSizePolicy(policy)
        self._take = _button("take_version", _("Take onto the canvas"))
        self._take.clicked.connect(self._take_version)
        self._back = _button("go_back", _("Make live again"), "primary")
        self._back.clicked.connect(self._go_back)
        self._list = VersionList(theme)
        self._list.picked.connect(lambda _number: self._compare())
        self._list.entitled.connect(self._entitle)
        self._comparison = Comparison(theme)
        self._middle = QStackedWidget()
        self._lay_out()

    def show_flow(self, document: Document) -> None:
        """Show the versions of a flow."""
        self._document = document
        self.title.say(_("Versions of “{flow}”", flow=document.flow.name))
        self._rows = ()
        self._list.show_versions((), self._now())
        self._look()

    def _lay_out(self) -> None:
        for widget in (self._with, self._take, self._back):
            self.head.addWidget(widget)
        none = Empty("no_versions")
        none.say(_("Each time you publish, a version will stand here."), _("Publish"))
        none.pressed.connect(self.publish_wanted)
        self._middle.addWidget(none)
        self._middle.addWidget(self._comparison)
        body = QHBoxLayout()
        body.setContentsMargins(sides.margins(16, 0, 0, 0))
        body.setSpacing(8)
        body.addWidget(self._list)
        body.addWidget(self._middle, 1)
        self.column.addLayout(body, 1)

    def _look(self) -> None:
        """See in the background what there is."""
        flow_id = self._flow.id
        self._run(lambda: self._publishing.versions(flow_id), self._show)

    @property
    def _flow(self) -> Flow:
        assert self._document is not None
        return self._document.flow

    def _show(self, rows: Sequence[VersionRow]) -> None:
        self._rows = tuple(rows)
        self._list.show_versions(rows, self._now())

    def _compare(self) -> None:
        """Show what the version that is looked at has of different."""
        self._show_what_can_be_done()
        self._middle.setCurrentIndex(int(bool(self._rows)))
        self._list.setVisible(bool(self._rows))
        if self._rows:
            pair, flow, publishing = self._pair(self._list.number), self._flow, self._publishing
            self._run(
                lambda: tuple(
                    flow if number == DRAWING else publishing.version(flow.id, number)
                    for number in pair
                ),
                lambda flows: self._show_pair(pair, flows),
            )

    def _show_pair(self, pair: tuple[int, int], flows: tuple[Flow, Flow]) -> None:
        if pair == self._pair(self._list.number):
            self._comparison.compare(*flows)

    def _show_what_can_be_done(self) -> None:
        row = next((row for row in self._rows if row.number == self._list.number), None)
        for button in (self._take, self._back):
            button.setVisible(bool(self._rows))
        self._take.setEnabled(row is not None)
        self._back.setEnabled(row is not None and not row.live)
        self._with.setVisible(row is not None)

    def _pair(self, number: int) -> tuple[int, int]:
        """The numbers of what was before and what came after it."""
        if number == DRAWING:
            return next(
                (row.number for row in self._rows if row.live), self._rows[0].number
            ), DRAWING
        if self._with.number == NOW:
            return number, DRAWING
        return next((row.number for row in self._rows if row.number < number), number), number

    def _take_version(self) -> None:
        flow, number = self._flow, self._list.number
        self._run(lambda: self._publishing.version(flow.id, number), self._take_over)

    def _take_over(self, flow: Flow) -> None:
        assert self._document is not None
        words = Words("Take version {number}", number=self._list.number)
        self._document.do(Become.like(flow), words)
        self.left.emit()

    def _go_back(self) -> None:
        flow, number = self._flow, self._list.number
        self._back.setEnabled(False)
        self._run(
            lambda: self._publishing.go_back(flow.id, number), lambda _none: self._gone_back(number)
        )

    def _gone_back(self, number: int) -> None:
        self.said.emit(_("Version {version} is live.", version=number))
        self.went_back.emit()
        self._look()

    def _entitle(self, number: int, title: str) -> None:
        flow = self._flow
        self._run(
            lambda: self._publishing.entitle(flow.id, number, title), lambda _none: self._look()
        )

    def _run(self, work: Callable, done: Callable) -> None:
        """In the background; what goes wrong is said, and so is nothing of a flow that was left."""
        document = self._document
        self._background.run(
            work, lambda found: done(found) if document is self._document else None, self._fail
        )

    def _fail(self, error: Exception) -> None:
        known = isinstance(error, Problem)
        self.said.emit(shown(error.words) if known else _("That did not work. Please try again."))
        self._show_what_can_be_done()


def _button(name: str, words: str, kind: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    if kind:
        look(button, kind)
    return button
