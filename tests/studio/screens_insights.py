"""The Insights page: with figures, with long names, in the conversation, and before there are any."""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QWidget

from otn_studio.studio.pages.insights.page import InsightsPage
from otn_studio.studio.window.window import Window
from tests.studio.pages.insights.insights_fake import FLOWS, TOPICS, FakeInsights

LONG = "A topic whose name is as long as a topic’s name may be, that is"
PATIENCE = 20.0


def shoot_insights(window: Window, insights: FakeInsights, shoot: Callable[[str], None]) -> None:
    """Take them all."""
    insights.topics = TOPICS | {"long": LONG, "tickets": "Concert tickets"}
    insights.flows = FLOWS | {"long": "Autumn and winter, everything for children " * 2}
    window.go_to("insights")
    waits(window, "insights_board")
    shoot("insights")
    area = window.findChild(QScrollArea, "insights_area")
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() // 2)
    shoot("insights-middle")
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    shoot("insights-below")
    area.verticalScrollBar().setValue(0)
    _choose(window, "insights_period", 3)
    _choose(window, "insights_topic", 4)
    shoot("insights-year")
    _choose(window, "insights_topic", 1)
    shoot("insights-conversation")
    insights.size = 0
    window.go_to("engine")
    window.go_to("insights")
    waits(window, "no_insights")
    shoot("insights-empty")


def _choose(window: Window, name: str, place: int) -> None:
    box = window.findChild(QComboBox, name)
    assert box is not None
    box.setCurrentIndex(place)
    _settles(window)


def waits(window: Window, name: str) -> None:
    """Until that is to be seen, with all its figures."""
    _until(lambda: any(found.isVisible() for found in window.findChildren(QWidget, name)))
    _settles(window)


def _settles(window: Window) -> None:
    page = window.findChild(InsightsPage)
    assert page is not None
    _until(lambda: not page.is_busy)


def _until(holds: Callable[[], bool]) -> None:
    since = time.monotonic()
    while not holds():
        assert time.monotonic() < since + PATIENCE
        QApplication.processEvents()
        time.sleep(0.01)  # what is loaded beside needs its turn
