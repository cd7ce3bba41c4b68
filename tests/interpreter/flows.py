"""Small flows for the tests of the interpreter and the engine."""

from collections.abc import Mapping

from otn_studio.blocks.block import Block
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.flow.document import Field, Flow, Topic

TOPIC = "t1"


def flow(blocks: Mapping[str, Block], *connections: str, id: str = "f", name: str = "Flow") -> Flow:
    """A flow whose connections are written ``"block.port > block"``."""
    ports: dict[str, dict[str, str]] = {}
    for connection in connections:
        source, _, target = connection.partition(" > ")
        block, _, port = source.partition(".")
        ports.setdefault(block, {})[port] = target
    return Flow(
        id,
        name,
        topics={TOPIC: Topic("Sneakers")},
        fields={"size": Field("Size"), "mood": Field("Mood")},
        blocks=blocks,
        connections=ports,
    )


def says(*texts: str, by_topic: str = "") -> SendMessage:
    elements = [Text(id=f"e{index}", text=text) for index, text in enumerate(texts)]
    return SendMessage(elements=elements, by_topic=by_topic)


def asks(title: str = "Tell me") -> SendMessage:
    return SendMessage(elements=[OtnRequest(id="card", topic=TOPIC, title=title)])


def keyword(*words: str) -> Keyword:
    return Keyword(keywords=words)


ASKING = flow(
    {
        "start": keyword("restock"),
        "ask": asks(),
        "thanks": says("Thank you"),
        "announced": Announced(topic=TOPIC),
        "back": says("It is back", by_topic=TOPIC),
        "sorry": says("Could not"),
    },
    "start.next > ask",
    "ask.card.opted_in > thanks",
    "announced.next > back",
    id="asking",
    name="Asking",
)
