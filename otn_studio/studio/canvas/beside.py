"""What of a flow's drawing comes from elsewhere: names of other flows, and what the checks found."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.content import Names


class Beside(NamedTuple):
    """What is known besides the flow: the names of all flows, and by block the ways out for trouble
    that can be taken."""

    flows: Mapping[str, str]
    rescues: Mapping[str, frozenset[str]]


def names_of(flow: Flow, flows: Mapping[str, str]) -> Names:
    return Names(
        {id: topic.name for id, topic in flow.topics.items()},
        {key: field.name for key, field in flow.fields.items()},
        flows,
    )


def ports_of(flow: Flow, beside: Beside, id: str) -> Collection[str]:
    """The ways out of a block that are shown whatever they are for."""
    connected = flow.connections.get(id, _NONE)
    rescues = beside.rescues.get(id)
    return connected.keys() | rescues if rescues else connected


_NONE: Mapping[str, str] = {}
