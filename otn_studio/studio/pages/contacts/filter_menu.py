"""The menu from which a filter is chosen."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from otn_studio.flow.audience import About, How, Rule
from otn_studio.studio.pages.contacts import words
from otn_studio.studio.services.people import Known
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.words import _

DAYS = (1, 7, 30, 90)
TAGS_SHOWN = 40


class FilterMenu(Menu):
    """``choose`` hears of a filter; ``ask`` of one that needs a value first: about what, and which."""

    def __init__(
        self,
        parent: QWidget,
        known: Known,
        choose: Callable[[Rule], None],
        ask: Callable[[About, str], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("filter_menu")
        self._known = known
        self._choose, self._ask = choose, ask
        self._add_tags()
        self._add_fields()
        self._add_topics()
        self._add_rules(_("Answered"), _in_time(About.ANSWERED))
        self._add_rules(_("First seen"), _in_time(About.SEEN))
        self._add_asking(self, _("Language…"), About.LANGUAGE, "")
        self.addSeparator()
        for rule in (
            Rule(About.WINDOW, How.YES),
            Rule(About.REACHABLE, How.YES),
            Rule(About.REACHABLE, How.NO),
        ):
            self._add(self, rule)

    def _add_tags(self) -> None:
        """Of many tags, the rest is typed."""
        tags = [Rule(About.TAG, How.YES, tag) for tag in self._known.tags]
        menu = self.addMenu(_("Tag"))
        for rule in tags[:TAGS_SHOWN]:
            menu.addAction(_literal(rule.key), lambda rule=rule: self._choose(rule))
        if len(tags) > TAGS_SHOWN:
            self._add_asking(menu, _("Another tag…"), About.TAG, "")
        menu.setEnabled(bool(tags))

    def _add_fields(self) -> None:
        menu = self.addMenu(_("Field"))
        for key, field in self._known.fields.items():
            self._add_asking(menu, f"{_literal(field.name)}…", About.FIELD, key)
        menu.setEnabled(bool(self._known.fields))

    def _add_topics(self) -> None:
        menu = self.addMenu(_("Permission"))
        for id, name in self._known.topics.items():
            rule = Rule(About.TOPIC, How.YES, id)
            menu.addAction(_literal(name), lambda rule=rule: self._choose(rule))
        menu.setEnabled(bool(self._known.topics))

    def _add_rules(self, title: str, rules: list[Rule]) -> None:
        menu = self.addMenu(title)
        for rule in rules:
            self._add(menu, rule)

    def _add(self, menu: Menu, rule: Rule) -> None:
        shown = _literal(words.of_rule(rule, self._known))
        menu.addAction(shown, lambda: self._choose(rule))

    def _add_asking(self, menu: Menu, title: str, about: About, key: str) -> None:
        menu.addAction(title, lambda: self._ask(about, key))


def _in_time(about: About) -> list[Rule]:
    return [Rule(about, how, value=str(n)) for how in (How.WITHIN, How.BEFORE) for n in DAYS]


def _literal(name: str) -> str:
    """A name whose & is one."""
    return name.replace("&", "&&")
