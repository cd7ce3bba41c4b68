"""The engine's page and its badge."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.pages import figures
from otn_studio.studio.pages.engine import engine_watch
from otn_studio.studio.pages.engine.badge import EngineBadge, EngineDot
from otn_studio.studio.pages.engine.ending import EndingLine
from otn_studio.studio.pages.engine.engine_watch import EngineWatch
from otn_studio.studio.pages.engine.page import EnginePage
from otn_studio.studio.services.services import Ending, EngineProcess, EngineState
from tests.studio.desk import Desk
from tests.studio.pages.fakes import NOW, FakeEngine

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture(autouse=True)
def _fast(monkeypatch):
    monkeypatch.setattr(engine_watch, "MILLISECONDS", 10)


@pytest.fixture
def watch(qapp, engine):
    watch = EngineWatch(engine, qapp)
    yield watch
    watch.deleteLater()


@pytest.fixture
def page(qtbot, theme, engine):
    page = EnginePage(EngineWatch(engine), theme, "Kicks & Co", lambda: NOW)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    qtbot.waitUntil(lambda: page.watch.is_known)
    return page


def says(page, name):
    label = page.findChild(QLabel, name)
    return label.text() if label.isVisible() else ""


def go_on(page):
    return page.findChild(QPushButton, "engine_go_on")


def switch(page):
    return page.findChild(QPushButton, "engine_switch")


def test_before_it_is_known_nothing_is_claimed(qtbot, theme, engine):
    page = EnginePage(EngineWatch(engine), theme)
    qtbot.addWidget(page)
    assert page.findChild(QLabel, "engine_state").text() == "One moment…"
    assert not switch(page).isEnabled()


def test_it_starts_and_stops_by_a_press(page, qtbot):
    assert says(page, "engine_state") == "The engine is stopped"
    qtbot.mouseClick(switch(page), LEFT)
    assert says(page, "engine_state") == "Starting…"
    assert not switch(page).isEnabled()
    qtbot.waitUntil(lambda: says(page, "engine_state") == "The engine is running")
    assert says(page, "engine_since").startswith("today ")
    assert switch(page).text() == "Stop"
    qtbot.mouseClick(switch(page), LEFT)
    qtbot.waitUntil(lambda: says(page, "engine_state") == "The engine is stopped")
    assert says(page, "engine_since") == "–"


def test_it_follows_what_happens_elsewhere_while_it_is_seen(page, qtbot, engine):
    engine.now = replace(engine.now, running=True, waiting=1_204, practice=False, since=NOW)
    qtbot.waitUntil(lambda: says(page, "engine_waiting") == "1,204 messages")
    assert says(page, "engine_for") == "Kicks & Co"
    page.hide()
    qtbot.wait(60)  # a look that was under way has ended
    engine.now = replace(engine.now, waiting=1)
    qtbot.wait(60)
    page.show()
    assert says(page, "engine_waiting") == "1,204 messages"
    qtbot.waitUntil(lambda: says(page, "engine_waiting") == "1 message")


def test_practice_is_said(page):
    assert says(page, "engine_for") == "Practice: nothing reaches real people"


def test_its_problem_is_said_in_a_sentence(page, qtbot, engine):
    assert says(page, "engine_problem") == ""
    engine.now = replace(engine.now, running=True)
    qtbot.waitUntil(lambda: says(page, "engine_about").startswith("It keeps answering people"))
    engine.now = replace(engine.now, problem="The Page does not answer.")
    qtbot.waitUntil(lambda: says(page, "engine_problem") == "The Page does not answer.")
    assert says(page, "engine_about") == ""


def test_a_start_that_fails_is_said_and_can_be_tried_again(page, qtbot, engine, monkeypatch):
    monkeypatch.setattr(engine_watch, "MILLISECONDS", 60_000)
    engine.problem = "Another engine has the database."
    qtbot.mouseClick(switch(page), LEFT)
    qtbot.waitUntil(lambda: says(page, "engine_problem") == engine.problem)
    qtbot.wait(50)
    assert says(page, "engine_problem") == engine.problem
    engine.problem = ""
    qtbot.mouseClick(switch(page), LEFT)
    qtbot.waitUntil(lambda: says(page, "engine_state") == "The engine is running")
    assert says(page, "engine_problem") == ""


def test_the_badge_says_it_in_words(qtbot, theme, watch, engine):
    badge = EngineBadge(watch, theme)
    qtbot.addWidget(badge)
    badge.show()
    qtbot.waitUntil(lambda: says(badge, "engine_words") == "Engine stopped")
    engine.now = replace(engine.now, running=True, waiting=3)
    qtbot.waitUntil(lambda: says(badge, "engine_words") == "Engine running, 3 waiting")
    assert badge.findChild(QWidget, "engine_dot").toolTip() == "Engine running, 3 waiting"


def test_the_badge_follows_a_press_on_the_page_at_once(page, qtbot, theme):
    badge = EngineBadge(page.watch, theme)
    qtbot.addWidget(badge)
    badge.show()
    qtbot.mouseClick(switch(page), LEFT)
    qtbot.waitUntil(lambda: says(page, "engine_state") == "The engine is running")
    assert says(badge, "engine_words") == "Engine running, 0 waiting"


def test_the_dot_has_another_shape_in_each_state(qtbot, theme, watch, engine):
    dot = EngineDot(watch, theme)
    qtbot.addWidget(dot)
    dot.show()
    drawn = []
    for state in ({}, {"running": True}, {"running": True, "problem": "It is ill."}):
        engine.now = replace(FakeEngine().now, **state)
        qtbot.waitUntil(lambda: watch.state == engine.now)
        image = dot.grab().toImage()
        sky = image.pixelColor(0, 0)
        drawn.append(
            frozenset(
                (x, y)
                for x in range(image.width())
                for y in range(image.height())
                if image.pixelColor(x, y) != sky
            )
        )
    assert len(set(drawn)) == 3


def test_the_page_stays_where_it_is_while_the_engine_starts(page, qtbot):
    below = QFrame()
    below.setFixedHeight(2_000)
    column = QVBoxLayout(below)
    column.addStretch()
    column.addWidget(QPushButton("Far down"))
    page.put_below(below)
    bar = page.findChild(QScrollArea, "engine_room").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    page.activateWindow()
    switch(page).setFocus()
    qtbot.mouseClick(switch(page), LEFT)
    assert not switch(page).isEnabled()
    assert bar.value() == 0
    qtbot.waitUntil(switch(page).isEnabled)
    assert bar.value() == 0
    assert page.focusWidget() is switch(page)


def stop_page(page, qtbot, engine, why, **state):
    engine.now = replace(engine.now, running=True, problem=why, **state)
    qtbot.waitUntil(lambda: says(page, "engine_problem") == why)


def test_a_page_that_is_stopped_goes_on_by_a_press(page, qtbot, engine):
    assert not go_on(page).isVisible()
    stop_page(page, qtbot, engine, "Messenger has restricted the Page.", may_go_on=True)
    qtbot.mouseClick(go_on(page), LEFT)
    assert says(page, "engine_state") == "The engine is running"
    assert not go_on(page).isEnabled()
    qtbot.waitUntil(lambda: not go_on(page).isVisible())
    assert says(page, "engine_problem") == ""
    assert engine.now.running


def test_where_nobody_may_decide_there_is_no_button(page, qtbot, engine):
    stop_page(page, qtbot, engine, "Messenger has blocked the Page’s messages.")
    assert not go_on(page).isVisible()


@pytest.mark.parametrize(("answer", "goes_on"), [("wait", False), ("go_on", True)])
def test_after_a_restore_it_is_asked_first(page, qtbot, engine, answer, goes_on):
    stop_page(page, qtbot, engine, "A backup was restored.", may_go_on=True, restored=True)
    asked = []

    def reply():
        question = QApplication.activeModalWidget()
        asked.append(question.windowTitle())
        qtbot.mouseClick(question.findChild(QPushButton, answer), LEFT)

    QTimer.singleShot(0, reply)
    qtbot.mouseClick(go_on(page), LEFT)
    assert asked == ["Start sending?"]
    qtbot.waitUntil(lambda: not page.watch.is_changing)
    assert go_on(page).isVisible() is engine.now.restored is not goes_on


def test_a_page_that_can_t_go_on_says_why(page, qtbot, engine):
    stop_page(page, qtbot, engine, "Messenger has restricted the Page.", may_go_on=True)
    engine.problem = "The database is not to be reached."
    qtbot.mouseClick(go_on(page), LEFT)
    qtbot.waitUntil(lambda: says(page, "engine_problem") == engine.problem)
    qtbot.waitUntil(go_on(page).isEnabled)


def test_an_engine_on_servers_is_shown_with_its_processes_and_has_no_switch(page, qtbot, engine):
    silent = EngineProcess("sender", "there", NOW, NOW, gone=True)
    processes = (EngineProcess("webhook", "here", NOW, NOW), silent)
    engine.now = EngineState(True, False, 0, NOW, on_servers=True, processes=processes)
    qtbot.waitUntil(lambda: not switch(page).isVisible())
    qtbot.waitUntil(lambda: "on servers" in says(page, "engine_about"))
    table = page.findChild(QWidget, "engine_processes")
    told = [
        *("Takes webhooks", "here", figures.past(NOW, NOW), "now"),
        *("Sends", "there", figures.past(NOW, NOW), figures.past(NOW, NOW)),
    ]
    qtbot.waitUntil(lambda: cells(table)[4:] == told)
    engine.now = replace(engine.now, processes=(silent,))
    qtbot.waitUntil(lambda: len(cells(table)) == 8)


def cells(table):
    return [label.text() for label in table.findChildren(QLabel) if label.text()]


def test_a_key_that_ends_is_told_in_the_foot_until_there_is_a_new_one(qtbot, watch, engine):
    ending = Ending("Tea & Co", datetime(2026, 11, 30, 12, tzinfo=UTC))
    line = EndingLine(watch)
    qtbot.addWidget(line)
    assert not line.isVisible()
    engine.now = replace(engine.now, ending=ending)
    watch.look()
    qtbot.waitUntil(line.isVisible)
    assert line.text() == "The access key of “Tea && Co” ends on 30 Nov 2026", (
        "no letter is underlined"
    )
    engine.now = replace(engine.now, ending=ending._replace(is_over=True))
    watch.look()
    qtbot.waitUntil(lambda: "has ended" in line.text())
    engine.now = replace(engine.now, ending=None)
    watch.look()
    qtbot.waitUntil(lambda: not line.isVisible())


def test_a_press_on_it_leads_to_the_pages(qtbot, theme, tmp_path):
    desk = Desk(qtbot, theme, tmp_path)
    ending = Ending("Cinema", datetime(2026, 11, 30, tzinfo=UTC))
    desk.engine.now = replace(desk.engine.now, ending=ending)
    qtbot.waitUntil(lambda: desk.window._foot.ending.isVisible())
    desk.press("ending")
    assert desk.window.findChild(QFrame, "pages_card").isVisible()
