from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from otn_studio.blocks.block import Start
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Change, Connect, Several
from otn_studio.studio.panel.editors.chooser import Chooser
from otn_studio.studio.panel.editors.suggestions import Suggestion
from otn_studio.studio.panel.fields import label
from otn_studio.studio.panel.names import compared, first_words, rank, resembles
from otn_studio.studio.panel.place import Place
from otn_studio.studio.words import _, shown

NOTE_AT_MOST = 24


@dataclass(frozen=True)
class WayPlace(Place):
    """A way out of a block, by whose id it goes: its value is the block to which it leads."""

    def value(self) -> Any:
        return self.tools.document.flow.leads_to(self.block, self.path) or ""

    def write(self, value: Any, *first: Change, words: Words | None = None) -> None:
        change = Several((*first, Connect(self.block, self.path, value or None)))
        self.tools.document.do(change, words or Words("Go to no block"))


class BlockEditor(Chooser):
    """A block of the flow, by what people call it, with its first words beside."""

    def __init__(self, place: WayPlace) -> None:
        super().__init__(place)
        self.hint(_("Choose a block"))

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        blocks = self.place.tools.document.flow.blocks
        others = [
            id
            for id, block in blocks.items()
            if id != self.place.block and not isinstance(block, Start)
        ]
        found = [Suggestion(id, self.name_of(id), self._first_words(id)) for id in others]
        fitting = [one for one in found if resembles(f"{one.text} {one.note}", text)]
        return sorted(fitting, key=lambda one: (rank(one.text, text), compared(one.text)))

    def name_of(self, id: str) -> str:
        flow = self.place.tools.document.flow
        return shown(label(flow, flow.blocks[id]))

    def choose(self, suggestion: Suggestion) -> None:
        self.send(suggestion.id, words=Words("Go to “{block}”", block=suggestion.text))

    def _first_words(self, id: str) -> str:
        block = self.place.tools.document.flow.blocks[id]
        said = (first_words(part) for path, part in block.parts() if path)
        words = next(filter(None, said), "")
        return words if len(words) <= NOTE_AT_MOST else f"{words[:NOTE_AT_MOST]}…"
