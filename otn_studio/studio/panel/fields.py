"""The fields that a flow can ask for: what Messenger tells of everyone, and its own."""

from collections.abc import Mapping
from functools import lru_cache

from otn_studio.blocks.block import Block
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.names import compared, new_key
from otn_studio.studio.words import shown

OF_MESSENGER = {"first_name": Words("First name"), "last_name": Words("Last name")}
"""The fields that everyone has, with what people call them."""


def fields_of(flow: Flow) -> dict[str, str]:
    """Keys and names, Messenger's own first.

    >>> fields_of(Flow("shop", "Shop"))
    {'first_name': 'First name', 'last_name': 'Last name'}
    """
    own = sorted(flow.fields.items(), key=lambda entry: compared(entry[1].name))
    known = {key: shown(name) for key, name in OF_MESSENGER.items()}
    return known | {key: field.name for key, field in own}


def summary(flow: Flow, block: Block) -> Words:
    """What a block does, with the names of fields instead of their keys."""
    return named_summary(block, fields_of(flow))


def named_summary(block: Block, names: Mapping[str, str]) -> Words:
    """The same, where the names of the fields are known already. A count of nothing goes unsaid."""
    words = block.summary()
    if words.plural and words.n == 0:
        return Words(block.kind.title)
    if not words.values:
        return words
    named = {
        name: names[words.values[name]]
        for name in _of_fields(type(block))
        if words.values.get(name) in names
    }
    return Words(words.text, plural=words.plural, n=words.n, **words.values | named)


@lru_cache(maxsize=200)
def _of_fields(kind: type[Block]) -> tuple[str, ...]:
    """The options of a type that name a field."""
    return tuple(name for name, option in kind.options().items() if option.refers_to == "field")


def label(flow: Flow, block: Block) -> Words:
    """What people call a block: the title that they gave it, else what it does."""
    return block.label() if block.title else summary(flow, block)


def existing(flow: Flow, name: str) -> str | None:
    """The key of the field that has this name."""
    wanted = compared(name)
    return next((key for key, own in fields_of(flow).items() if compared(own) == wanted), None)


def fresh(flow: Flow, name: str) -> str:
    """A key for a new field."""
    return new_key(name, fields_of(flow).keys())
