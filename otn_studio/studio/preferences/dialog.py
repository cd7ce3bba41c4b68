"""Preferences in a small window. Each counts as soon as it is chosen, or from the next start on."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from otn_studio.blocks.languages import language_name
from otn_studio.studio import words
from otn_studio.studio.preferences import speech
from otn_studio.studio.preferences.appearance import Appearance
from otn_studio.studio.preferences.kept import SCALES, Preferences
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo, CheckBox
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _

WIDTH = 480
NAME_AT_MOST = 60


class PreferencesDialog(SmallDialog):
    """``again``: the program is to start anew, for what counts only from the start on."""

    again = Signal()

    def __init__(self, preferences: Preferences, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, "preferences", _("Preferences"), WIDTH)
        self._preferences = preferences
        self._theme = theme
        self._before = preferences.language, preferences.scale
        self.column.setSpacing(16)
        self._add(_("Language"), self._languages())
        self._add(_("Appearance"), Appearance(theme), wide=False)
        self._add(_("Size"), self._scales())
        self._add(_("Your name"), self._name(), _("It stands beside the versions you publish."))
        self._add(_("Where flows live"), self._folder())
        about = _("Once a day the program asks its home page. It sends nothing about you.")
        self._add(_("Newer versions"), self._updates(), about)
        self._later = self._row_of_later()
        self.column.addWidget(self._later)
        close = self.add_button("close", _("Close"), default=True)
        close.clicked.connect(self.accept)
        self.grow()

    def _add(self, words: str, inside: QWidget, about: str = "", *, wide: bool = True) -> None:
        part = QVBoxLayout()
        part.setSpacing(4)
        label = text(words, "label")
        label.setBuddy(inside)
        part.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(inside, int(wide))
        if not wide:
            row.addStretch(1)
        part.addLayout(row)
        if about:
            part.addWidget(text(about, "quiet", wraps=True))
        self.column.addLayout(part)

    def _languages(self) -> QComboBox:
        system = language_name(speech.of_system())
        choices = {code: language_name(code) for code in words.languages()}
        choices = {"": _("As the system: {language}", language=system), **choices}
        return self._chooser("language", _("Language"), choices, self._preferences.language)

    def _scales(self) -> QComboBox:
        choices = {percent: f"{percent} %" for percent in SCALES}
        return self._chooser("scale", _("Size"), choices, self._preferences.scale)

    def _chooser(self, name: str, words: str, choices: Mapping[Any, str], now: Any) -> QComboBox:
        box = CalmCombo(self._theme)
        box.setObjectName(name)
        box.setAccessibleName(words)
        for value, shown in choices.items():
            box.addItem(shown, value)
        box.setCurrentIndex(max(box.findData(now), 0))
        box.activated.connect(lambda: self._choose(name, box.currentData()))
        return box

    def _choose(self, name: str, value: object) -> None:
        setattr(self._preferences, name, value)
        now = self._preferences.language, self._preferences.scale
        self._later.setVisible(now != self._before)
        self.grow()

    def _name(self) -> QLineEdit:
        field = QLineEdit(self._preferences.name)
        field.setObjectName("name")
        field.setAccessibleName(_("Your name"))
        field.setMaxLength(NAME_AT_MOST)
        field.editingFinished.connect(lambda: setattr(self._preferences, "name", field.text()))
        return field

    def _updates(self) -> CheckBox:
        box = CheckBox(self._theme, _("Tell me when there is one"))
        box.setObjectName("updates")
        box.setChecked(self._preferences.looks_for_updates)
        box.toggled.connect(lambda wanted: setattr(self._preferences, "looks_for_updates", wanted))
        return box

    def _folder(self) -> QWidget:
        shown = Elided(str(self._preferences.folder), middle=True)
        shown.setObjectName("folder")
        choose = QPushButton(_("Choose…"))
        choose.setObjectName("choose_folder")
        choose.clicked.connect(lambda: self._ask_folder(shown.say))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(shown, 1)
        row.addWidget(choose)
        return whole

    def _ask_folder(self, show: Callable[[str], None]) -> None:
        before = str(self._preferences.folder)
        chosen = QFileDialog.getExistingDirectory(self, _("Where flows live"), before)
        if chosen:
            self._preferences.folder = Path(chosen)
            show(chosen)

    def _row_of_later(self) -> QWidget:
        again = QPushButton(_("Start again now"))
        again.setObjectName("again")
        again.clicked.connect(self.again)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(
            text(_("Language and size count from the next start on."), "quiet", wraps=True), 1
        )
        row.addWidget(again)
        whole.hide()
        return whole
