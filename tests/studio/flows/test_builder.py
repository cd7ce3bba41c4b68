from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication


def test_the_form_of_a_block_that_sends_nothing_has_the_place_of_the_phone(desk):
    message, wait = desk.add("text"), desk.add("wait")
    builder = desk.window.flows.current.builder
    builder.selection.select([wait])
    assert not builder.preview.isVisible()
    builder.selection.select([message])
    assert builder.preview.isVisible()
    builder.selection.select([])
    assert builder.preview.isVisible()


def test_whoever_presses_return_on_a_block_goes_on_writing_at_the_end(desk):
    wait = desk.add("wait")
    desk.type("title", "Until Friday")
    desk.canvas.view.setFocus()
    desk.add("wait")
    desk.window.flows.current.builder.selection.select([wait])
    desk.key(Qt.Key.Key_Return)
    name = QApplication.focusWidget()
    assert (name.text(), name.cursorPosition()) == ("Until Friday", len("Until Friday"))
