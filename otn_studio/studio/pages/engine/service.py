"""Always on, on the Engine page: one button, and the engine begins by itself."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.service import EngineService, ServiceState
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _

WIDTH = 560


class ServiceCard(QFrame):
    """``changed`` is called when the engine was begun or stopped by it."""

    def __init__(self, service: EngineService, changed: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("service")
        look(self, "card")
        self.setMaximumWidth(WIDTH)
        self._service = service
        self._changed = changed
        self._background = Background(self)
        self._state: ServiceState | None = None
        self._switch = QPushButton(_("Switch on"))
        self._switch.setObjectName("service_switch")
        self._switch.setEnabled(False)
        self._switch.clicked.connect(self._press)
        self._says = text("", "quiet", wraps=True)
        self._says.setObjectName("service_state")
        head = QHBoxLayout()
        head.addWidget(text(_("Always on"), "heading"), 1)
        head.addWidget(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        about = _("Switched on, the engine begins by itself when you log in to this computer.")
        column.addWidget(text(about, "quiet", wraps=True))
        column.addWidget(self._says)
        self._say("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._background.run(self._service.state, self._show, self._failed)

    def _press(self) -> None:
        if self._state is not None and self._state.installed:
            self._do(self._service.remove, _("Switching off…"))
        else:
            self._do(self._service.install, _("Switching on…"))

    def _do(self, work: Callable[[], None], words: str) -> None:
        def done() -> ServiceState:
            work()
            return self._service.state()

        self._switch.setEnabled(False)
        self._say(words)
        self._background.run(done, self._is_done, self._failed)

    def _is_done(self, state: ServiceState) -> None:
        self._show(state)
        self._changed()

    def _show(self, state: ServiceState) -> None:
        self._state = state
        self._switch.setText(_("Switch off") if state.installed else _("Switch on"))
        self._switch.setEnabled(state.installed or not state.why_not)
        if state.installed:
            running = _("It is on, and runs now.")
            self._say(running if state.running else _("It is on, and does not run now."))
        else:
            self._say(state.why_not)

    def _failed(self, error: Exception) -> None:
        self._switch.setEnabled(self._state is not None)
        self._say(sentence(error), "error")

    def _say(self, words: str, kind: str = "quiet") -> None:
        look(self._says, kind)
        self._says.setText(words)
        self._says.setVisible(bool(words))
