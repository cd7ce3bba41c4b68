"""The fields that a flow can ask for: what Messenger tells of everyone, and its own."""

from collections.abc import Mapping
from functools import lru_cache

from otn_studio.blocks.block import Block
from otn_studio.blocks.known import SYSTEM_FIELDS, TOLD_BY_OTHERS
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.names import compared, new_key
from otn_studio.studio.words import shown


def fields_of(flow: Flow) -> dict[str, str]:
    """Keys and names: those that everyone has, the flow's own, and those of the Page.

    >>> list(fields_of(Flow("shop", "Shop")).values())[:3]
    ['First name', 'Last name', 'Full name']
    """
    system = {key: shown(name) for key, (name, _) in SYSTEM_FIELDS.items()}
    return system | _own(flow, of_page=False) | _own(flow, of_page=True)


def choices(flow: Flow, refers_to: str) -> dict[str, str]:
    """The fields that an option can refer to: a person's that can be set, the Page's, or any.

    >>> list(choices(Flow("shop", "Shop"), "field"))
    ['first_name', 'last_name', 'locale', 'time_zone']
    """
    names = fields_of(flow)
    if refers_to == "page_field":
        return _own(flow, of_page=True)
    if refers_to == "field":
        left_out = TOLD_BY_OTHERS | _own(flow, of_page=True).keys()
        return {key: name for key, name in names.items() if key not in left_out}
    return names


def mention(flow: Flow, key: str) -> str:
    """How a text asks for a field.

    >>> mention(Flow("shop", "Shop"), "first_name")
    '{{ contact.first_name }}'
    """
    of_page = key in flow.fields and flow.fields[key].of_page
    return f"{{{{ {'page' if of_page else 'contact'}.{key} }}}}"


def _own(flow: Flow, of_page: bool) -> dict[str, str]:
    own = sorted(flow.fields.items(), key=lambda entry: compared(entry[1].name))
    return {key: field.name for key, field in own if field.of_page is of_page}


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
    return tuple(
        name for name, option in kind.options().items() if option.refers_to.endswith("field")
    )


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
