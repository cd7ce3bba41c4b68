"""Everything that can be put on the canvas, from the declarations: blocks, and elements to send."""

from collections.abc import Iterator
from dataclasses import dataclass

from otn_studio.blocks.block import Block, Declared, Group
from otn_studio.blocks.element import Element
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.flow.changes import AddBlock, Change, Connect, EditBlock, Several
from otn_studio.flow.document import Flow, Position, new_id
from otn_studio.studio.words import _

GROUPS = {
    Group.START: "Starts",
    Group.MESSAGE: "Send Message",
    Group.PERMISSION: "Permission",
    Group.LOGIC: "Logic",
    Group.ACTION: "Actions",
}
GROUP_ICONS = {
    Group.START: "play",
    Group.MESSAGE: "message-square",
    Group.PERMISSION: "bell",
    Group.LOGIC: "hourglass",
    Group.ACTION: "zap",
}


@dataclass(frozen=True)
class Choice:
    """One thing to add."""

    declared: type[Declared]

    @property
    def group(self) -> Group:
        return self.declared.kind.group

    @property
    def icon(self) -> str:
        return self.declared.kind.icon

    @property
    def words(self) -> str:
        """Its name, with the way to it where the menu has one: One Time Notification › OTN Request."""
        kind = self.declared.kind
        return " › ".join([*(_(step) for step in kind.menu), _(kind.title)])

    @property
    def help(self) -> str:
        return self.declared.help().partition("\n")[0]

    def block(self) -> Block:
        """A new block of it; an element comes in a Send Message of its own."""
        if issubclass(self.declared, Element):
            return SendMessage(elements=[self.element()])
        return self.declared()

    def element(self) -> Element:
        return self.declared(id=new_id(self.declared.kind.name)[:40])


def choices(*, starts: bool = True) -> list[Choice]:
    """All of them, in the order of the groups. What follows on something is never a start."""
    declared = [t for t in Block.types.values() if t is not SendMessage]
    found = [Choice(entry) for entry in (*declared, *Element.types.values())]
    order = list(GROUPS)
    return sorted(
        (c for c in found if starts or c.group is not Group.START),
        key=lambda c: order.index(c.group),
    )


def addition(
    choice: Choice, at: Position, after: tuple[str, str] | None = None
) -> tuple[str, Change]:
    """Adds a new block, connected to a way out where one is given; with the new block's id."""
    id = new_id(choice.declared.kind.name)
    changes: list[Change] = [AddBlock(id, choice.block(), at)]
    if after is not None:
        changes.append(Connect(*after, id))
    return id, Several(tuple(changes))


def extension(flow: Flow, id: str, choice: Choice) -> Change | None:
    """Adds an element to a Send Message block; none where block or choice is something else."""
    block = flow.blocks.get(id)
    if not isinstance(block, SendMessage) or not issubclass(choice.declared, Element):
        return None
    elements = (*block.elements, choice.element())
    return EditBlock(id, block.model_copy(update={"elements": elements}))


def matching(text: str, found: list[Choice]) -> Iterator[Choice]:
    """Those whose name or help has every word of the text, by name first."""
    words = text.casefold().split()
    by_name = [c for c in found if all(word in c.words.casefold() for word in words)]
    by_help = [c for c in found if all(word in f"{c.words} {c.help}".casefold() for word in words)]
    yield from by_name
    yield from (c for c in by_help if c not in by_name)
