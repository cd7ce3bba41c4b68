"""What an element of a Send Message block is: one piece of content, one message, one bubble."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from otn_studio.blocks.block import Declared, Part, Port
from otn_studio.blocks.effect import Asks
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words

PartId = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
"""An id within a block: short, readable, and never a dot, since ports join two of them with one."""


class Element(Declared):
    """One piece of content of a Send Message block, by an id that is unique within the block."""

    types: ClassVar[dict[str, type["Element"]]] = {}
    is_message: ClassVar[bool] = True

    id: PartId

    def ports(self) -> tuple[Port, ...]:
        """The ways out that this element adds to its block."""
        return ()

    def port_id(self, name: str) -> str:
        return f"{self.id}.{name}"

    def message(self, turn: Turn) -> Message:
        """The message as this person gets it."""
        raise NotImplementedError

    def summary(self) -> Words:
        """What it is, in a few words with its own values, where it has no text to show."""
        return Words(self.kind.title)

    def asks(self) -> Asks | None:
        """What it asks permission for, if it does."""
        return None

    def answers(self) -> tuple[str, ...]:
        """Ways out of which one can be taken, once: they are gone with the next message."""
        return ()

    def keeps(self) -> frozenset[str]:
        """The fields that keep what the person answers, besides those that the block sets."""
        return frozenset()

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        """Problems that only this type knows of. ``path`` is where the element stands."""
        return iter(())


class Tappable(Part):
    """Something to tap, by an id that is unique within its element."""

    id: PartId

    @property
    def leaves(self) -> str:
        """The icon of what it does, where that is nothing in the flow."""
        return ""


def _written(element: Element) -> dict[str, Any]:
    return element.written()


AnyElement = Annotated[
    Element,
    PlainValidator(Element.read),
    PlainSerializer(_written),
    WithJsonSchema({"$dynamicRef": "#element"}),
]
"""An element of whichever type its written form names."""
