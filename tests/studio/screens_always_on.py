"""Pictures of what an installed program has besides: the engine always on, and a newer version."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from otn_studio.studio.pages.engine.service import ServiceCard
from otn_studio.studio.services.service import ServiceState
from otn_studio.studio.updates.release import Release
from otn_studio.studio.window.window import Window
from tests.studio.pages.engine.serving import FakeService, FakeUpdates

NOT_HERE = "First connect a Page: to practice, the engine begins when you do."


def shoot_always_on(
    window: Window, service: FakeService, updates: FakeUpdates, shoot: Callable[[str], None]
) -> None:
    """Off, on, what the system says no to, where it can't be; and a newer version in the foot."""
    _show(window, service, ServiceState(False, False))
    shoot("always-on-off")
    _press(window)
    shoot("always-on")
    _show(window, service, ServiceState(False, False))
    service.problem = (
        "This computer can’t begin the engine by itself. Show whoever looks after it"
        " “For administrators” in the help."
    )
    _press(window)
    shoot("always-on-problem")
    service.problem = ""
    _show(window, service, ServiceState(False, False, NOT_HERE))
    shoot("always-on-not-here")
    updates.release = Release("0.2.0", "https://otn-studio.example/0.2.0")
    window.updates.look()
    shoot("newer-version")
    window._foot.newer.hide()


def _show(window: Window, service: FakeService, state: ServiceState) -> None:
    service.now = state
    for page in ("flows", "engine"):
        window.go_to(page)
    card = window.findChild(ServiceCard, "service")
    while card._background.is_busy:
        QApplication.processEvents()
    window.findChild(QScrollArea, "engine_room").ensureWidgetVisible(card)


def _press(window: Window) -> None:
    button = window.findChild(QPushButton, "service_switch")
    while not button.isEnabled():
        QApplication.processEvents()
    button.click()
