"""Blocks and elements as the samples have them."""

from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from otn_studio.blocks.block import Block, Declared
from otn_studio.blocks.element import Element
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.offers import Offer
from otn_studio.studio.document import samples
from otn_studio.studio.document.samples import Sample

IT: Final = "it"


class Example(NamedTuple):
    """``flow`` holds nothing but that block, by the id ``it``."""

    sample: Sample
    flow: Flow

    @property
    def block(self) -> Block:
        return self.flow.blocks[IT]


@lru_cache(maxsize=200)
def example_of(declared: type[Declared]) -> Example | None:
    """The first that there is; an element in a message of its own."""
    for sample in samples.all_samples():
        for block in sample.flow.blocks.values():
            if (found := _within(block, declared)) is not None:
                return Example(sample, _alone(sample.flow, found))
    return None


def fresh(declared: type[Declared]) -> Flow:
    """One as it is put on the canvas."""
    return _alone(Flow("", ""), Offer(declared).block())


def _within(block: Block, declared: type[Declared]) -> Block | None:
    if isinstance(block, declared):
        return block
    if isinstance(block, SendMessage):
        found = [element for element in block.elements if isinstance(element, declared)]
        return SendMessage(elements=(found[0],)) if found else None
    return None


def default(declared: type[Declared]) -> Block | Element:
    """One that nobody has filled in."""
    return declared(id="made") if issubclass(declared, Element) else declared()


def _alone(flow: Flow, block: Block) -> Flow:
    return replace(flow, blocks={IT: block}, connections={}, layout={}, frames={}, translations={})
