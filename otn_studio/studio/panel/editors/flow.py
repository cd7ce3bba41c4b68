from collections.abc import Mapping, Sequence

from otn_studio.blocks.block import Start
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.editors.chooser import Chooser
from otn_studio.studio.panel.editors.suggestions import Suggestion
from otn_studio.studio.panel.names import catalogued, compared, rank, resembles
from otn_studio.studio.panel.place import Place
from otn_studio.studio.words import _


class FlowEditor(Chooser):
    """One of the Page's other live flows. Those that can be gone to, or joined, stand first."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._others = place.tools.others
        self._others.changed.connect(self._restock)
        self._entry = ENTRIES[place.option.refers_to]
        self.hint(_("Choose a published flow"))

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        found = [flow for flow in self._others.all() if resembles(flow.name, text)]
        found.sort(key=lambda f: (not self._can_begin(f), rank(f.name, text), compared(f.name)))
        return [Suggestion(flow.id, flow.name, self._note(flow)) for flow in found]

    def name_of(self, id: str) -> str:
        return self._others.names().get(id, _("A flow that is gone"))

    def refusal(self, text: str) -> str:
        if self._others.all():
            return ""
        return _("No other flow is published yet. Publish the one that this shall lead to.")

    def choose(self, suggestion: Suggestion) -> None:
        self.send(suggestion.id, words=Words("Choose flow “{name}”", name=suggestion.text))

    def _restock(self) -> None:
        if self.place.is_there:
            self.show_value(self.place.value())
            if self.is_open:
                self.open()

    def _can_begin(self, flow: Flow) -> bool:
        return any(isinstance(block, self._entry) for block in flow.blocks.values())

    def _note(self, flow: Flow) -> str:
        start = catalogued(self._entry.kind.title)
        return "" if self._can_begin(flow) else _("no start “{start}”", start=start)


ENTRIES: Mapping[str, type[Start]] = {"flow": AnotherFlow, "sequence": Joined}
"""The start at which a flow that is referred to begins."""
