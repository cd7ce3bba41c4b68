"""The Page's time zone, its country, and which of Messenger's rules apply to it."""

from collections.abc import Mapping
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from otn_studio.studio.connecting.form import Form
from otn_studio.studio.connecting.said import PROFILES_SAID, consequence
from otn_studio.studio.connecting.store import PageRow, Proposal
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo
from otn_studio.studio.widgets.look import text
from otn_studio.studio.widgets.radios import Radios
from otn_studio.studio.words import _, shown, spoken


class RulesForm(Form):
    """All proposed; the rules are told with what they mean for the country."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._zone = QLineEdit()
        self._zone.setObjectName("connect_zone")
        self._zone.setAccessibleName(_("Time zone"))
        completer = QCompleter(sorted(available_timezones()), self._zone)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._zone.setCompleter(completer)
        self._country = CalmCombo(theme)
        self._country.setObjectName("connect_country")
        self._country.setAccessibleName(_("Country"))
        self._country.addItem(_("Another, or none"), "")
        for code, name in countries(spoken()):
            self._country.addItem(name, code)
        self._profiles = tuple(PROFILES_SAID)
        options = [(shown(name), shown(about)) for name, about in PROFILES_SAID.values()]
        self._rules = Radios("rules", options)
        self._meaning = text("", wraps=True)
        self._meaning.setObjectName("rules_meaning")
        self._lay_out()
        self._show_meaning()
        self.setFocusProxy(self._zone)

    def _lay_out(self) -> None:
        self.add(_("Time zone"), self._zone)
        self.add(_("Country"), self._country)
        self.column.addWidget(self._rules)
        self.column.addSpacing(8)
        self.column.addWidget(self._meaning)
        self._rules.show_number(len(self._profiles) - 1)
        self._rules.chosen.connect(self._show_meaning)
        self._country.currentIndexChanged.connect(self._show_meaning)

    def show_row(self, row: PageRow | None) -> None:
        if row is not None and row.profile:
            self.propose(Proposal(row.zone, row.country, row.profile))

    def propose(self, proposal: Proposal) -> None:
        self._zone.setText(proposal.zone)
        self._country.setCurrentIndex(max(self._country.findData(proposal.country), 0))
        self._rules.show_number(self._profiles.index(proposal.profile))
        self._show_meaning()

    def given(self) -> Mapping[str, str]:
        return {
            "zone": self._zone.text(),
            "country": self._country.currentData(),
            "profile": self._profiles[self._rules.number],
        }

    def _show_meaning(self) -> None:
        profile = self._profiles[self._rules.number]
        self._meaning.setText(shown(consequence(profile, self._country.currentData())))


def countries(language: str) -> list[tuple[str, str]]:
    """Their codes and names, by their names.

    >>> dict(countries("de"))["DE"]
    'Deutschland'
    """
    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        names = Locale.parse("en").territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    known = [entry for entry in found if entry[0] not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")]
    return sorted(known, key=lambda entry: entry[1].casefold())
