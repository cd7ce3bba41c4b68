"""Translating a flow as a person does it: by mouse and by keyboard."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLabel, QPushButton

from otn_studio.blocks.languages import language_name
from otn_studio.flow.document import Flow, Position
from otn_studio.flow.translation_table import rows
from otn_studio.studio.document.document import Document
from otn_studio.studio.languages.model import Column
from otn_studio.studio.phone.bubbles import Said
from tests.builders import START, a_flow, ask, say
from tests.studio.desk import Desk

FLOW = replace(
    a_flow({"start": START, "hi": say("Hello!"), "ask": ask("Shall we?"), "end": say("Bye")}),
    layout={"hi": Position(0, 0), "ask": Position(400, 0), "end": Position(800, 0)},
    connections={"start": {"next": "hi"}, "hi": {"next": "ask"}},
)
SPOKEN = replace(FLOW, language="en", translations={"de": {"hi": {"text.text": "Hallo!"}}})


class Languages(Desk):
    """The studio with the table to translate in."""

    def show(self, flow: Flow) -> None:
        self.window.open(Document(flow))
        QApplication.processEvents()
        self.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    def pick(self, name: str, code: str) -> None:
        """Choose a language, as by the keys of a list."""
        box = self.find(name)
        assert isinstance(box, QComboBox)
        place = box.findData(code)
        assert place >= 0, f"{name} offers no {code}"
        box.setFocus()
        box.setCurrentIndex(place)
        box.activated.emit(place)
        QApplication.processEvents()

    @property
    def table(self):
        return self.find("translations")

    def texts(self, column: Column) -> list[str]:
        model = self.table.model()
        return [model.index(row, column).data() for row in range(model.rowCount())]

    @property
    def progress(self) -> str:
        label = self.find("translated")
        assert isinstance(label, QLabel)
        return label.text()

    def german(self) -> dict[str, str]:
        return {row.block: row.translation for row in rows(self.flow, "de")}

    def answer_dialog(self, monkeypatch) -> list[str]:
        """Close every dialog at once, and note what it says."""
        said: list[str] = []

        def close(dialog: QDialog) -> int:
            said.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
            return 0

        monkeypatch.setattr(QDialog, "exec", close)
        return said


@pytest.fixture
def desk(qtbot, theme, tmp_path) -> Languages:
    return Languages(qtbot, theme, tmp_path)


def test_a_language_is_added_and_every_text_is_missing(desk):
    desk.show(FLOW)
    assert desk.find("no_languages").isVisible()
    desk.pick("own_language", "en")
    desk.pick("add_language", "de")
    assert desk.flow.language == "en"
    assert desk.flow.translations == {"de": {}}
    assert desk.texts(Column.ORIGINAL) == ["Hello!", "Shall we?", "Bye"]
    assert desk.progress == "0 of 3 translated"


def test_what_is_missing_comes_first_and_enter_goes_from_one_to_the_next(desk):
    desk.show(SPOKEN)
    assert desk.texts(Column.ORIGINAL) == ["Shall we?", "Bye", "Hello!"]
    assert desk.texts(Column.TRANSLATION)[2] == "Hallo!"
    desk.key(Qt.Key.Key_Return, on="translations")
    desk.type("translation", "Sollen wir?")
    desk.key(Qt.Key.Key_Return, on="translation")
    desk.type("translation", "Bis dann")
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, on="translation")
    desk.type("translation", "bald")
    desk.key(Qt.Key.Key_Return, on="translation")
    assert desk.german() == {"ask": "Sollen wir?", "end": "Bis dann\nbald", "hi": "Hallo!"}
    assert desk.progress == "3 of 3 translated"
    assert desk.texts(Column.ORIGINAL) == ["Shall we?", "Bye", "Hello!"]


def test_escape_leaves_a_text_as_it_was_and_undo_takes_one_back(desk):
    desk.show(SPOKEN)
    desk.key(Qt.Key.Key_Return, on="translations")
    desk.type("translation", "Nein")
    desk.key(Qt.Key.Key_Escape, on="translation")
    assert desk.german()["ask"] == ""
    desk.press("next_missing")
    desk.type("translation", "Bis dann")
    desk.key(Qt.Key.Key_Return, on="translation")
    assert desk.german()["end"] == "Bis dann"
    desk.document.undo()
    assert desk.german()["end"] == ""
    assert desk.progress == "1 of 3 translated"


def test_the_box_hides_the_next_row_only_where_its_text_is_long(desk):
    desk.show(SPOKEN)
    desk.key(Qt.Key.Key_Return, on="translations")
    box, cell = desk.find("translation"), desk.table.visualRect(desk.table.currentIndex())
    assert box.geometry() == cell
    box.setPlainText("Sollen wir?\n" * 6)
    assert box.height() > cell.height()
    assert box.verticalScrollBar().maximum() == 0
    box.setPlainText("Ja")
    assert box.geometry() == cell


def test_an_empty_translation_is_none(desk):
    desk.show(SPOKEN)
    table = desk.table
    table.go_to(2)
    desk.key(Qt.Key.Key_Return, on="translations")
    box = desk.find("translation")
    box.selectAll()
    desk.key(Qt.Key.Key_Delete, on="translation")
    desk.key(Qt.Key.Key_Return, on="translation")
    assert desk.flow.translations == {"de": {}}


def test_the_phone_shows_what_is_worked_on_in_that_language(desk):
    desk.show(SPOKEN)
    desk.table.go_to(2)
    QApplication.processEvents()
    assert desk.window.builder.selection.only == "hi"
    phone = desk.window.builder.preview.phone
    assert "Hallo!" in [p.bubble.text for p in phone.parts if isinstance(p.bubble, Said)]
    desk.press("back_to_flow")
    assert "Hello!" in [p.bubble.text for p in phone.parts if isinstance(p.bubble, Said)]
    desk.pick("preview.language", "de")
    assert "Hallo!" in [p.bubble.text for p in phone.parts if isinstance(p.bubble, Said)]


def test_a_flow_in_one_language_offers_no_other_on_the_phone(desk):
    desk.window.open(Document(FLOW))
    assert not desk.window.builder.preview.findChild(QComboBox, "preview.language").isVisible()


@pytest.mark.parametrize("texts", [3, 30])
def test_the_table_is_as_wide_as_what_is_above_it_with_a_bar_or_without(desk, texts):
    many = a_flow({"start": START, **{f"text-{n}": say(f"{n} shoes") for n in range(texts)}})
    desk.show(replace(many, language="en", translations={"de": {}}))
    has_bar = desk.table.verticalScrollBar().maximum() > 0
    assert has_bar == (texts == 30)
    ends = [
        widget.mapTo(desk.window, widget.rect().bottomRight()).x()
        for widget in (desk.table.viewport(), desk.find("next_missing"))
    ]
    assert ends[0] == ends[1]


def test_a_language_is_removed_and_comes_back(desk):
    desk.show(SPOKEN)
    desk.press("remove_language")
    assert desk.flow.translations == {}
    assert desk.find("no_languages").isVisible()
    assert not desk.find("export_table").isEnabled()
    desk.document.undo()
    assert desk.flow == SPOKEN


def test_the_flows_own_language_is_not_one_to_translate_into(desk):
    desk.show(SPOKEN)
    own, more = desk.find("own_language"), desk.find("add_language")
    assert own.findData("de") < 0
    assert more.findData("en") < 0
    assert more.findData("de") < 0
    assert more.findText(language_name("fr")) > 0


def test_a_translation_that_is_too_long_says_so(desk):
    desk.show(SPOKEN)
    desk.key(Qt.Key.Key_Return, on="translations")
    desk.find("translation").setPlainText("x" * 66)
    desk.key(Qt.Key.Key_Return, on="translation")
    index = desk.table.model().index(0, Column.TRANSLATION)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "66 of 65 characters"


def test_a_table_goes_out_and_comes_back(desk, monkeypatch, tmp_path):
    path = tmp_path / "texts"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (f"{path}.csv", ""))
    said = desk.answer_dialog(monkeypatch)
    desk.show(SPOKEN)
    desk.press("export_table")
    file = Path(f"{path}.csv")
    text = file.read_text(encoding="utf-8-sig")
    assert "ask,card.title,Shall we?,\n" in text
    filled = text.replace("ask,card.title,Shall we?,", "ask,card.title,Shall we?,Sollen wir?")
    file.write_text(filled + "gone,x,y,z\n", encoding="utf-8")
    desk.press("import_table")
    assert desk.german() == {"ask": "Sollen wir?", "end": "", "hi": "Hallo!"}
    assert "1 text in Deutsch is new. 1 line of the table is of no text of this flow." in said[0]
    desk.document.undo()
    assert desk.flow == SPOKEN


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name\nx\n", "The table has no column “block”. Export one to see how."),
        (b"\xff\xfe", "The table is not a text in UTF-8. Export it as “CSV UTF-8”."),
        (None, "The file can’t be opened: No such file or directory."),
    ],
)
def test_what_is_no_such_table_is_refused_in_a_sentence(
    desk, monkeypatch, tmp_path, content, sentence
):
    path = tmp_path / "texts.csv"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    said = desk.answer_dialog(monkeypatch)
    desk.show(SPOKEN)
    desk.press("import_table")
    assert sentence in said[0]
    assert desk.flow == SPOKEN


LONG = {"hi": {"text.text": "Hallo!"}, "ask": {"card.title": "x" * 66}}


@pytest.mark.parametrize(
    ("code", "original"), [("too_long", "Shall we?"), ("not_translated", "Bye")]
)
def test_a_problem_of_a_translation_leads_to_it(desk, code, original):
    desk.window.open(Document(replace(SPOKEN, translations={"fr": {}, "de": LONG})))
    builder = desk.window.builder
    desk.bot.waitUntil(lambda: any(f.code == code for f in builder.checker.findings))
    builder.problems.unfold()
    QApplication.processEvents()
    table = desk.find("problems")
    cells = [table.model().index(row, 0) for row in range(table.model().rowCount())]
    found = {(f.code, f.language): cell for cell in cells if (f := table.model().finding(cell))}
    table.scrollTo(found[code, "de"])
    place = table.visualRect(found[code, "de"]).center()
    desk.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert builder.shows_languages
    index = desk.table.currentIndex()
    assert index.siblingAtColumn(Column.ORIGINAL).data() == original
    assert desk.find("into_language").currentData() == "de"


def test_what_is_shown_on_the_canvas_leads_back_to_it(desk):
    desk.show(SPOKEN)
    builder = desk.window.builder
    assert builder.shows_languages
    builder.selection.show("ask", "elements.0.title")
    assert not builder.shows_languages


def test_the_buttons_say_what_they_do(desk):
    desk.show(SPOKEN)
    for name in ("import_table", "export_table", "back_to_flow", "next_missing"):
        button = desk.find(name)
        assert isinstance(button, QPushButton)
        assert button.text()
