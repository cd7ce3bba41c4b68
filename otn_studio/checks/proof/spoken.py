"""What a block does in whichever of the flow's languages a person reads it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

from otn_studio.blocks.block import Block
from otn_studio.blocks.effect import Asks, Effect, Sends
from otn_studio.blocks.languages import Texts, in_words


def effect_in_all(block: Block, texts: Iterable[Texts]) -> Effect:
    """The effect of a block, given its texts in the further languages.

    >>> from otn_studio.blocks.elements.text import Text
    >>> from otn_studio.blocks.message.send_message import SendMessage
    >>> block = SendMessage(elements=[Text(id="hi", text="Hello")])
    >>> effect_in_all(block, [{"hi.text": "Guten Tag"}]).longest
    9
    """
    return reduce(_either, (in_words(block, entry).effect() for entry in texts), block.effect())


def _either(one: Effect, other: Effect) -> Effect:
    """Of what a send depends on, words are all that a language changes."""
    if not isinstance(one, Sends) or not isinstance(other, Sends):
        return one
    return replace(
        one,
        longest=max(one.longest, other.longest),
        may_be_empty=one.may_be_empty or other.may_be_empty,
        asks=tuple(map(_whichever, one.asks, other.asks)),
    )


def _whichever(one: Asks, other: Asks) -> Asks:
    return one if one.title == other.title else replace(one, title="")
