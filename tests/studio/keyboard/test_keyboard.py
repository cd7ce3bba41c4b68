"""The overview of the keyboard knows every key there is."""

from PySide6.QtCore import Qt
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
