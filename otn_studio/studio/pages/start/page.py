"""The start page of Flows: begin a flow, open one, go on with one of the last."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.pages import figures
from otn_studio.studio.pages.page import Page
from otn_studio.studio.pages.start.flow_row import FlowRow
from otn_studio.studio.pages.start.gallery import Gallery
from otn_studio.studio.pages.start.recent import RecentFlows
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import ThemedIcon, line, look, text
from otn_studio.studio.widgets.scrolling import Scrolling
from otn_studio.studio.words import _


def _utc_now() -> datetime:
    return datetime.now(UTC)


class StartPage(Page):
    """Says what the person wants; it opens nothing itself."""

    new_requested = Signal()
    open_requested = Signal()
    open_path = Signal(Path)
    sample_requested = Signal(str)
    guide_requested = Signal()
    import_requested = Signal()

    def __init__(
        self, recent: RecentFlows, theme: Theme, now: Callable[[], datetime] = _utc_now
    ) -> None:
        super().__init__(_("Flows"))
        self._recent = recent
        self._theme = theme
        self._now = now
        self._background = Background(self)
        self._rows: dict[Path, FlowRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._lay_out()
        recent.changed.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _lay_out(self) -> None:
        open_ = QPushButton(_("Open…"))
        open_.setObjectName("open_flow_file")
        open_.clicked.connect(self.open_requested)
        import_ = QPushButton(_("Import…"))
        import_.setObjectName("import_file")
        import_.clicked.connect(self.import_requested)
        new = QPushButton(_("New flow"))
        new.setObjectName("new_flow")
        look(new, "primary")
        new.clicked.connect(self.new_requested)
        guide = QPushButton(f" {_('Your first flow, in five minutes')}")
        guide.setAccessibleName(_("Your first flow, in five minutes"))
        guide.setObjectName("first_flow")
        ThemedIcon(guide, self._theme, "graduation-cap", "quiet")
        guide.clicked.connect(self.guide_requested)
        self.head.addWidget(guide)
        self.head.addWidget(import_)
        self.head.addWidget(open_)
        self.head.addWidget(new)
        gallery = Gallery(self._theme)
        gallery.chosen.connect(self.sample_requested)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text(_("Recent"), "label"))
        column.addWidget(line())
        column.addLayout(self._list)
        column.addSpacing(16)
        column.addWidget(text(_("Samples to begin with"), "label"))
        column.addWidget(line())
        column.addSpacing(4)
        column.addWidget(gallery)
        column.addStretch(1)
        self.column.addSpacing(24)
        self.scroll(Scrolling("start_room", inner))

    def _show(self) -> None:
        """List what is remembered; whether the files are still there is seen in the background."""
        while self._list.count():
            before = self._list.takeAt(0).widget()
            before.hide()
            before.deleteLater()
        flows = self._recent.all()
        self._rows = {}
        for flow in flows:
            row = FlowRow(flow, figures.past(flow.opened, self._now()), self._theme)
            row.opened.connect(partial(self.open_path.emit, flow.path))
            row.forgotten.connect(partial(self._recent.forget, flow.path))
            self._rows[flow.path] = row
            self._list.addWidget(row)
            self._list.addWidget(line())
        if not flows:
            nothing = text(_("Flows that you open will be listed here."), "quiet")
            nothing.setContentsMargins(0, 8, 0, 0)
            self._list.addWidget(nothing)
        paths = tuple(self._rows)
        self._background.run(lambda: _missing(paths), self._mark_missing)

    def _mark_missing(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if path in self._rows:
                self._rows[path].show_missing()


def _missing(paths: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(path for path in paths if not path.is_file())
