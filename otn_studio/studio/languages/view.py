"""The languages of a flow: which it speaks, how far each is translated, and the table to do it in."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.languages import language_name
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Impossible
from otn_studio.flow.translating import SetLanguage, SetTranslations
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.languages import tables
from otn_studio.studio.languages.chooser import LanguageChooser, others
from otn_studio.studio.languages.model import Translations
from otn_studio.studio.languages.table import TranslationTable
from otn_studio.studio.pages.page import Page
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.widgets.empty import Empty
from otn_studio.studio.widgets.look import text
from otn_studio.studio.widgets.scrolling import BOTTOM, GUTTER
from otn_studio.studio.words import _


class LanguagesView(Page):
    """In place of the canvas. ``left``: back to it. ``language_changed``: another is worked on, or
    none any more.
    """

    left = Signal()
    language_changed = Signal(str)

    def __init__(self, document: Document, selection: Selection, theme: Theme) -> None:
        super().__init__(_("Languages"))
        self._document = document
        self._selection = selection
        self._theme = theme
        self._model = Translations(document, theme)
        self._table = TranslationTable(self._model)
        self._own = LanguageChooser(theme, "own_language", _("Written in"))
        self._own.chosen.connect(self._say_own)
        self._into = LanguageChooser(theme, "into_language", _("Translate into"))
        self._into.chosen.connect(self._show_language)
        self._more = LanguageChooser(theme, "add_language", _("Add a language"))
        self._more.chosen.connect(self._add)
        self._progress, self._bar = QLabel(), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._lay_out()
        self._model.progressed.connect(self._tell)
        self._model.modelReset.connect(self._tell)
        self._table.moved.connect(self._select)
        document.changed.connect(self._tell)
        self._tell()

    def go_to(self, finding: Finding) -> None:
        """Be where a finding of one of the languages is: at its text, else at one that is missing."""
        self._show_language(finding.language)
        row = self._model.where(finding.block, finding.field)
        if row is not None:
            self._table.go_to(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = next(iter(self._document.flow.translations), "")
        self._show_language(self._model.language or first)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.language_changed.emit("")

    def _lay_out(self) -> None:
        self._tables: list[QPushButton] = []
        self._add_button("import_table", _("Import…"), self._import)
        self._add_button("export_table", _("Export…"), self._export)
        back = self._button("back_to_flow", _("Back to the flow"), self.left.emit)
        self.head.addWidget(back)
        choosers = QHBoxLayout()
        choosers.setSpacing(8)
        into = text(_("Translate into"), "quiet")
        for widget in (text(_("Written in"), "quiet"), self._own, into, self._into):
            choosers.addWidget(widget)
        gone = IconButton(self._theme, "trash-2", _("Remove this language"))
        gone.setObjectName("remove_language")
        gone.clicked.connect(self._remove)
        choosers.addWidget(gone)
        choosers.addWidget(self._more)
        choosers.addStretch(1)
        self._progress.setObjectName("translated")
        onwards = self._button("next_missing", _("Next one"), self._table.go_on)
        self._far = [into, self._into, self._bar, self._progress, onwards, gone]
        progress = QHBoxLayout()
        progress.setSpacing(12)
        progress.addWidget(self._bar, 1)
        progress.addWidget(self._progress)
        progress.addWidget(onwards)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._beside_bar())
        self._empty = Empty("no_languages")
        self._empty.pressed.connect(self._more.showPopup)
        self._rooms.addWidget(self._empty)
        self._empty.setContentsMargins(sides.margins(0, 0, GUTTER, BOTTOM))  # in the page's middle
        column = QVBoxLayout()
        column.setContentsMargins(0, 16, 0, 12)
        column.setSpacing(12)
        column.addLayout(choosers)
        column.addLayout(progress)
        self.column.addLayout(column)
        self.scroll(self._rooms)

    def _beside_bar(self) -> QWidget:
        """The table, as wide as what is above it, with a bar or without."""
        room = QWidget()
        around = QVBoxLayout(room)
        around.addWidget(self._table)

        def leave_room(_least: int, most: int) -> None:
            around.setContentsMargins(sides.margins(0, 0, 0 if most else GUTTER, 0))

        bar = self._table.verticalScrollBar()
        bar.rangeChanged.connect(leave_room)
        leave_room(0, bar.maximum())
        return room

    def _button(self, name: str, words: str, do) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setProperty("look", "plain")
        button.clicked.connect(lambda: do())
        return button

    def _add_button(self, name: str, words: str, do) -> None:
        button = self._button(name, words, do)
        self.head.addWidget(button)
        self._tables.append(button)

    def _tell(self) -> None:
        flow, language = self._document.flow, self._model.language
        free = others(flow.translations)
        self._own.offer(free, flow.language, _("Not said"))
        self._into.offer(flow.translations, language)
        self._more.offer(others((flow.language, *flow.translations)), "", _("Add a language"))
        count, done = self._model.rowCount(), self._model.done
        self._progress.setText(_("{done} of {count} translated", done=done, count=count))
        self._bar.setMaximum(max(count, 1))
        self._bar.setValue(done)
        for button in self._tables:
            button.setEnabled(bool(language))
        for widget in self._far:
            widget.setVisible(bool(language))
        if language:
            words = _("This flow says nothing yet. Its texts will stand here.")
        else:
            words = _("Add a language, and every text stands here beside its translation.")
        self._empty.say(words, _("Add a language"))
        self._empty.step.setVisible(not language)
        self._rooms.setCurrentIndex(0 if language and count else 1)

    def _show_language(self, language: str) -> None:
        if language != self._model.language:
            self._model.show_language(language)
        if language and self._model.rowCount():
            self._table.go_to(0)
            self._table.setFocus()
        self.language_changed.emit(language)

    def _say_own(self, language: str) -> None:
        try:
            self._document.do(SetLanguage(language), Words("Choose the flow’s language"))
        except Impossible:
            self._tell()

    def _add(self, language: str) -> None:
        if language:
            self._document.do(SetTranslations(language, {}), Words("Add a language"))
            self._show_language(language)

    def _remove(self) -> None:
        language = self._model.language
        words = Words("Remove {language}", language=language_name(language))
        self._document.do(SetTranslations(language, None), words)
        self._show_language(next(iter(self._document.flow.translations), ""))

    def _select(self) -> None:
        """Let the panel and the phone show what is worked on."""
        index = self._table.currentIndex()
        if index.isValid():
            row = self._model.row(index)
            self._selection.select([row.block], row.field)

    def _export(self) -> None:
        tables.export(self, self._document.flow, self._model.language)

    def _import(self) -> None:
        tables.ask_and_import(self, self._document, self._model.language)
