"""The bubbles of one Send Message as one person gets it: rendered just as the engine does."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from otn_studio.blocks import liquid
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.turn import Contact, PageFacts, Turn
from otn_studio.flow.document import Flow
from otn_studio.policy import limits
from otn_studio.studio.phone import times
from otn_studio.studio.phone.bubbles import (
    Bubble,
    Line,
    OptIn,
    Replies,
    Said,
    of_message,
    opted_in,
)
from otn_studio.studio.phone.lead_in import LeadIn, lead_in
from otn_studio.studio.phone.window_over import of_window
from otn_studio.studio.words import _, shown

NINE = datetime(2026, 1, 5, 9, 0).astimezone()
"""When it is on the phone."""
A_MOMENT = timedelta(minutes=1)


def of_block(
    flow: Flow, block: str, fields: Mapping[str, str], element: int | None = None
) -> Iterator[Bubble]:
    """All of the phone, ``element`` highlighted."""
    message = flow.blocks[block]
    contact = Contact("preview", fields)
    way = lead_in(flow, block)
    name = fields.get("first_name", "")
    yield Line(text=times.moment(NINE, NINE))
    if way is not None:
        yield from _before(way, flow, contact)
    yield from _messages(flow, message, contact, element)
    if message.by_topic:
        yield Line(text=_permission(flow, message.by_topic, name))
    elif way is not None:
        yield of_window(NINE - way.waited - A_MOMENT, NINE, name)


def mentioned(message: SendMessage) -> frozenset[str]:
    """The fields of the contact that its texts mention; broken texts mention none."""
    keys: set[str] = set()
    for _path, option, value in message.filled_in():
        if option.liquid and "{" in value:
            try:
                keys |= liquid.contact_fields(value)
            except liquid.BrokenText:
                continue
    return frozenset(keys)


def _before(way: LeadIn, flow: Flow, contact: Contact) -> Iterator[Bubble]:
    """What the person did that led here, in as little as says it."""
    yield Said(text=way.keyword, by_person=True)
    if way.skips:
        yield Line(text=_("after other messages"))
    if way.opted_in:
        topic = flow.topics.get(way.topic)
        yield opted_in(topic.name if topic else "", contact.fields.get("first_name", ""))
    elif way.answer:
        title = _turn(flow, contact).render(way.answer, limits.QUICK_REPLY_TITLE)
        yield Said(text=title, by_person=True)
    if way.waited:
        yield Line(text=_("{time} later", time=times.in_words(way.waited)))


def _turn(flow: Flow, contact: Contact) -> Turn:
    """What is made up for the person is made up for the Page, too."""
    page = PageFacts(contact.fields, zone=NINE.tzinfo or UTC)
    return Turn(NINE, contact, page=page, fields=flow.fields, language=flow.language)


def _messages(
    flow: Flow, message: SendMessage, contact: Contact, highlighted: int | None
) -> Iterator[Bubble]:
    cards = 0
    for place, element in enumerate(message.elements):
        turn = _turn(flow, contact)
        sent, lit = element.message(turn), place == highlighted
        bubbles = of_message(sent, index=cards, highlighted=lit, topics=flow.topics)
        yield from bubbles
        cards += any(isinstance(bubble, OptIn) for bubble in bubbles)
        if isinstance(bubbles[-1], Replies) and element is not message.elements[-1]:
            yield Line(text=_("These go away when the next message arrives"))
        for note in turn.notes:
            yield Line(text=shown(note), warns=True)


def _permission(flow: Flow, topic: str, name: str) -> str:
    known = flow.topics.get(topic)
    if known is None:
        return _("Sent with permission")
    if not name:
        return _("Sent with permission for “{topic}”", topic=known.name)
    return _("Sent with {name}’s permission for “{topic}”", name=name, topic=known.name)
