"""Everything that can be put on the canvas, made from the declarations of blocks and elements."""

from collections.abc import Iterable
from dataclasses import dataclass

from otn_studio.blocks.block import Block, Declared, Group
from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.flow.document import new_id
from otn_studio.studio.panel.names import catalogued, compared, first_sentence, readable, unmarked
from otn_studio.studio.words import _

GROUP_ICONS = {
    Group.START: "play",
    Group.MESSAGE: "message-square",
    Group.PERMISSION: "bell",
    Group.LOGIC: "hourglass",
    Group.ACTION: "zap",
}
_LONGEST_ID = 40


@dataclass(frozen=True)
class Offer:
    """A type of block, or an element, which comes in a Send Message of its own."""

    declared: type[Declared]

    @property
    def name(self) -> str:
        return self.declared.kind.name

    @property
    def group(self) -> Group:
        return self.declared.kind.group

    @property
    def icon(self) -> str:
        return self.declared.kind.icon

    @property
    def title(self) -> str:
        return catalogued(self.declared.kind.title)

    @property
    def trail(self) -> str:
        """Where it belongs, if it has a place of its own: *Send Message › One Time Notification*."""
        menu = self.declared.kind.menu
        steps = (SendMessage.kind.title, *menu) if self.is_element and menu else menu
        return " › ".join(catalogued(step) for step in steps)

    @property
    def help(self) -> str:
        return unmarked(first_sentence(catalogued(self.declared.help())))

    @property
    def is_element(self) -> bool:
        return issubclass(self.declared, Element)

    @property
    def is_start(self) -> bool:
        return self.group is Group.START

    def fits(self, channel: str) -> bool:
        return channel in self.declared.kind.channels

    def only_in(self) -> str:
        """The channels that have it, where not all do."""
        return ", ".join(readable(channel) for channel in sorted(self.declared.kind.channels))

    def block(self) -> Block:
        """A new block of it."""
        return SendMessage(elements=(self.element(),)) if self.is_element else self.declared()

    def added_to(self, block: Block) -> Block | None:
        """The block with the element added; none where it takes none."""
        if not self.is_element or not isinstance(block, SendMessage):
            return None
        return SendMessage(
            **{
                **{name: getattr(block, name) for name in SendMessage.model_fields},
                "elements": (*block.elements, self.element()),
            }
        )

    def element(self) -> Element:
        return self.declared(id=new_id(self.name)[-_LONGEST_ID:])

    def answers_to(self, typed: str) -> bool:
        """Whether it is what somebody looks for who types this."""
        words = compared(f"{self.title} {self.trail} {_(GROUP_TITLES[self.group])}")
        return all(word in words for word in compared(typed).split())


GROUP_TITLES = {
    Group.START: "What starts it",
    Group.MESSAGE: "Send Message",
    Group.PERMISSION: "Permission",
    Group.LOGIC: "Logic",
    Group.ACTION: "Actions",
}


def offers(group: Group | None = None, *, starts: bool = True) -> list[Offer]:
    """All that there is, or one group of it, and a plain text before other messages.

    What follows on something is never a start.
    """
    order = list(GROUP_TITLES)
    declared: Iterable[type[Declared]] = (
        *(entry for entry in Block.types.values() if entry is not SendMessage),
        *Element.types.values(),
    )
    found = (Offer(entry) for entry in declared)
    return sorted(
        (o for o in found if group in (None, o.group) and (starts or not o.is_start)),
        key=lambda offer: (order.index(offer.group), offer.declared is not Text, offer.title),
    )


def matching(offers: Iterable[Offer], typed: str) -> list[Offer]:
    """Those that somebody means who types this; those that are called so come first."""
    wanted = compared(typed)

    def rank(offer: Offer) -> int:
        title = compared(offer.title)
        return 0 if title.startswith(wanted) else 1 if wanted in title else 2

    return sorted((offer for offer in offers if offer.answers_to(typed)), key=rank)
