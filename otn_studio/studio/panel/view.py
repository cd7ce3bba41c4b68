"""One screenful of the panel: a header that stays, and a body that scrolls."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from otn_studio.blocks.finding import Finding
from otn_studio.studio.panel.header import Header
from otn_studio.studio.panel.problems import Problems
from otn_studio.studio.panel.target import Target
from otn_studio.studio.panel.targets import every, nearest, share
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme

MARGIN = 16
SCROLL_BAR = 10
"""Its width in the style sheet."""


class View(QWidget):
    """The problems that belong to no field of it stand at the top of its body.

    It is built within its ``parent``: Qt would work out the style of all its parts once more, if they
    came there later.
    """

    def __init__(
        self,
        theme: Theme,
        header: Header,
        parent: QWidget,
        tell: Callable[[Finding], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.header = header
        self._top = Problems(theme, tell=tell)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setSpacing(16)
        self.column.addWidget(self._top)
        self.area = QScrollArea()
        self.area.setWidget(self.body)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._make_room()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(header)
        outer.addWidget(self.area, 1)

    def targets(self) -> Iterator[Target]:
        """What shows problems here, in the order of the form."""
        return iter(())

    def stops(self) -> Iterator[QWidget]:
        """Where the Tab key stops, in order."""
        yield from self.header.stops()
        for target in self.targets():
            yield from target.stops()

    def reach(self, field: str) -> None:
        """Make what this field is edited with, if there was no time for it yet."""

    def refresh(self) -> None:
        """Show the flow as it is now, in place."""

    def of_here(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those that this view is to show, with their fields as paths."""
        return []

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Each one beside its field, the others at the top. ``findings`` are all of the flow."""
        left = share(self.of_here(findings), list(every(self.targets())))
        self._top.show_findings(left)

    def take_focus(self, field: str) -> None:
        """Go to the input of a field, or to the first there is, and bring it into sight."""
        self.reach(field)
        targets = list(every(self.targets()))
        target = nearest(targets, field) if field else None
        target = target or next(iter(targets), None)
        if target is not None:
            target.take_focus(field)
            self._bring_into_sight(target)

    def _bring_into_sight(self, target: QWidget) -> None:
        """Once everything has its place: a view that is new has not."""
        QTimer.singleShot(0, target, lambda: self.area.ensureWidgetVisible(target))

    @property
    def problems(self) -> list[str]:
        """What is said at the top."""
        return self._top.texts

    def _make_room(self) -> None:
        """The scroll bar stands in the margin, so that the form keeps its width."""
        bar = self.area.verticalScrollBar()
        right = MARGIN - SCROLL_BAR if bar.maximum() else MARGIN
        self.column.setContentsMargins(sides.margins(MARGIN, MARGIN, right, 24))

    def order_tab_stops(self) -> None:
        for first, second in pairwise(self.stops()):
            QWidget.setTabOrder(first, second)
