"""Pictures of the Pages on the Engine page, and of the assistant that connects one."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from otn_studio.studio.connecting.assistant import Assistant
from otn_studio.studio.connecting.store import Step
from otn_studio.studio.window.window import Window
from tests.studio.connecting.fakes import BAKERY, CONNECTED, ENDING, WRONG, FakePages


def shoot_connecting(window: Window, pages: FakePages, shoot: Callable[[str], None]) -> None:
    """None yet, several, each step, a step that fails, and the end."""
    before = dict(pages.rows)
    pages.rows |= {row.id: row for row in (CONNECTED, ENDING)}
    pages.rows["4713"] = BAKERY.__class__(
        "4713", "A Page whose name is as long as Pages’ names get"
    )
    for page in ("flows", "engine"):
        window.go_to(page)
    shoot("pages")
    _press(window, "connect_page")
    pages.problems[Step.TOKEN] = WRONG
    _press(window, "test_step")
    shoot("connect-wrong")
    _press(window, "outcome_more")
    shoot("connect-details")
    pages.problems.clear()
    window.findChild(Assistant).reject()
    _press(window, f"steps_{CONNECTED.id}")
    for step in list(Step)[1:]:
        _press(window, f"step_{step}")
        shoot(f"connect-{step}")
    pages.heard = True
    window.findChild(Assistant)._show(None)
    shoot("connect-done")
    window.findChild(Assistant).reject()
    pages.rows = before


def _press(window: Window, name: str) -> None:
    found = [w for w in window.findChildren(QPushButton, name) if w.isVisible()]
    made: QWidget = found[-1]
    made.click()
