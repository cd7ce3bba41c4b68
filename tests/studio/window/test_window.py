"""The window as a person uses it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget

from otn_studio import shipped
from otn_studio.flow.reading import load
from otn_studio.studio.document import recovery
from otn_studio.studio.document.document import Document
from otn_studio.studio.widgets.question import Question
from tests.studio.desk import Desk

SAMPLE = shipped.path("flows/back-in-stock.json")


@pytest.fixture
def answer(monkeypatch):
    """Answers the next dialogs: a question by the words on a button, a file by its path."""

    def press(words: str) -> None:
        def exec(question: Question) -> None:
            buttons = question.findChildren(QPushButton)
            next(button for button in buttons if button.text() == words).click()

        monkeypatch.setattr(Question, "exec", exec)

    def file(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    press.file = file
    return press


def said(desk) -> str:
    return desk.find("said").text()


def trigger(desk, name: str) -> None:
    desk.window.findChild(type(desk.window.actions()[0]), f"action_{name}").trigger()
    QApplication.processEvents()


def test_the_sample_opens_on_the_first_start_and_never_again(qtbot, theme, tmp_path):
    first = Desk(qtbot, theme, tmp_path)
    first.window.open_first()
    assert first.flow.name == "Back in stock"
    first.window.close()
    second = Desk(qtbot, theme, tmp_path)
    second.window.open_first()
    assert second.window.builder is None
    assert second.find("new_flow").isVisible()
    second.window.close()


def test_a_flow_that_is_wanted_opens_instead_of_the_sample(qtbot, theme, tmp_path):
    own = tmp_path / "mine.json"
    own.write_text(SAMPLE.read_text().replace('"Back in stock"', '"Mine"'))
    desk = Desk(qtbot, theme, tmp_path)
    desk.window.open_first([own])
    assert desk.flow.name == "Mine"
    assert desk.document.path == own
    desk.window.close()


def test_a_sample_of_the_gallery_opens_as_a_new_flow_of_ones_own(qtbot, theme, tmp_path):
    desk = Desk(qtbot, theme, tmp_path)
    desk.window.go_to("flows")
    card = "open_sample_opinion-survey"
    qtbot.waitUntil(lambda: desk.window.findChild(QPushButton, card) is not None)
    qtbot.mouseClick(desk.window.findChild(QPushButton, card), Qt.MouseButton.LeftButton)
    assert desk.flow == load(shipped.path("flows/opinion-survey.json"))
    assert desk.document.path is None
    desk.window.close()


def test_what_was_not_saved_is_there_again_after_the_end(qtbot, theme, tmp_path):
    first = Desk(qtbot, theme, tmp_path)
    first.window.flows.open_new()
    made = first.add("wait")
    first.window.close()
    second = Desk(qtbot, theme, tmp_path)
    second.window.open_first()
    assert set(second.flow.blocks) == {made}
    assert "is back as you left it" in said(second)
    second.window.close()


def test_save_asks_where_once_and_then_knows(desk, answer, tmp_path):
    path = tmp_path / "mine.json"
    answer.file(path)
    desk.add("wait")
    trigger(desk, "save")
    assert load(path) == desk.flow
    assert desk.find("flow_state").text() == "Saved"
    desk.add("condition")
    assert desk.find("flow_state").text() == "Not saved"
    answer.file(tmp_path / "never.json")
    trigger(desk, "save")
    assert load(path) == desk.flow
    assert not (tmp_path / "never.json").exists()
    assert recovery.leftovers(tmp_path / "recovery") == []


def test_export_writes_a_copy_and_goes_on_with_the_own_file(desk, answer, tmp_path):
    answer.file(tmp_path / "copy")
    desk.add("wait")
    trigger(desk, "export")
    desk.bot.waitUntil((tmp_path / "copy.json").exists)
    desk.bot.waitUntil(lambda: not desk.window.findChildren(QDialog, "exporting"))
    assert load(tmp_path / "copy.json") == desk.flow
    assert desk.document.path is None


def test_open_shows_a_file_and_says_what_is_wrong_with_another(desk, answer, tmp_path, monkeypatch):
    answer.file(SAMPLE)
    trigger(desk, "open")
    assert desk.flow.name == "Back in stock"
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    sentences = []
    monkeypatch.setattr(
        Question, "exec", lambda note: sentences.append(note.accessibleDescription())
    )
    answer.file(broken)
    trigger(desk, "open")
    assert sentences[0].startswith("“broken.json”: The file is damaged")
    assert desk.flow.name == "Back in stock"


@pytest.mark.parametrize(
    ("words", "left", "kept"),
    [("Save", True, True), ("Don’t save", True, False), ("Stay here", False, False)],
)
def test_leaving_what_is_not_saved_asks(desk, answer, tmp_path, words, left, kept):
    answer(words)
    answer.file(tmp_path / "kept.json")
    desk.add("wait")
    trigger(desk, "close")
    assert (desk.window.builder is None) is left
    assert (tmp_path / "kept.json").exists() is kept


def test_publishing_makes_a_version_and_says_so(desk):
    desk.window.open(Document(load(SAMPLE)))
    desk.bot.waitUntil(lambda: desk.find("publish").isEnabled())
    desk.press("publish")
    desk.bot.waitUntil(lambda: said(desk) == "Version 1 is live.")
    assert desk.publishing.published == [desk.flow]
    assert desk.find("flow_state").text() == "Not saved · version 1 is live"


def test_errors_stop_publishing_and_lead_to_the_first(desk):
    start = desk.add("someone writes")
    checker = desk.window.builder.checker
    desk.bot.waitUntil(lambda: [f.block for f in checker.findings if f.field] == [start])
    desk.window.builder.selection.select([])
    desk.press("publish")
    assert "has to be mended before this can be published" in said(desk)
    assert desk.publishing.published == []
    assert desk.window.builder.selection.only == start


@pytest.mark.parametrize(("words", "count"), [("Publish anyway", 1), ("Look at them first", 0)])
def test_warnings_ask(desk, answer, words, count):
    answer(words)
    flow = load(SAMPLE)
    desk.window.open(Document(flow))
    desk.window.builder.selection.select(["kept"])
    desk.key(Qt.Key.Key_Delete)
    checker = desk.window.builder.checker
    desk.bot.waitUntil(lambda: bool(checker.findings))
    desk.press("publish")
    desk.bot.waitUntil(lambda: not desk.window.flows.current.publisher.is_busy)
    assert len(desk.publishing.published) == count


def test_undo_says_what_it_takes_back(desk):
    assert not desk.find("undo").isEnabled()
    desk.add("wait")
    assert desk.find("undo").toolTip() == "Undo: Add “Wait”"
    desk.press("undo")
    assert desk.flow.blocks == {}
    assert desk.find("redo").toolTip() == "Redo: Add “Wait”"
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert len(desk.flow.blocks) == 1


def test_on_the_topics_page_undo_brings_a_topic_back_and_leaves_the_flow_alone(desk):
    desk.topics.add("blue", "Blue")
    desk.add("wait")
    desk.press("menu_contents")
    table = desk.find("topics")
    desk.bot.waitUntil(lambda: table.model().rowCount() == 1)
    assert not desk.window.findChild(QAction, "action_undo").isEnabled()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    desk.key(Qt.Key.Key_Delete, on="topics")
    desk.bot.waitUntil(lambda: desk.find("notice").isVisible())
    assert desk.topics.names() == []
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, on="new_topic")
    desk.bot.waitUntil(lambda: desk.topics.names() == ["Blue"])
    assert len(desk.flow.blocks) == 1
    desk.press("menu_flows")
    assert desk.window.findChild(QAction, "action_undo").toolTip() == "Undo: Add “Wait”"


def test_a_topic_that_is_renamed_on_its_page_is_renamed_in_the_flow(desk):
    desk.window.open(Document(load(SAMPLE)))
    (topic,) = desk.flow.topics
    desk.window.beside.renamed.emit(topic, "Green sneakers")
    assert desk.flow.topics[topic].name == "Green sneakers"


def test_the_menu_leads_to_every_page(desk):
    for name in ("contents", "engine", "flows"):
        desk.press(f"menu_{name}")
        assert desk.find(f"menu_{name}").isChecked()
    assert desk.find("canvas_view").isVisible()


def test_pages_beside_the_flow_show_the_page_and_leave_its_tools_away(desk):
    desk.press("menu_contents")
    bar = [label.text() for label in desk.window.findChildren(QLabel) if label.isVisible()]
    assert "Kicks & Co" in bar
    assert not desk.window.findChild(QWidget, "publish").isVisible()
    assert not desk.window.findChild(QAction, "action_publish").isEnabled()
    desk.press("menu_flows")
    assert desk.find("publish").isEnabled()


def test_several_blocks_are_duplicated_from_the_panel(desk):
    for words in ("wait", "condition"):
        desk.add(words)
    desk.window.builder.selection.select(list(desk.flow.blocks))
    desk.press("duplicate blocks")
    assert len(desk.flow.blocks) == 4
    assert len(desk.window.builder.selection.blocks) == 2


def test_practice_takes_the_place_of_the_panel_and_gives_it_back(desk):
    desk.press("practice")
    assert desk.find("practice.text").isVisible()
    assert desk.find("practice").isChecked()
    desk.press("practice")
    assert desk.find("panel").isVisible()
