"""The fields that a flow can ask for: what Messenger tells of everyone, and its own."""

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


def existing(flow: Flow, name: str) -> str | None:
    """The key of the field that has this name."""
    wanted = compared(name)
    return next((key for key, own in fields_of(flow).items() if compared(own) == wanted), None)


def fresh(flow: Flow, name: str) -> str:
    """A key for a new field."""
    return new_key(name, fields_of(flow).keys())
