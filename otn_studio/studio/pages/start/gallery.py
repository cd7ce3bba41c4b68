"""The samples on the start page: a picture of each, its name, and what it is good for."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from otn_studio.flow.document import Flow
from otn_studio.studio.background import Background
from otn_studio.studio.canvas.fonts import ThemeFonts
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.overview import Overview
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.document import samples
from otn_studio.studio.document.samples import Sample
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.widgets.wrapping_row import GAP, WrappingRow
from otn_studio.studio.words import _, shown

CARD = QSize(240, 240)
"""At the least; they share what is left of the width."""
PICTURE = 104
MARGIN = 12
ZOOM_AT_MOST = 0.16
NOWHERE = Box(0, 0, 1, 1)


class Gallery(QWidget):
    """``chosen``: the name of the sample of which the person wants a copy."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("gallery")
        self._theme = theme
        self._cards = WrappingRow(self)
        Background(self).run(samples.all_samples, self._show)

    def _show(self, found: Sequence[Sample]) -> None:
        for sample in found:
            card = SampleCard(sample, self._theme)
            card.chosen.connect(partial(self.chosen.emit, sample.name))
            self._cards.addWidget(card)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many beside each other as have room, together as wide as the page."""
        columns = (self.width() + GAP) // (CARD.width() + GAP)
        width = (self.width() + GAP) // columns - GAP if columns > 1 else CARD.width()
        for card in self.findChildren(SampleCard):
            card.setFixedWidth(width)


class SampleCard(QFrame):
    """A press anywhere on it opens a copy."""

    chosen = Signal()

    def __init__(self, sample: Sample, theme: Theme) -> None:
        super().__init__()
        look(self, "card")
        self.setFixedSize(CARD)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        title = shown(sample.title)
        open_ = QPushButton(_("Open a copy"))
        open_.setObjectName(f"open_sample_{sample.name}")
        open_.setAccessibleName(_("Open a copy of “{flow}”", flow=title))
        open_.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(4)
        column.addWidget(FlowPicture(sample.flow, theme))
        column.addSpacing(4)
        column.addWidget(text(title, "heading"))
        column.addWidget(text(shown(sample.sentence), "quiet", wraps=True))
        column.addStretch(1)
        column.addWidget(open_, 0, Qt.AlignmentFlag.AlignLeft)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_on_it = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_on_it:
            self.chosen.emit()


class FlowPicture(QWidget):
    """A flow from afar, in the colours of the theme; laid out when it is first seen."""

    def __init__(self, flow: Flow, theme: Theme) -> None:
        super().__init__()
        self._flow = flow
        self._theme = theme
        self._plan: Plan | None = None
        self.setFixedHeight(PICTURE)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plan is None:
            self._plan = Plan(ThemeFonts())
            self._plan.show(self._flow)
        ink = Ink(self._theme.roles, self._theme.is_dark)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(frame, ink.color("canvas"))
        painter.setClipRect(self.rect())
        painter.setTransform(self._transform(self._plan.bounds() or NOWHERE), True)
        Overview(self._plan).paint(painter, ink)
        painter.end()

    def _transform(self, bounds: Box) -> QTransform:
        wide, high = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        zoom = min(wide / bounds.width, high / bounds.height, ZOOM_AT_MOST)
        left = (self.width() - bounds.width * zoom) / 2
        top = (self.height() - bounds.height * zoom) / 2
        return QTransform.fromTranslate(left, top).scale(zoom, zoom).translate(-bounds.x, -bounds.y)
