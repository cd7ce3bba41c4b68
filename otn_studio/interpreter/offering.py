"""A person's own number or address, which they can send with one tap: where it is kept."""

from collections.abc import Iterator, Sequence

from otn_studio.blocks import answers
from otn_studio.blocks.outgoing import Detail, Message, OwnDetail, TextMessage
from otn_studio.blocks.turn import SetField, Step, Turn
from otn_studio.interpreter.conversation import Offer


def offers(messages: Sequence[Message], place: tuple[str, int, str]) -> Iterator[Offer]:
    """What the last of these messages offers to be kept: those before it lose theirs."""
    last = messages[-1] if messages else None
    for reply in last.quick_replies if isinstance(last, TextMessage) else ():
        if isinstance(reply, OwnDetail) and reply.field:
            yield Offer(*place, reply.detail, reply.field)


def kept(offer: Offer, text: str, turn: Turn) -> Step:
    """What comes of it that the person sent a text."""
    value = answers.own(Detail(offer.detail), text, turn)
    fitting = value and turn.fitting_value(offer.field, value)
    return turn.go("", *([SetField(offer.field, fitting)] if fitting else []))
