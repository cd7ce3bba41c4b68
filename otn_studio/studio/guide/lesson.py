"""A first flow, step by step. What has been done is seen in the flow itself, whoever did it how."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow


class Standing(NamedTuple):
    """How far somebody is."""

    flow: Flow
    is_published: bool = False
    practises: bool = False


class Spot(NamedTuple):
    """What a step is about: a block, or a control by its name."""

    block: str = ""
    control: str = ""


class Step(NamedTuple):
    """What to do, how, whether it is done, and where."""

    title: Words
    how: Words
    is_done: Callable[[Standing], bool]
    where: Callable[[Flow], Spot]


def step_at(standing: Standing) -> int:
    """The number of the first step that is still to be done; the count of all when none is."""
    undone = (number for number, step in enumerate(STEPS) if not step.is_done(standing))
    return next(undone, len(STEPS))


def _starts(flow: Flow) -> Iterator[tuple[str, Keyword]]:
    return ((id, block) for id, block in flow.blocks.items() if isinstance(block, Keyword))


def _elements(flow: Flow) -> Iterator[Element]:
    for block in flow.blocks.values():
        if isinstance(block, SendMessage):
            yield from block.elements


def _has_word(standing: Standing) -> bool:
    return any(any(start.keywords) for _id, start in _starts(standing.flow))


def _answers(standing: Standing) -> bool:
    flow = standing.flow
    led_to = (flow.leads_to(id, "next") for id, _start in _starts(flow))
    return any(isinstance(flow.blocks.get(to or ""), SendMessage) for to in led_to)


def _says(standing: Standing) -> bool:
    return any(isinstance(part, Text) and part.text.strip() for part in _elements(standing.flow))


def _asks(standing: Standing) -> bool:
    cards = (part for part in _elements(standing.flow) if isinstance(part, OtnRequest))
    return any(card.topic and card.title.strip() for card in cards)


def _thanks(standing: Standing) -> bool:
    return any(link.port.endswith("opted_in") for link in standing.flow.all_connections())


def _at_start(flow: Flow) -> Spot:
    return Spot(block=next((id for id, _start in _starts(flow)), ""))


def _at_answer(flow: Flow) -> Spot:
    return Spot(block=flow.leads_to(_at_start(flow).block, "next") or "")


def _at_request(flow: Flow) -> Spot:
    asking = (
        id
        for id, block in flow.blocks.items()
        if isinstance(block, SendMessage)
        and any(isinstance(part, OtnRequest) for part in block.elements)
    )
    return Spot(block=next(asking, ""))


STEPS: Final = (
    Step(
        Words("Begin with a start"),
        Words("Press / on the canvas, type “Someone writes”, and press Enter."),
        lambda standing: any(_starts(standing.flow)),
        lambda _flow: Spot(control="palette_start"),
    ),
    Step(
        Words("Say which word starts it"),
        Words("Select the block. At the right, write a keyword, such as hello."),
        _has_word,
        _at_start,
    ),
    Step(
        Words("Let it answer"),
        Words("Pull a line out of the block’s round port, let go, and choose “Text”."),
        _answers,
        _at_start,
    ),
    Step(
        Words("Write what it says"),
        Words("Select the message, and write its text at the right."),
        _says,
        _at_answer,
    ),
    Step(
        Words("Ask for permission"),
        Words("Add an “OTN Request” to the message, choose a topic, and write the opt-in message."),
        _asks,
        _at_answer,
    ),
    Step(
        Words("Say thank you"),
        Words("Pull a line out of “Notify Me tapped”, choose “Text”, and write it."),
        _thanks,
        _at_request,
    ),
    Step(
        Words("Publish it"),
        Words(
            "Press Publish. As long as no Page is connected, it only goes to the practice phone."
        ),
        lambda standing: standing.is_published,
        lambda _flow: Spot(control="publish"),
    ),
    Step(
        Words("Try it"),
        Words("Press Practice, write your keyword, and tap the button."),
        lambda standing: standing.practises,
        lambda _flow: Spot(control="practice"),
    ),
)
