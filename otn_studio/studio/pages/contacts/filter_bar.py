"""Which people are shown: a segment, filters, and whether all of these have to hold."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from otn_studio.flow.audience import EVERYBODY, About, Audience, Rule
from otn_studio.studio.pages.contacts import words
from otn_studio.studio.pages.contacts.ask_rule import AskName, AskRule
from otn_studio.studio.pages.contacts.filter_menu import FilterMenu
from otn_studio.studio.services.people import Known, SegmentRow
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import discard
from otn_studio.studio.widgets.look import BESIDE_WORDS, ThemedIcon, look
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.widgets.menu_button import MenuButton
from otn_studio.studio.widgets.wrapping_row import WrappingRow
from otn_studio.studio.words import _


class FilterBar(QWidget):
    """``changed``: other people are meant. ``keeping``: they are to be kept under that name.
    ``removing``: the segment of that number is to go.
    """

    changed = Signal()
    keeping = Signal(str)
    removing = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("filters")
        self._theme = theme
        self.known = Known()
        self.audience = EVERYBODY
        self._row = WrappingRow(self)
        self._segment = self._button(
            MenuButton(theme), "segment_menu", "users", self._open_segments
        )
        self._join = self._button(QPushButton(), "all_or_any", "", self._turn_join)
        self._add = self._button(QPushButton(), "add_filter", "plus", self._open_filters)
        self._add.setText(_("Filter"))
        self._chips: list[QFrame] = []
        self._show()

    def show_known(self, known: Known) -> None:
        """What can be chosen from."""
        self.known = known
        self._show()

    def search(self, words: str) -> None:
        if words != self.audience.words:
            self.show_audience(replace(self.audience, words=words))

    def show_everybody(self) -> None:
        self.show_audience(EVERYBODY)

    def show_audience(self, audience: Audience) -> None:
        """Mean these people."""
        self.audience = audience
        self._show()
        self.changed.emit()

    def _button(self, button: QPushButton, name: str, icon: str, press) -> QPushButton:
        button.setObjectName(name)
        if icon:
            ThemedIcon(button, self._theme, icon, "quiet")
            button.setIconSize(BESIDE_WORDS)
        button.clicked.connect(press)
        return button

    def _show(self) -> None:
        """All of it anew: it is little."""
        segment = self._current()
        is_everybody = self.audience.is_everybody
        others = _("Everybody") if is_everybody else _("Segments")
        self._segment.setText(segment.name.replace("&", "&&") if segment else others)
        self._join.setText(_("All of these") if self.audience.all else _("Any of these"))
        self._join.setToolTip(_("Whether all filters have to fit, or one is enough"))
        self._join.setVisible(len(self.audience.rules) > 1)
        for chip in self._chips:
            discard(chip)
        while self._row.takeAt(0):
            pass
        self._chips = [self._chip(place, rule) for place, rule in enumerate(self.audience.rules)]
        for widget in (self._segment, *self._chips, self._join, self._add):
            self._row.addWidget(widget)
        self.updateGeometry()

    def _chip(self, place: int, rule: Rule) -> QFrame:
        chip = QFrame(self)
        look(chip, "list")
        said = words.of_rule(rule, self.known)
        turn = QPushButton(said.replace("&", "&&"))
        turn.setObjectName(f"filter_{place}")
        look(turn, "chip")
        turn.setToolTip(_("Press for the opposite: {words}", words=self._turned_words(rule)))
        turn.clicked.connect(lambda: self._replace(place, _turned(rule)))
        away = QToolButton()
        away.setObjectName(f"remove_filter_{place}")
        look(away, "chip")
        away.setToolTip(_("Remove"))
        away.setAccessibleName(_("Remove “{filter}”", filter=said))
        ThemedIcon(away, self._theme, "x", "quiet")
        away.clicked.connect(lambda: self._replace(place, None))
        row = QHBoxLayout(chip)
        row.setContentsMargins(sides.margins(0, 0, 2, 0))
        row.setSpacing(0)
        row.addWidget(turn)
        row.addWidget(away)
        chip.show()
        return chip

    def _turned_words(self, rule: Rule) -> str:
        return words.of_rule(_turned(rule), self.known)

    def _replace(self, place: int, rule: Rule | None) -> None:
        rules = list(self.audience.rules)
        rules[place : place + 1] = [rule] if rule else []
        self.show_audience(replace(self.audience, rules=tuple(rules)))

    def _turn_join(self) -> None:
        self.show_audience(replace(self.audience, all=not self.audience.all))

    def _add_rule(self, rule: Rule) -> None:
        if rule not in self.audience.rules:
            self.show_audience(replace(self.audience, rules=(*self.audience.rules, rule)))

    def _current(self) -> SegmentRow | None:
        """The segment that is shown, unless it was changed."""
        same = (row for row in self.known.segments if row.audience == self.audience)
        return None if self.audience.is_everybody else next(same, None)

    def _open_filters(self) -> None:
        self._open(FilterMenu(self, self.known, self._add_rule, self._ask), self._add)

    def _ask(self, about: About, key: str) -> None:
        AskRule(self, about, key, self.known, self._add_rule).open()

    def _open_segments(self) -> None:
        menu = Menu(self)
        menu.setObjectName("segments")
        menu.addAction(_("Everybody"), self.show_everybody)
        for row in self.known.segments:
            shown = row.name.replace("&", "&&")
            menu.addAction(shown, lambda audience=row.audience: self.show_audience(audience))
        menu.addSeparator()
        keep = menu.addAction(_("Save as a segment…"), self._ask_name)
        keep.setEnabled(not self.audience.is_everybody)
        if (current := self._current()) is not None:
            menu.addAction(
                _("Remove the segment “{name}”", name=current.name).replace("&", "&&"),
                lambda: self.removing.emit(current.id, current.name),
            )
        self._open(menu, self._segment)

    def _ask_name(self) -> None:
        AskName(self, self.keeping.emit).open()

    def _open(self, menu: Menu, button: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_below(button, gap=4)


def _turned(rule: Rule) -> Rule:
    return replace(rule, how=words.OPPOSITE[rule.how])
