from collections.abc import Sequence

from otn_studio.blocks.field import Field
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import SetField
from otn_studio.studio.panel.editors.chooser import Chooser
from otn_studio.studio.panel.editors.suggestions import Suggestion
from otn_studio.studio.panel.fields import choices, existing, fields_of, fresh
from otn_studio.studio.panel.names import compared, rank, resembles
from otn_studio.studio.panel.place import Place
from otn_studio.studio.words import _

FIELDS = frozenset({"field", "page_field", "any_field"})
"""What an option refers to whose value is the key of a field."""


class FieldEditor(Chooser):
    """One of the fields that the option can refer to, or a new one, made on the spot."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.hint(_("Choose a field, or type a new name"))

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        wanted = compared(text)
        flow = self.place.tools.document.flow
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
        return fields_of(self.place.tools.document.flow).get(id, id)

    def choose(self, suggestion: Suggestion) -> None:
        if not suggestion.is_new:
            words = Words("Choose field “{name}”", name=suggestion.text)
            self.send(suggestion.id, words=words)
            return
        name = " ".join(self._line.text().split())
        key = fresh(self.place.tools.document.flow, name)
        words = Words("Create field “{name}”", name=name)
        of_page = self.place.option.refers_to == "page_field"
        self.send(key, SetField(key, Field(name, of_page=of_page)), words=words)
