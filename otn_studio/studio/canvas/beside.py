"""What of a flow's drawing comes from elsewhere: names of other flows, and what the checks found."""

from collections.abc import Mapping
from typing import NamedTuple

from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.content import Names
from otn_studio.studio.panel.fields import fields_of, label
from otn_studio.studio.words import shown

_NONE: Mapping[str, str] = {}


class Beside(NamedTuple):
    """What is known besides the flow: the names of all flows, and by block the ways out for trouble
    that can be taken."""

    flows: Mapping[str, str]
    rescues: Mapping[str, frozenset[str]]


def names_of(flow: Flow, flows: Mapping[str, str]) -> Names:
    return Names(
        {id: topic.name for id, topic in flow.topics.items()},
        fields_of(flow),
        flows,
        {
            to: shown(label(flow, flow.blocks[to]))
            for id, block in flow.blocks.items()
            if block.kind.jumps
            for to in flow.connections.get(id, _NONE).values()
        },
    )


def ports_of(flow: Flow, beside: Beside, id: str) -> Mapping[str, str]:
    """The ways out of a block that are shown whatever they are for, and where they lead, if they do."""
    connected = flow.connections.get(id, _NONE)
    rescues = beside.rescues.get(id)
    return {**dict.fromkeys(sorted(rescues), ""), **connected} if rescues else connected
