"""What people set for themselves is kept, and counts when it should."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QSettings, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton

from otn_studio.studio import words
from otn_studio.studio.preferences import speech
from otn_studio.studio.preferences.kept import Preferences
from tests.studio.desk import Desk


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def english_again(qapp):
    """What a test says in another language, the next one says in English."""
    before, locale = words._TRANSLATOR, QLocale()
    yield
    words._TRANSLATOR = before
    QLocale.setDefault(locale)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for translator in qapp.findChildren(speech.QTranslator):
        qapp.removeTranslator(translator)


def kept(desk) -> Preferences:
    return Preferences(desk.window._settings)


def choose(desk, name: str, words: str) -> None:
    box = desk.window.findChild(QComboBox, name)
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())


def button(desk, name: str) -> QPushButton:
    return desk.window.findChild(QPushButton, name)


def test_what_is_not_set_is_as_the_system_has_it(settings):
    preferences = Preferences(settings)
    assert (preferences.language, preferences.scale) == ("", 100)
    assert preferences.folder.is_absolute()
    assert preferences.name


def test_what_another_version_kept_does_no_harm(settings):
    settings.setValue("preferences/scale", "a lot")
    assert Preferences(settings).scale == 100


def test_the_window_asks_and_keeps_what_is_chosen(desk):
    desk.press("menu_preferences")
    choose(desk, "language", "Deutsch")
    choose(desk, "scale", "200 %")
    name = desk.window.findChild(QLineEdit, "name")
    name.setText("  Ann  ")
    name.editingFinished.emit()
    assert (kept(desk).language, kept(desk).scale, kept(desk).name) == ("de", 200, "Ann")


def test_what_counts_from_the_next_start_on_offers_that_start(desk):
    desk.press("menu_preferences")
    again = button(desk, "again")
    assert not again.isVisible()
    choose(desk, "scale", "150 %")
    assert again.isVisible()
    choose(desk, "scale", "100 %")
    assert not again.isVisible()


def test_starting_again_brings_back_what_was_open(desk, theme, qtbot, tmp_path):
    file = tmp_path / "mine.json"
    desk.document.save(file)
    desk.window.flows.open_new()
    drawn = desk.add("wait")
    desk.press("menu_preferences")
    choose(desk, "scale", "150 %")
    with qtbot.waitSignal(desk.window.again):
        qtbot.mouseClick(button(desk, "again"), Qt.MouseButton.LeftButton)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    second = Desk(qtbot, theme, tmp_path)
    second.window.open_first()
    assert second.window.flows.files() == [file]
    assert set(second.flow.blocks) == {drawn}
    second.window.close()


def test_starting_again_shows_the_same_flow(desk, theme, qtbot, tmp_path):
    names = ("first", "second", "third")
    for name in names:
        desk.window.flows.open_new()
        desk.add("wait")
        desk.document.save(tmp_path / f"{name}.json")
    desk.add("wait")  # a flow that is not saved comes last
    desk.window.flows.step(-1)
    desk.window.begin_again()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    second = Desk(qtbot, theme, tmp_path)
    second.window.open_first()
    assert second.document.path == tmp_path / "second.json"
    assert {*names} <= {flow.document.path.stem for flow in second.window.flows.all()}
    second.window.close()


def test_light_and_dark_are_chosen_here(desk, theme):
    desk.press("menu_preferences")
    for name in ("dark", "light"):
        desk.bot.mouseClick(button(desk, f"theme_{name}"), Qt.MouseButton.LeftButton)
        assert theme.is_dark is (name == "dark")


def test_flows_are_looked_for_where_they_live(desk, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    desk.press("menu_preferences")
    qtbot_click = desk.bot.mouseClick
    qtbot_click(button(desk, "choose_folder"), Qt.MouseButton.LeftButton)
    asked: list[str] = []

    def ask(_window, _title, folder, _filter):
        asked.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    desk.window.flows.ask_and_open()
    assert asked == [str(tmp_path)]
    assert kept(desk).folder == Path(tmp_path)


@pytest.mark.usefixtures("english_again")
def test_a_window_that_is_made_after_that_speaks_german(qapp, qtbot, theme, tmp_path):
    speech.speak(qapp, "de")
    desk = Desk(qtbot, theme, tmp_path)
    assert desk.find("menu_flows").accessibleName() == "Abläufe"
    assert desk.find("new_flow").text() == "Neuer Ablauf"
    assert QLocale().language() is QLocale.Language.German
    desk.window.close()


@pytest.mark.usefixtures("english_again")
def test_a_language_that_is_not_spoken_is_that_of_the_system(qapp):
    speech.speak(qapp, "tlh")
    assert words._("Open…") == "Open…"


def test_where_there_is_no_room_for_everything_the_window_scrolls(desk):
    """As at 300 % on a screen of 1920 × 1080."""
    desk.window.resize(640, 360)
    QApplication.processEvents()
    assert desk.window.width() == 640
    area = desk.window.centralWidget()
    assert area.horizontalScrollBar().maximum() > 0
    area.ensureWidgetVisible(desk.find("publish"))
    QApplication.processEvents()
    assert not desk.find("publish").visibleRegion().isEmpty()


def test_where_there_is_room_nothing_scrolls(desk):
    desk.window.resize(1280, 800)
    desk.window._guide()
    QApplication.processEvents()
    area = desk.window.centralWidget()
    assert area.horizontalScrollBar().maximum() == area.verticalScrollBar().maximum() == 0
    assert area.widget().size() == area.viewport().size()
