"""How a person comes to a block: the word that they wrote, and what lies between it and the block."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from otn_studio.blocks.block import Block, Group, Role
from otn_studio.blocks.element import Element
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.flow.document import Connection, Flow
from otn_studio.studio.same import Same
from otn_studio.studio.words import shown


@dataclass(frozen=True)
class LeadIn:
    """The shortest way. ``waited`` counts from the last thing that the person did in the window."""

    keyword: str
    answer: str = ""
    """What they tapped last."""
    skips: bool = False
    """Whether other messages were sent on the way."""
    opted_in: bool = False
    """Whether the last tap was *Notify Me*, which opens no window."""
    waited: timedelta = timedelta()
    topic: str = ""
    """Which topic they opted in to last, by its id."""


def lead_in(flow: Flow, block: str) -> LeadIn | None:
    """How the nearest keyword leads to a block; none where no keyword does."""
    way = _way(flow, block)
    if way is None:
        return None
    start, connections = way
    found = LeadIn(_keyword(flow, start))
    for connection in connections:
        found = _after(found, flow, connection)
    return found


def _after(found: LeadIn, flow: Flow, connection: Connection) -> LeadIn:
    block = flow.blocks[connection.block]
    port = flow.port(connection.block, connection.port)
    waited = found.waited + (block.for_.length if isinstance(block, Wait) else timedelta())
    skips = found.skips or isinstance(block, SendMessage)
    if port is None or port.role is not Role.CHOICE:
        return replace(found, skips=skips, waited=waited)
    request = _request(block, connection.port)
    if request is not None:
        return LeadIn(found.keyword, shown(port.words), True, True, waited, _topic(request))
    return LeadIn(found.keyword, shown(port.words), True)


def _request(block: Block, port: str) -> Element | None:
    """The request whose *Notify Me* is this way out."""
    elements = block.elements if isinstance(block, SendMessage) else ()
    requests = (element for element in elements if element.kind.group is Group.PERMISSION)
    return next((asked for asked in requests if port in {p.id for p in asked.ports()}), None)


def _topic(request: Element) -> str:
    topics = (value for _, option, value in request.filled_in() if option.refers_to == "topic")
    return next(topics, "")


def _way(flow: Flow, block: str) -> tuple[str, list[Connection]] | None:
    """The start and the connections from there, found backwards and nearest first."""
    before = _arrivals(Same(flow.connections))
    onward: dict[str, Connection | None] = {block: None}
    waiting = deque([block])
    while waiting:
        here = waiting.popleft()
        if _keyword(flow, here):
            return here, list(_follow(onward, here))
        for id, port in before.get(here, ()):
            if id not in onward:
                onward[id] = Connection(id, port, here)
                waiting.append(id)
    return None


@lru_cache(maxsize=1)
def _arrivals(
    connections: Same[Mapping[str, Mapping[str, str]]],
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """By block, from where one comes to it."""
    before: dict[str, list[tuple[str, str]]] = {}
    for id, ports in connections.value.items():
        for port, to in ports.items():
            before.setdefault(to, []).append((id, port))
    return before


def _follow(onward: dict[str, Connection | None], start: str) -> Iterator[Connection]:
    connection = onward[start]
    while connection is not None:
        yield connection
        connection = onward[connection.to]


def _keyword(flow: Flow, block: str) -> str:
    start = flow.blocks.get(block)
    words = start.keywords if isinstance(start, Keyword) else ()
    return next((word.strip() for word in words if word.strip()), "")
