"""Small helpers to write flows in tests."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from otn_studio.blocks.block import Block
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.turn import Contact, Turn
from otn_studio.flow.document import Connection, Field, Flow, Topic
from otn_studio.policy.calendar import Frequency

NOW = datetime(2028, 2, 29, 23, 59, tzinfo=UTC)
START = Keyword(keywords=("hello",))


def arrow(text: str) -> Connection:
    """A connection as people draw it: ``start > say``, or ``ask.card.opted_in > thanks``."""
    left, to = text.split(" > ")
    block, _, port = left.partition(".")
    return Connection(block, port or "next", to)


def a_flow(
    blocks: Mapping[str, Block],
    *arrows: str,
    id: str = "shop",
    channel: str = "messenger",
    topics: Iterable[str] = ("shoes",),
    recurring: Mapping[str, Frequency] = {},
    fields: Iterable[str] = ("size",),
) -> Flow:
    """A flow of these blocks and arrows, with topics and fields that are called like their ids."""
    connections: dict[str, dict[str, str]] = {}
    for connection in map(arrow, arrows):
        connections.setdefault(connection.block, {})[connection.port] = connection.to
    return Flow(
        id=id,
        name=id.capitalize(),
        channel=channel,
        topics={
            **{topic: Topic(topic.capitalize()) for topic in topics},
            **{topic: Topic(topic.capitalize(), often) for topic, often in recurring.items()},
        },
        fields={field: Field(field.capitalize()) for field in fields},
        blocks=dict(blocks),
        connections=connections,
    )


def started(block: Block, **more: object) -> Flow:
    """A flow that starts and comes to this block, called ``it``."""
    return a_flow({"start": START, "it": block}, "start > it", **more)


def say(text: str = "Hello!") -> SendMessage:
    return SendMessage(elements=(Text(id="text", text=text),))


def ask(title: str = "Shall we write?", topic: str = "shoes") -> SendMessage:
    return SendMessage(elements=(OtnRequest(id="card", topic=topic, title=title),))


def ask_weekly(title: str = "Shall we write?", topic: str = "news") -> SendMessage:
    return SendMessage(elements=(RecurringRequest(id="card", topic=topic, title=title),))


def a_turn(*tags: str, **fields: str) -> Turn:
    """A turn of a contact with these tags and fields."""
    return Turn(NOW, Contact("ann", fields, frozenset(tags)))
