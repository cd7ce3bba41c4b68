"""The Insights page, with hands."""

import csv
import subprocess
import sys
from dataclasses import astuple
from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QToolTip, QWidget

from otn_studio.blocks.words import Problem
from otn_studio.studio.pages.insights import export
from otn_studio.studio.pages.insights.page import InsightsPage
from otn_studio.studio.pages.insights.periods import steps
from otn_studio.studio.services.insight import IN_CONVERSATION, Choice, PermissionDay
from otn_studio.studio.widgets.scrolling import BOTTOM
from tests.studio.pages.insights.insights_fake import TODAY, FakeInsights
from tests.studio.theme.test_contrast import contrast


class Hands:
    """The page, and what a person does on it."""

    def __init__(self, qtbot, theme, insights: FakeInsights) -> None:
        self.bot, self.insights = qtbot, insights
        self.page = InsightsPage(insights, theme)
        qtbot.addWidget(self.page)
        self.page.resize(1240, 900)
        self.page.show()
        qtbot.waitExposed(self.page)

    def waits(self, holds) -> None:
        self.bot.waitUntil(lambda: bool(holds()), timeout=20_000)

    def seen(self, name: str) -> bool:
        return any(w.isVisible() for w in self.page.findChildren(QWidget, name))

    def find(self, name: str, kind: type = QWidget):
        found = [w for w in self.page.findChildren(kind, name) if w.isVisible()]
        assert found, f"there is no {name!r} to be seen"
        return found[-1]

    def choose(self, name: str, words: str) -> None:
        """In a box, by the keyboard: what begins so."""
        looked = len(self.insights.asked)
        box = self.find(name, QComboBox)
        self.bot.keyClick(box, Qt.Key.Key_Home)
        while not box.currentText().startswith(words):
            self.bot.keyClick(box, Qt.Key.Key_Down)
        self.waits(lambda: len(self.insights.asked) > looked)
        self.settles()

    def settles(self) -> None:
        self.waits(lambda: not self.page.is_busy)

    def export(self, place: int) -> None:
        button = self.find("export_figures")
        button.menu().actions()[place].trigger()
        self.settles()


@pytest.fixture
def hands(qtbot, theme):
    hands = Hands(qtbot, theme, FakeInsights())
    hands.waits(lambda: hands.seen("funnel_chart"))
    hands.settles()
    board = hands.find("insights_board")
    hands.waits(lambda: board.height() >= board.minimumSizeHint().height())
    return hands


def test_it_shows_the_last_30_days_of_everything(hands):
    choice = hands.insights.asked[-1]
    assert (choice.first, choice.last) == (TODAY - timedelta(days=29), TODAY)
    assert (choice.topic, choice.flow) == (None, None)
    whole = hands.insights.look(choice).total
    told = hands.find("funnel_chart").accessibleDescription()
    assert told.startswith(f"Asked {whole.asked:,}, Opted in {whole.opted_in:,}")
    assert hands.find("sum_read", QLabel).text() == f"Read {whole.read:,}"


def test_there_is_air_below_the_last_chart(hands):
    area, chart = hands.find("insights_area"), hands.find("hours_chart")
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    card = chart.parentWidget()
    end = card.mapTo(area.viewport(), card.rect().bottomLeft()).y() + 1
    assert area.viewport().height() - end == BOTTOM


def test_another_period_topic_and_flow_are_chosen(hands):
    hands.choose("insights_period", "Last 7")
    week = TODAY - timedelta(days=6)
    assert Choice(week, TODAY) in hands.insights.asked
    hands.choose("insights_topic", "Weekly")
    assert Choice(week, TODAY, "deals") in hands.insights.asked
    hands.choose("insights_flow", "Welc")
    assert Choice(week, TODAY, "deals", "welcome") in hands.insights.asked
    hands.choose("insights_period", "Since")
    assert Choice(None, TODAY, "deals", "welcome") in hands.insights.asked


def test_messages_in_the_conversation_have_no_permissions(hands):
    assert hands.seen("permissions_chart")
    hands.choose("insights_topic", "In the")
    assert hands.insights.asked[-1].topic == IN_CONVERSATION
    assert not hands.seen("permissions_chart")
    assert not hands.seen("forecast_chart")


