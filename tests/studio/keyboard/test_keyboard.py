"""The overview of the keyboard knows every key there is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel

from otn_studio.studio.canvas.keymap import KEYS
from otn_studio.studio.keyboard.known import ARRANGE, DRAW, LOOK, declarations, groups


def test_every_command_of_the_canvas_is_in_it_once():
    listed = [*LOOK, *DRAW, *ARRANGE]
    assert sorted(listed) == sorted(set(KEYS.values()))


def test_what_has_keys_in_the_window_is_in_it(qapp):
    everywhere = groups()[0]
    assert len(everywhere.known) == len(list(declarations()))
    assert ("Save", ("Ctrl+S",)) in everywhere.known


def test_a_key_is_named_once_and_zooming_both_ways_alike(qapp):
    keys = {known.words: known.keys for group in groups() for known in group.known}
    assert keys["Edit"] == ("Enter",)
    assert keys["Publish"] == ("Ctrl+Enter",)
    assert (keys["Zoom in"], keys["Zoom out"]) == (("+", "Ctrl++"), ("-", "Ctrl+-"))


def test_enter_is_either_of_the_two_keys(desk):
    shortcuts = desk.window.findChild(QAction, "action_publish").shortcuts()
    assert [keys.toString() for keys in shortcuts] == ["Ctrl+Enter", "Ctrl+Return"]


def test_no_two_actions_share_a_key():
    keys = [declaration.keys for declaration in declarations()]
    assert len(keys) == len(set(keys))


def test_it_opens_by_its_own_key_and_closes(desk):
    desk.key(Qt.Key.Key_F1)
    dialog = desk.window.findChild(QDialog, "keyboard")
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Everywhere", "Tidy up", "Ctrl+S", "Zoom in"} <= texts
    desk.bot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
