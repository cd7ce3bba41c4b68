"""The people who are shown, in a file."""

from PySide6.QtWidgets import QDialog, QFileDialog


def exports(it, monkeypatch, file, kind="") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), kind))
    it.press("export_people")


def test_the_people_who_are_shown_are_exported(desk, qtbot, monkeypatch, tmp_path):
    it = desk()
    it.filter("Tag", "vip")
    it.wait_for("Ann Müller", "Dana Núñez")
    exports(it, monkeypatch, tmp_path / "friends", "Document (*.json)")
    qtbot.waitUntil(lambda: it.says("notice_words") == "2 people in friends.json.")
    assert (tmp_path / "friends.json").read_text() == "2"


def test_an_export_can_be_cancelled(desk, qtbot, monkeypatch, tmp_path):
    it = desk()
    it.contacts.may_answer.clear()
    exports(it, monkeypatch, tmp_path / "people.csv")
    it.press("cancel_export")
    it.contacts.may_answer.set()
    qtbot.waitUntil(lambda: not it.page.findChildren(QDialog, "export_window"))
    assert list(tmp_path.iterdir()) == []
    assert not it.is_seen("notice")


def test_an_export_that_fails_says_why(desk, qtbot, monkeypatch, tmp_path):
    it = desk()
    it.contacts.problem = "The disk is full."
    exports(it, monkeypatch, tmp_path / "people.csv")
    qtbot.waitUntil(lambda: it.says("notice_words") == "The disk is full.")