def test_a_press_on_a_topic_shows_only_that(hands):
    table = hands.find("topics_table")
    hands.find("insights_area").ensureWidgetVisible(table)
    place = table.visualRect(table.model().index(1, 0)).center()
    hands.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.settles()
    assert hands.insights.asked[-1].topic == "deals"
    assert hands.find("insights_topic", QComboBox).currentText() == "Weekly deals"


def test_the_forecast_says_when_permissions_run_out(hands):
    said = hands.find("forecast_says", QLabel).text()
    assert "4,017 permissions can be used." in said
    assert "they last until 17 Jul 2027" in said


def test_figures_under_the_mouse_are_told(hands):
    chart = hands.find("days_chart")
    hands.bot.mouseMove(chart.viewport(), QPoint(chart.width() // 2, 80))
    hands.waits(lambda: "Opted in: " in QToolTip.text())
    assert "2026" in QToolTip.text()
    QToolTip.hideText()


def test_the_topmost_line_is_above_all_that_is_drawn(hands):
    chart = hands.find("days_chart")
    insight = hands.insights.look(hands.insights.asked[-1])
    highest = max(figures.sent for figures in insight.days.values())
    low, high = chart.plot.viewRange()[1]
    ((_step, lines),) = chart.left.tickValues(low, high, chart.height())
    assert highest <= max(lines) < high


def test_a_bar_can_be_told_from_the_ground_up_to_its_end(hands, theme):
    """The pale part, what was sent but not read, ends in an edge of the full colour."""
    chart = hands.find("hours_chart")
    hands.find("insights_area").ensureWidgetVisible(chart)
    hands.bot.wait(50)
    hours = hands.insights.look(hands.insights.asked[-1]).hours
    busiest = max(range(24), key=lambda hour: hours[hour].sent)
    end = chart.plot.mapViewToScene(QPointF(busiest, hours[busiest].sent)).toPoint()
    seen = chart.grab().toImage()
    ground = theme.roles.color("raised")
    near = [contrast(seen.pixelColor(end.x(), end.y() + off), ground) for off in (-1, 0, 1)]
    assert max(near) >= 3


@pytest.fixture
def american():
    """A person whose clock has twelve hours."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def test_hours_are_those_of_the_persons_clock(american, hands):
    told = hands.find("hours_chart").told_at(14)
    assert told.startswith("2:00\u202fPM\nSent: ")


def test_the_table_has_a_row_for_each_day(hands, tmp_path, monkeypatch):
    file = tmp_path / "figures.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    hands.export(0)
    hands.waits(file.exists)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        titles, *rows = csv.reader(opened)
    assert titles[:3] == ["Day", "Asked", "Opted in"]
    assert titles[-4:] == ["Gained", "Used", "Stopped", "Expired"]
    insight = hands.insights.look(hands.insights.asked[-1])
    day, *first = rows[0]
    assert day == (TODAY - timedelta(days=29)).isoformat()
    assert [int(value) for value in first[:6]] == list(astuple(next(iter(insight.days.values()))))
    assert len(rows) == 30


def exported(hands, table: str, file, monkeypatch) -> list[list[str]]:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    hands.export(list(export.TABLES).index(table))
    hands.waits(file.exists)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.reader(opened))


@pytest.mark.parametrize(
    ("table", "title", "names"),
    [
        ("topics", "Topic", ["Blue sneakers", "Weekly deals"]),
        ("flows", "Flow", ["Back in stock", "Welcome", "Without a flow"]),
        ("hours", "Hour", [f"{hour:02}:00" for hour in range(24)]),
    ],
)
def test_all_else_has_a_table_too(hands, tmp_path, monkeypatch, table, title, names):
    titles, *rows = exported(hands, table, tmp_path / "figures.csv", monkeypatch)
    assert titles == [title, "Asked", "Opted in", "Sent", "Delivered", "Read", "Answered"]
    assert [row[0] for row in rows] == names
    insight = hands.insights.look(hands.insights.asked[-1])
    of = {"hours": list(enumerate(insight.hours))}.get(table) or getattr(insight, table)
    assert [tuple(map(int, row[1:])) for row in rows] == [astuple(figures) for _name, figures in of]


def test_the_permissions_to_come_have_a_table(hands, tmp_path, monkeypatch):
    titles, first, *rows = exported(hands, "forecast", tmp_path / "figures.csv", monkeypatch)
    assert (titles, first) == (["Day", "Permissions left"], [TODAY.isoformat(), "4000"])
    assert len(rows) == 364


def test_no_name_becomes_a_formula(hands, tmp_path, monkeypatch):
    hands.insights.topics = {"x": "=HYPERLINK(1)"}
    hands.choose("insights_period", "Last 7")
    _titles, row = exported(hands, "topics", tmp_path / "figures.csv", monkeypatch)
    assert row[0] == "'=HYPERLINK(1)"


def test_the_picture_shows_all_of_it(hands, tmp_path, monkeypatch):
    file = tmp_path / "figures.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    height = hands.find("insights_board").height()
    hands.export(len(export.TABLES))
    hands.waits(file.exists)
    picture = QImage(str(file))
    assert picture.height() == 2 * height
    assert height > hands.find("insights_area").height()


def test_a_file_that_cannot_be_written_is_told(hands, tmp_path, monkeypatch):
    file = tmp_path / "nowhere" / "figures.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    hands.export(0)
    hands.waits(lambda: hands.seen("notice"))
    assert "can’t be written" in hands.find("notice_words", QLabel).text()


def test_where_nothing_is_yet_it_says_what_will_be(qtbot, theme):
    hands = Hands(qtbot, theme, FakeInsights(size=0))
    hands.waits(lambda: hands.seen("no_insights"))
    assert not hands.seen("export_figures")
    with qtbot.waitSignal(hands.page.begun):
        qtbot.mouseClick(hands.find("no_insights_step"), Qt.MouseButton.LeftButton)


def test_trouble_is_told_and_the_next_look_tries_again(qtbot, theme):
    class Broken(FakeInsights):
        def choices(self):
            raise Problem("The database is away.")

    hands = Hands(qtbot, theme, Broken())
    hands.waits(lambda: hands.seen("notice"))
    assert hands.find("notice_words", QLabel).text() == "The database is away."
    del Broken.choices
    hands.page.hide()
    hands.page.show()
    hands.waits(lambda: hands.seen("funnel_chart"))


def test_many_days_are_shown_as_weeks(hands):
    hands.choose("insights_period", "Last 12")
    texts = [label.text() for label in hands.page.findChildren(QLabel)]
    assert "Week by week" in texts


def test_narrow_pages_have_one_column(hands):
    funnel, days = hands.find("funnel_chart"), hands.find("days_chart")
    board = hands.find("insights_board")
    assert funnel.mapTo(board, QPoint()).x() != days.mapTo(board, QPoint()).x()
    hands.page.resize(720, 900)
    hands.waits(lambda: funnel.mapTo(board, QPoint()).x() == days.mapTo(board, QPoint()).x())
    QApplication.processEvents()


def test_the_window_starts_without_what_draws_charts():
    code = "import sys, otn_studio.studio.window.window as w; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_search_for_garbage_stops_the_window_while_what_draws_charts_is_loaded():
    code = """
import gc, sys
from otn_studio.studio.pages.insights import loading
searches = []
gc.callbacks.append(lambda phase, told: searches.append(told["generation"]))
loading.board()
sys.exit(not ("pyqtgraph" in sys.modules and not searches and gc.isenabled()))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_weeks_have_the_sums_of_their_days_and_the_last_one_is_whole():
    days = {TODAY - timedelta(days=back): PermissionDay(gained=back) for back in range(120)}
    weeks = steps(days)
    assert weeks[-1] == (TODAY - timedelta(days=6), PermissionDay(gained=sum(range(7))))
    assert weeks[0][0] == TODAY - timedelta(days=119)
    assert sum(week.gained for _day, week in weeks) == sum(range(120))
