"""A newer version is asked for once a day, remembered, and said in one quiet line."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox

from otn_studio.studio.preferences.dialog import PreferencesDialog
from otn_studio.studio.preferences.kept import Preferences
from otn_studio.studio.updates import watch as watching
from otn_studio.studio.updates.release import Release, is_newer
from otn_studio.studio.updates.watch import UpdateWatch
from tests.studio.desk import Desk
from tests.studio.pages.engine.serving import FakeUpdates

PAGE = "https://otn-studio.example/0.2.0"
NEW = Release("0.2.0", PAGE)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)


class Asking:
    """Starts of the program, one after the other, with the same settings."""

    def __init__(self, qtbot, parent, settings: QSettings, updates: FakeUpdates) -> None:
        self.bot, self.parent, self.settings, self.updates = qtbot, parent, settings, updates

    def start(self, today: date) -> list[str]:
        """What is said when the program starts, and when the answer has come."""
        watch = UpdateWatch(self.updates, self.settings, self.parent, lambda: today)
        said: list[str] = []
        watch.found.connect(lambda release: said.append(release.version))
        watch.look()
        self.bot.waitUntil(lambda: not watch._background.is_busy)
        return said


@pytest.fixture
def asking(qtbot, qapp, settings):
    return lambda release: Asking(qtbot, qapp, settings, FakeUpdates(release))


def test_it_is_asked_once_a_day_and_remembered_meanwhile(asking):
    here = asking(NEW)
    assert here.start(MONDAY) == ["0.2.0"]
    assert here.start(MONDAY) == ["0.2.0"]
    assert here.updates.asked == 1
    here.updates.release = Release("0.3.0", PAGE)
    assert here.start(TUESDAY) == ["0.2.0", "0.3.0"]
    assert here.updates.asked == 2


def test_a_program_that_stays_open_asks_when_another_day_has_come(asking, monkeypatch, qtbot):
    monkeypatch.setattr(watching, "LOOKS_EVERY", 5)
    here, days = asking(NEW), iter([MONDAY, MONDAY])
    watch = UpdateWatch(here.updates, here.settings, here.parent, lambda: next(days, TUESDAY))
    watch.look()
    qtbot.waitUntil(lambda: here.updates.asked == 2)
    watch.deleteLater()


@pytest.mark.parametrize(
    "release", [None, Release("0.1.0", PAGE), Release("0.0.9", PAGE), Release("new", PAGE)]
)
def test_nothing_is_said_where_there_is_none(asking, release):
    here = asking(release)
    assert here.start(MONDAY) == []
    assert here.updates.asked == 1


def test_an_address_that_is_no_page_of_the_web_is_never_offered(asking):
    assert asking(Release("0.2.0", "file:///etc/passwd")).start(MONDAY) == []


def test_switched_off_nobody_is_asked_and_nothing_is_said(qtbot, asking, settings, theme):
    here = asking(NEW)
    here.start(MONDAY)
    dialog = PreferencesDialog(Preferences(settings), theme, None)
    qtbot.addWidget(dialog)
    dialog.show()
    box = dialog.findChild(QCheckBox, "updates")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.rect().center().y()))
    assert not box.isChecked()
    assert here.start(TUESDAY) == []
    assert here.updates.asked == 1


def test_a_failure_is_quiet(asking, monkeypatch):
    here = asking(NEW)

    def fails() -> None:
        raise OSError("no network")

    monkeypatch.setattr(here.updates, "newest", fails)
    assert here.start(MONDAY) == []


def test_the_foot_says_it_and_a_press_opens_the_page(qtbot, theme, tmp_path, monkeypatch):
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk = Desk(qtbot, theme, tmp_path)
    desk.updates.release = NEW
    assert not desk.window._foot.newer.isVisible()
    desk.window.updates.look()
    qtbot.waitUntil(lambda: desk.window._foot.newer.isVisible())
    assert desk.find("update").text() == "Version 0.2.0 is out: see what is new"
    desk.press("update")
    assert opened == [QUrl(PAGE)]


def test_versions_are_compared_part_by_part():
    grown = ["0.9", "0.9.1", "0.10", "0.10.0.1", "1.0", "1.0.1", "2"]
    for older, newer in pairwise(grown):
        assert is_newer(newer, older)
        assert not is_newer(older, newer)
    assert not is_newer("1.0", "1.0.0")
    assert not is_newer("", "0.1")
