"""Fields, tags and permissions of a person, changed by hand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.studio.pages.contacts.hands import details


def test_tags_are_put_on_and_taken_off_and_that_taken_back(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("remove_tag_vip"))
    it.type("new_tag", "late ")
    qtbot.keyClick(it.find("new_tag"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: details(it).row.tags == ("late", "summer", "vip"))
    qtbot.waitUntil(lambda: it.is_seen("remove_tag_late"))
    it.press("remove_tag_vip")
    qtbot.waitUntil(lambda: details(it).row.tags == ("late", "summer"))
    qtbot.waitUntil(lambda: it.is_seen("undo"))
    it.press("undo")
    qtbot.waitUntil(lambda: details(it).row.tags == ("late", "summer", "vip"))


def test_fields_are_typed_over_emptied_and_added(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("field_size"))
    size = it.find("field_size")
    size.selectAll()
    it.type("field_size", "43")
    qtbot.keyClick(size, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("size", "Size", "43") in details(it).fields)
    qtbot.waitUntil(lambda: it.says("notice_words") == "Size is “43” now.")
    it.press("undo")
    qtbot.waitUntil(lambda: ("size", "Size", "42") in details(it).fields)
    menu = it.page.findChild(QMenu, "new_fields")
    assert [action.text() for action in menu.actions()] == ["City"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: it.is_seen("field_city"))
    it.type("field_city", "Rome")
    qtbot.keyClick(it.find("field_city"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("city", "City", "Rome") in details(it).fields)


def test_what_does_not_fit_a_field_is_said_and_can_be_corrected(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("field_size"))
    it.type("field_size", "x")
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Return)
    assert it.says("notice_words") == "“Size” has to be a number."
    assert it.find("field_size").text() == "42x"
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Backspace)
    it.type("field_size", ",50")
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("size", "Size", "42.5") in details(it).fields)


def test_a_field_that_is_left_as_it_was_is_not_written(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("field_size"))
    before = details(it)
    it.type("field_size", " ")
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert details(it) is before


def test_permissions_tell_what_can_be_done_with_them_and_are_removed(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("remove_permission_1"))
    said = it.all_said()
    assert "One-time: can be used now" in said
    assert any(words.startswith("Weekly: can be used from 30 Nov 2026") for words in said)
    assert "One-time: used" in said
    assert not it.is_seen("remove_permission_3")
    it.press("remove_permission_1")
    qtbot.waitUntil(lambda: not it.is_seen("remove_permission_1"))
    qtbot.waitUntil(lambda: it.is_seen("undo"))
    it.press("undo")
    qtbot.waitUntil(lambda: it.is_seen("remove_permission_1"))
