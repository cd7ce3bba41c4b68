"""Putting what a flow sends into the outbox, if the rules let it go."""

from datetime import timedelta
from typing import Any, Final

from otn_studio.blocks.event import NotSent
from otn_studio.blocks.outgoing import EMPTY, Message, RecurringCard, Typing, are_empty, is_single
from otn_studio.interpreter.effects import SendMessages
from otn_studio.interpreter.reply import replies
from otn_studio.messenger.payloads import message_body
from otn_studio.policy import requests, sending
from otn_studio.policy.profiles import Rules
from otn_studio.policy.requests import Asked
from otn_studio.policy.sending import Refusal
from otn_studio.runtime.conversing.desk import Desk
from otn_studio.runtime.permissions import permitting
from otn_studio.storage.sending import sends

ONE_TIME_TOPIC: Final = "one_time_topic"


def send(desk: Desk, effect: SendMessages) -> NotSent | None:
    """Let the messages be sent; else say why not."""
    permission_id, refusal = _judge(desk, effect)
    if refusal is not None:
        too_late = refusal == Refusal.TOO_LATE
        return NotSent(desk.now, effect.ticket, refusal, too_late)
    place = {
        "flow_id": effect.flow,
        "version": effect.version,
        "block": effect.block,
        "ticket": effect.ticket,
    }
    after = timedelta()
    for message in effect.messages:
        desk.put_out(
            _body(desk, effect, message),
            last=message is effect.messages[-1],
            permission_id=permission_id,
            request_title=message.title if isinstance(message, RecurringCard) else None,
            place=place,
            after=after,
            reply=effect.reply,
        )
        if isinstance(message, Typing):
            after += timedelta(seconds=message.seconds)
    return None


def looks_back(rules: Rules) -> timedelta:
    """How long a request counts at most."""
    lengths = [budget.length for budget in rules.budgets]
    return max([requests.SAME_TITLE_PAUSE, *lengths])


def text_length(message: dict[str, Any]) -> int:
    """How long the text of one of Messenger's messages is."""
    payload = message.get("attachment", {}).get("payload", {})
    return len(message.get("text") or payload.get("text") or "")


def _judge(desk: Desk, effect: SendMessages) -> tuple[int | None, str | None]:
    """The permission that is set aside for the messages, or the reason why they can't go."""
    messages = effect.messages
    if are_empty(messages):
        return None, EMPTY
    cards = [message for message in messages if isinstance(message, RecurringCard)]
    if cards and (refusal := _judge_requests(desk, cards)) is not None:
        return None, refusal
    if effect.reply is not None:
        single = is_single(messages)
        return None, sending.judge_private_reply(effect.reply.until, single, desk.now)
    if effect.topic:
        lengths = [len(getattr(message, "text", "")) for message in messages]
        return permitting.set_aside(desk, effect.topic, lengths)
    return None, sending.judge_in_conversation(desk.last_action_at, desk.now)


def _judge_requests(desk: Desk, cards: list[RecurringCard]) -> str | None:
    asked = _asked(desk)
    for card in cards:
        if desk.terms_of(card.topic) is None:
            return ONE_TIME_TOPIC
        refusal = sending.judge_request(
            desk.last_action_at, card.title, asked, desk.now, desk.page.rules
        )
        if refusal is not None:
            return refusal
        asked.append(Asked(card.title, desk.now))
    return None


def _asked(desk: Desk) -> list[Asked]:
    """What the person was asked, what waits to be sent, and what is to be written included."""
    contact_id = desk.lane.contact_id
    since = desk.now - looks_back(desk.page.rules)
    rows = sends.requests(desk.connection, [contact_id], since)
    fresh = [
        Asked(row["request_title"], row["created_at"])
        for row in desk.outcome.sends
        if row["contact_id"] == contact_id and row["request_title"] is not None
    ]
    return [Asked(row.title, row.at) for row in rows] + fresh


def _body(desk: Desk, effect: SendMessages, message: Message) -> dict[str, Any]:
    topic = getattr(message, "topic", "")
    reply_for = replies(effect.flow, effect.version, effect.block, topic)
    if isinstance(message, RecurringCard):
        return message_body(message, reply_for, desk.terms_of(topic))
    return message_body(message, reply_for)
