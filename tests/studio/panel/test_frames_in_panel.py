"""Frames in the panel: title, note and colour, beside the canvas that shows them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton

from otn_studio.studio.canvas.geometry import Point


def note(desk, x: float = 0) -> str:
    return desk.window.builder.canvas.framing.note(Point(x, 0))


def part(desk, kind, name: str):
    found = desk.window.builder.panel.view.findChild(kind, name)
    assert found is not None, name
    return found


def frame(desk, id: str):
    return desk.document.flow.frames[id]


def write(widget, text: str) -> None:
    widget.selectAll()
    QTest.keyClicks(widget, text)


def test_title_and_note_are_written_and_undo_as_one(desk):
    id = note(desk)
    document = desk.document
    before = document.flow
    write(part(desk, QLineEdit, "frame title"), "Sizes we have")
    write(part(desk, QPlainTextEdit, "frame note"), "and those that come")
    assert (frame(desk, id).title, frame(desk, id).note) == (
        "Sizes we have",
        "and those that come",
    )
    assert part(desk, QLineEdit, "frame title").text() == "Sizes we have"
    document.undo()
    assert document.flow == before
    assert part(desk, QLineEdit, "frame title").text() == frame(desk, id).title


def test_a_frame_grows_with_its_note(desk):
    id = note(desk)
    height = frame(desk, id).height
    write(part(desk, QPlainTextEdit, "frame note"), "what belongs here " * 20)
    assert frame(desk, id).height > height


def test_the_color_is_of_all_that_are_selected(desk):
    first, second = note(desk), note(desk, 400)
    desk.window.builder.selection.select([], frames=[first, second])
    assert "2 frames" in desk.window.builder.panel.view.header.title.text()
    box = part(desk, QComboBox, "frame color")
    box.setFocus()
    box.setCurrentIndex(box.findData("teal"))
    box.activated.emit(box.currentIndex())
    assert {frame(desk, id).color for id in (first, second)} == {"teal"}
    assert part(desk, QComboBox, "frame color").currentData() == "teal"


def test_it_is_removed_and_the_panel_shows_the_flow_again(desk):
    id = note(desk)
    desk.bot.mouseClick(part(desk, QPushButton, "delete frames"), Qt.MouseButton.LeftButton)
    assert id not in desk.document.flow.frames
    assert desk.window.builder.panel.view.findChild(QLineEdit, "flow name") is not None


def test_another_frame_shows_its_own_words(desk):
    first = note(desk)
    write(part(desk, QLineEdit, "frame title"), "First")
    note(desk, 400)
    write(part(desk, QLineEdit, "frame title"), "Second")
    desk.window.builder.selection.select([], frames=[first])
    assert part(desk, QLineEdit, "frame title").text() == "First"
