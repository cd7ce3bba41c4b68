"""The small windows that ask for what a filter compares with, and for a segment's name."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from otn_studio.flow.audience import About, How, Rule
from otn_studio.policy import limits
from otn_studio.studio.pages.contacts import words
from otn_studio.studio.services.people import Known
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _

WITHOUT_VALUE = (How.YES, How.NO)


class AskRule(SmallDialog):
    """``chosen`` hears of the filter."""

    def __init__(
        self,
        parent: QWidget,
        about: About,
        key: str,
        known: Known,
        chosen: Callable[[Rule], None],
    ) -> None:
        title = {About.TAG: _("Tag"), About.LANGUAGE: _("Language")}.get(about)
        title = title or known.fields[key].name
        super().__init__(parent, "ask_rule", title, width=360)
        self._about, self._key, self._known, self._chosen = about, key, known, chosen
        self._how = QComboBox()
        self._how.setObjectName("rule_how")
        self._how.setAccessibleName(_("Comparison"))
        for how, said in _hows(about):
            self._how.addItem(said, how)
        self._how.currentIndexChanged.connect(self._say)
        self._value = QLineEdit()
        self._value.setObjectName("rule_value")
        self._value.setAccessibleName(title)
        if about is About.LANGUAGE:
            self._value.setPlaceholderText("de")
        self.column.addWidget(self._how)
        self.column.addSpacing(4)
        self.column.addWidget(self._value)
        self.add_problem("rule_problem")
        self.add_button("cancel_rule", _("Cancel")).clicked.connect(self.reject)
        add = self.add_button("add_rule", _("Add filter"), "primary", default=True)
        add.clicked.connect(self._try)
        self._value.setFocus()

    def _say(self) -> None:
        is_asked = self._about is About.TAG or self._how.currentData() not in WITHOUT_VALUE
        self._value.setVisible(is_asked)
        self.complain("")

    def _try(self) -> None:
        how = self._how.currentData()
        value = "" if how in WITHOUT_VALUE and self._about is About.FIELD else self._typed()
        if value is None:
            self._value.setFocus()
            return
        is_tag = self._about is About.TAG
        self._chosen(Rule(self._about, how, *((value,) if is_tag else (self._key, value))))
        self.accept()

    def _typed(self) -> str | None:
        """What to look for; none where it does not fit, which is said."""
        typed = self._value.text().strip()
        if not typed:
            self.complain(_("Type what to look for."))
            return None
        fitting = words.fitting(typed, self._key, self._known)
        if fitting is None:
            self.complain(words.has_to_be(self._key, self._known))
        return fitting


class AskName(SmallDialog):
    """Asks for a segment's name, of which ``chosen`` hears."""

    def __init__(self, parent: QWidget, chosen: Callable[[str], None]) -> None:
        super().__init__(parent, "ask_segment", _("Save these people as a segment"), width=360)
        self._chosen = chosen
        self._name = QLineEdit()
        self._name.setObjectName("segment_name")
        self._name.setAccessibleName(_("Name"))
        self._name.setPlaceholderText(_("Answered lately"))
        self._name.setMaxLength(limits.SEGMENT_NAME)
        explained = _("Who is in it is found anew each time, by the same filters.")
        self.column.addWidget(self._name)
        self.column.addWidget(text(explained, "quiet", wraps=True))
        self.add_problem("segment_problem")
        self.add_button("cancel_segment", _("Cancel")).clicked.connect(self.reject)
        keep = self.add_button("keep_segment", _("Save segment"), "primary", default=True)
        keep.clicked.connect(self._try)

    def _try(self) -> None:
        if not (name := self._name.text().strip()):
            self.complain(_("A segment needs a name."))
            self._name.setFocus()
            return
        self._chosen(name)
        self.accept()


def _hows(about: About) -> list[tuple[How, str]]:
    if about is About.TAG:
        return [(How.YES, _("has the tag")), (How.NO, _("has not the tag"))]
    shared = [(How.IS, _("is")), (How.IS_NOT, _("is not"))]
    if about is About.LANGUAGE:
        return shared
    more = [(How.MORE, _("is more than")), (How.LESS, _("is less than"))]
    return shared + more + [(How.YES, _("is known")), (How.NO, _("is not known"))]
