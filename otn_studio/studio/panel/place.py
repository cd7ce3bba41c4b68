"""A place in a block: where a value stands, what it may be, and the one way to change it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from otn_studio.blocks.block import Block, Option, Part
from otn_studio.blocks.languages import said
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Change, Several, edit
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.other_flows import OtherFlows
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.emoji.insert import RecentEmoji
from otn_studio.studio.panel.shelf import Shelf
from otn_studio.studio.panel.target import PartForm
from otn_studio.studio.panel.turns import Turns
from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.theme.theme import Theme


@dataclass(frozen=True)
class Tools:
    """What every editor may need."""

    document: Document
    selection: Selection
    theme: Theme
    shelf: Shelf
    others: OtherFlows
    secrets: KnownSecrets
    emoji: RecentEmoji
    turns: Turns


@dataclass(frozen=True)
class Place:
    """``make_form`` builds the form of a part that stands within this value."""

    tools: Tools
    block: str
    path: str
    option: Option
    info: FieldInfo
    make_form: Callable[["Tools", str, str, Part], PartForm]

    @property
    def is_there(self) -> bool:
        """Whether the flow still has the block."""
        return self.block in self.tools.document.flow.blocks

    @property
    def is_said(self) -> bool:
        """Whether a person of the Page reads what stands here."""
        return any(text.field == self.path for text in said(self._block()))

    def value(self) -> Any:
        return paths.at(self._block(), self.path)

    def owner(self) -> Any:
        """The part whose option this is."""
        return paths.at(self._block(), self.path.rpartition(".")[0])

    def form_of(self, index: int, part: Part) -> PartForm:
        """The form of one of several parts."""
        return self.make_form(self.tools, self.block, paths.joined(self.path, index), part)

    def write(self, value: Any, *first: Change, words: Words | None = None) -> None:
        """Put a value here. Without words of its own the step is typing, and merges with the last.

        Raises:
            ValueError: the declaration does not take the value; nothing has changed.
        """
        document = self.tools.document
        block = paths.replaced(self._block(), self.path, value)
        if block == self._block() and not first:
            return
        change = Several((*first, edit(document.flow, self.block, block)))
        if words is None:
            typing = Words("Edit “{field}”", field=Words(self.option.label))
            document.do(change, typing, merge=f"{self.block} {self.path}")
        else:
            document.do(change, words)

    def point(self, below: str = "") -> None:
        """Say that this is the field that is meant, as long as its block is the selected one."""
        if self.tools.selection.only == self.block:
            self.tools.selection.select([self.block], below or self.path)

    def _block(self) -> Block:
        return self.tools.document.flow.blocks[self.block]
