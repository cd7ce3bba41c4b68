"""How the engine does, asked every two seconds while somebody looks."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.services import EngineControl, EngineState

MILLISECONDS = 2_000
UNKNOWN = EngineState(running=False, practice=True, waiting=0, since=None)


class EngineWatch(QObject):
    """Asks for all the widgets that show the engine, as long as one of them is visible."""

    changed = Signal()

    def __init__(self, engine: EngineControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._background = Background(self)
        self._lookers: set[QObject] = set()
        self._timer = QTimer(self, interval=MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self.state = UNKNOWN
        self.is_known = False
        self.is_changing = False
        self.is_switching = False
        self.problem = ""

    def show_to(self, widget: QWidget) -> None:
        """Keep asking while the widget is visible."""
        widget.installEventFilter(self)
        if widget.isVisible():
            self._begin(widget)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._begin(widget)
        elif event.type() == QEvent.Type.Hide:
            self._lookers.discard(widget)
            if not self._lookers:
                self._timer.stop()
        return False

    def look(self) -> None:
        """Ask now, unless an answer is on its way."""
        if not self._background.is_busy:
            self._background.run(self._engine.state, self._heard, self._failed)

    def start(self) -> None:
        self._change(self._engine.start, switches=True)

    def stop(self) -> None:
        self._change(self._engine.stop, switches=True)

    def go_on(self) -> None:
        """Let the Page send again."""
        self._change(self._engine.go_on)

    def _begin(self, widget: QObject) -> None:
        self._lookers.add(widget)
        self._timer.start()
        self.look()

    def _change(self, work: Callable[[], None], *, switches: bool = False) -> None:
        """Do it, and see what came of it. What was asked for before is let go."""
        if self.is_changing:
            return
        self.is_changing, self.is_switching, self.problem = True, switches, ""

        def changed() -> EngineState:
            work()
            return self._engine.state()

        self._background.run(changed, self._changed, self._not_changed)
        self.changed.emit()

    def _changed(self, state: EngineState) -> None:
        self.is_changing = self.is_switching = False
        self._heard(state)

    def _not_changed(self, error: Exception) -> None:
        self.is_changing = self.is_switching = False
        self._failed(error)

    def _heard(self, state: EngineState) -> None:
        if not self.is_changing:
            self.state, self.is_known = state, True
            self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if not self.is_changing:
            self.problem = sentence(error)
            self.changed.emit()
