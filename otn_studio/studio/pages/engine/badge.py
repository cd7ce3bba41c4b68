"""The engine at a glance: a dot for the menu, and a dot with words for the foot of the window.

The dot is full while the engine runs, a ring while it is stopped, and a diamond where there is a
problem: its shape tells as much as its colour.
"""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.pages.engine.engine_watch import EngineWatch
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _, shown
from otn_studio.studio.written import number

SIZE = 8


def words(watch: EngineWatch) -> str:
    """How the engine does, in a few words."""
    if not watch.is_known:
        return _("Engine")
    if not watch.state.running:
        return _("Engine stopped")
    waiting = number(watch.state.waiting)
    return shown(Words("Engine running, {waiting} waiting", waiting=waiting))


class EngineDot(QWidget):
    """A tiny dot, with the words as its tooltip."""

    def __init__(self, watch: EngineWatch, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("engine_dot")
        self._watch = watch
        self._theme = theme
        self.setFixedSize(SIZE + 4, SIZE + 4)
        watch.show_to(self)
        watch.changed.connect(self._say)
        theme.changed.connect(self.update)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(SIZE + 4, SIZE + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        roles, state = self._theme.roles, self._watch.state
        place = QRectF(2, 2, SIZE, SIZE)
        if self._watch.problem or state.problem:
            painter.setPen(QPen(roles.color("warning"), 0))
            painter.setBrush(roles.color("warning"))
            painter.drawPolygon(_diamond(place.center(), SIZE / 2 + 1))
        elif state.running:
            painter.setPen(QPen(roles.color("success"), 0))
            painter.setBrush(roles.color("success"))
            painter.drawEllipse(place)
        else:
            painter.setPen(QPen(roles.color("quiet"), 1.5))
            painter.drawEllipse(place.adjusted(0.75, 0.75, -0.75, -0.75))

    def _say(self) -> None:
        self.setToolTip(words(self._watch))
        self.setAccessibleName(words(self._watch))
        self.update()


class EngineBadge(QWidget):
    """For the foot of the window."""

    def __init__(self, watch: EngineWatch, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("engine_badge")
        self._watch = watch
        self._words = text("")
        self._words.setObjectName("engine_words")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(EngineDot(watch, theme))
        row.addWidget(self._words)
        watch.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        self._words.setText(words(self._watch))


def _diamond(center: QPointF, reach: float) -> QPolygonF:
    x, y = center.x(), center.y()
    corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    return QPolygonF([QPointF(*corner) for corner in corners])
