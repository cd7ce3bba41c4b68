from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import SetField
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.editors.chooser import Chooser
from otn_studio.studio.panel.editors.suggestions import Suggestion
from otn_studio.studio.panel.fields import choices, existing, fields_of, fresh
from otn_studio.studio.panel.names import compared, rank, resembles
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets.controls import CalmCombo
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _, shown

TYPE_NAMES = {
    FieldType.TEXT: Words("Text"),
    FieldType.NUMBER: Words("Number"),
    FieldType.DATE: Words("Date"),
    FieldType.TIME: Words("Time"),
    FieldType.DATE_TIME: Words("Date and time"),
    FieldType.YES_NO: Words("Yes or no"),
}
"""What a field can hold."""

FIELDS = frozenset({"field", "page_field", "any_field"})
"""What an option refers to whose value is the key of a field."""


class FieldEditor(Chooser):
    """One of the fields that the option can refer to, or a new one, made on the spot."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.hint(_("Choose a field, or type a new name"))
        self._type = CalmCombo(place.tools.theme)
        self._type.setObjectName(f"{place.path} type")
        self._type.setAccessibleName(_("What it holds"))
        for type, words in TYPE_NAMES.items():
            self._type.addItem(shown(words), type)
        self._holds = QWidget()
        holds = QHBoxLayout(self._holds)
        holds.setContentsMargins(0, 0, 0, 0)
        holds.setSpacing(8)
        holds.addWidget(text(_("What it holds"), "quiet"))
        holds.addWidget(self._type, 1)
        self.body.addWidget(self._holds)
        self.watch(self._type)
        self._type.activated.connect(self._retype)

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        entry = self._flow.fields.get(value)
        self._holds.setVisible(entry is not None)
        if entry is not None:
            self._type.setCurrentIndex(list(TYPE_NAMES).index(entry.type))

    def stops(self) -> Iterator[QWidget]:
        yield from super().stops()
        yield self._type

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        wanted, flow = compared(text), self._flow
        found = [
            Suggestion(key, name, key)
            for key, name in choices(flow, self.place.option.refers_to).items()
            if resembles(name, text)
        ]
        found.sort(key=lambda entry: rank(entry.text, text))
        name = " ".join(text.split())
        if not wanted or existing(flow, text) is not None:
            return found
        return [Suggestion("", _("+ Create field “{name}”", name=name), role="accent"), *found]

    def name_of(self, id: str) -> str:
        return fields_of(self._flow).get(id, id)

    def choose(self, suggestion: Suggestion) -> None:
        if not suggestion.is_new:
            words = Words("Choose field “{name}”", name=suggestion.text)
            self.send(suggestion.id, words=words)
            return
        name = " ".join(self._line.text().split())
        key = fresh(self._flow, name)
        words = Words("Create field “{name}”", name=name)
        of_page = self.place.option.refers_to == "page_field"
        self.send(key, SetField(key, Field(name, of_page=of_page)), words=words)

    @property
    def _flow(self) -> Flow:
        return self.place.tools.document.flow

    def _retype(self) -> None:
        """Let the field hold values of another kind, wherever the flow uses it."""
        key = self.place.value()
        entry = replace(self._flow.fields[key], type=FieldType(self._type.currentData()))
        words = Words("Change what “{name}” holds", name=entry.name)
        self.place.tools.document.do(SetField(key, entry), words)
