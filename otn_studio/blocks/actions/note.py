from typing import Annotated

from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.words import Words


class Note(Block):
    """Something to remember, for those who work on the flow. It does nothing.

    It stands by itself, or between two blocks: the conversation passes it.

    >>> str(Note(text="Ask Ann about the colours").summary())
    'Ask Ann about the colours'
    """

    kind = Kind("note", title="Note", group=Group.ACTION, icon="sticky-note", stands_alone=True)

    text: Annotated[str, Option("Text", limit=2_000)] = ""

    def summary(self) -> Words:
        return Words("{text}", text=self.text) if self.text.strip() else Words("Note")
