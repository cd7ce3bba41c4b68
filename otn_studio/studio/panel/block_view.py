"""The form of a block, or of one element in it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from otn_studio.blocks.block import Block, Declared, Group, Option
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.words import Words
from otn_studio.studio.help.blocks import file_of
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.editors.block import BlockEditor, WayPlace
from otn_studio.studio.panel.editors.short_text import ShortText
from otn_studio.studio.panel.fields import summary
from otn_studio.studio.panel.form import Form
from otn_studio.studio.panel.header import Header
from otn_studio.studio.panel.names import catalogued
from otn_studio.studio.panel.place import Place, Tools
from otn_studio.studio.panel.row import Row
from otn_studio.studio.panel.target import Target
from otn_studio.studio.panel.view import View
from otn_studio.studio.words import _, shown

GROUPS = {
    Group.START: Words("Start"),
    Group.MESSAGE: Words("Message"),
    Group.PERMISSION: Words("Permission"),
    Group.LOGIC: Words("Logic"),
    Group.ACTION: Words("Action"),
}
"""What people call the groups."""


class BlockView(View):
    """``opened`` is the path of the element whose form this is; empty for the block itself."""

    def __init__(self, tools: Tools, id: str, block: Block, opened: str, parent: QWidget) -> None:
        self.opened = opened
        self._tools = tools
        part: Declared = paths.at(block, opened)
        tell = tools.selection.story_wanted.emit
        super().__init__(tools.theme, _header(tools, block, part), parent, tell)
        self._id = id
        self._name: Row | None = None
        if not opened:
            self._name = self._name_row(tools, block)
            self.column.addWidget(self._name)
        self._jump = self._jump_row(tools, block) if block.kind.jumps else None
        if self._jump is not None:
            self.column.addWidget(self._jump)
        self._form = Form(tools, id, opened, part, self.body)
        self.column.addWidget(self._form)
        self.column.addStretch(1)
        self.header.back.connect(lambda: tools.selection.select([id]))
        self.refresh()

    def refresh(self) -> None:
        block = self._block()
        self._form.show_part(paths.at(block, self.opened))
        if self._jump is not None:
            self._jump.show_value(self._jump.editor.place.value())
        if self._name is not None:
            self._name.show_value(block.title)
            self._name.editor.hint(shown(summary(self._tools.document.flow, block)))

    def of_here(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those of the block; an open element shows its own only."""
        block = self._block()
        placed = [
            replace(finding, field=paths.placed(block, finding.field))
            for finding in findings
            if finding.block == self._id
        ]
        return [finding for finding in placed if paths.is_within(finding.field, self.opened)]

    def reach(self, field: str) -> None:
        self._form.reach(field)

    def targets(self) -> Iterator[Target]:
        if self._name is not None:
            yield self._name
        if self._jump is not None:
            yield self._jump
        yield from self._form.targets()

    def _block(self) -> Block:
        return self._tools.document.flow.blocks[self._id]

    def _name_row(self, tools: Tools, block: Block) -> Row:
        option = Option(_("Name"))
        info = type(block).model_fields["title"]
        return Row(ShortText(Place(tools, self._id, "title", option, info, Form)))

    def _jump_row(self, tools: Tools, block: Block) -> Row:
        """Where the block leads, which is no line on the canvas."""
        port, info = block.ports()[0], type(block).model_fields["title"]
        option = Option(port.words.text)
        return Row(BlockEditor(WayPlace(tools, self._id, port.id, option, info, Form)))


def _header(tools: Tools, block: Block, part: Declared) -> Header:
    menu = [catalogued(step) for step in part.kind.menu]
    title, help, page = catalogued(part.kind.title), part.help(), file_of(type(part))
    if part is block:
        way = menu or [shown(GROUPS[part.kind.group])]
        return Header(tools.theme, title, way, help=help, page=page)
    way = [catalogued(block.kind.title), *menu]
    return Header(tools.theme, title, way, leads_back=True, help=help, page=page)
