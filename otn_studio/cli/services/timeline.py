"""What happened with a person, in words."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from otn_studio.blocks import event as events
from otn_studio.blocks.words import Words
from otn_studio.interpreter import reasons, reply
from otn_studio.messenger.events import GET_STARTED, echo_of, event_of
from otn_studio.messenger.inbox import Kind
from otn_studio.messenger.untrusted import mapping, mappings, text
from otn_studio.runtime.conversing.colleagues import QUIET
from otn_studio.runtime.noting import words_of
from otn_studio.runtime.sending.ending import OTHER_APP
from otn_studio.storage.people.timeline import EventRow, Row, SendRow
from otn_studio.storage.sending import sends
from otn_studio.studio.services.people import Moment, Side

Names = Mapping[str, str]
"""Of topics, by their ids."""
_WAITS: Final = {
    QUIET: Words("a colleague answers by hand"),
    OTHER_APP: Words("another app leads the conversation"),
}
_ATTACHED: Final = {
    "image": Words("a picture"),
    "video": Words("a video"),
    "audio": Words("a voice message"),
    "file": Words("a file"),
}


def moment(row: Row, topics: Names) -> Moment | None:
    """One line of the timeline; none for what is of no meaning to anybody."""
    if isinstance(row, SendRow):
        return _sent(row, topics)
    told = _TELLERS.get(row.kind, _nothing)(row, topics)
    if told is None or row.problem is None:
        return told
    outcome = Words("this could not be dealt with and was set aside")
    return Moment(told.at, told.side, told.words, told.text, outcome, True, row.problem)


def _nothing(row: EventRow, topics: Names) -> None:
    return None


def _note(row: EventRow, topics: Names) -> Moment:
    return Moment(row.at, Side.BOT, words_of(row.body))


def _message(row: EventRow, topics: Names) -> Moment:
    message = mapping(row.body.get("message"))
    written = text(message.get("text"))
    if mapping(message.get("quick_reply")):
        return Moment(row.at, Side.PERSON, Words("Tapped"), written)
    if written:
        return Moment(row.at, Side.PERSON, Words("Wrote"), written)
    kinds = [text(part.get("type")) for part in mappings(message.get("attachments"))]
    what = _ATTACHED.get(kinds[0] if kinds else "", Words("something that can’t be shown"))
    return Moment(row.at, Side.PERSON, Words("Sent {what}", what=what))


def _postback(row: EventRow, topics: Names) -> Moment:
    postback = mapping(row.body.get("postback"))
    if text(postback.get("payload")) == GET_STARTED:
        return Moment(row.at, Side.PERSON, Words("Pressed Get Started"))
    return Moment(row.at, Side.PERSON, Words("Tapped"), text(postback.get("title")))


def _referral(row: EventRow, topics: Names) -> Moment:
    ref = text(mapping(row.body.get("referral")).get("ref"))
    return Moment(row.at, Side.PERSON, Words("Came by a link"), ref)


def _reaction(row: EventRow, topics: Names) -> Moment:
    emoji = text(mapping(row.body.get("reaction")).get("emoji"))
    return Moment(row.at, Side.PERSON, Words("Reacted to a message"), emoji)


def _optin(row: EventRow, topics: Names) -> Moment | None:
    event = event_of(Kind.OPTIN, row.body, row.at)
    match event:
        case events.OptedIn():
            place = reply.read(event.reply)
            topic = _name(place.topic if place else "", topics)
            return Moment(row.at, Side.PERSON, Words("Said yes to “{topic}”", topic=topic))
        case events.Stopped():
            return Moment(row.at, Side.PERSON, Words("Stopped the messages of a topic"))
        case events.Resumed():
            return Moment(row.at, Side.PERSON, Words("Let the messages of a topic go on"))
    return None


def _comment(row: EventRow, topics: Names) -> Moment | None:
    event = event_of(Kind.CHANGE, row.body, row.at)
    if not isinstance(event, events.Commented):
        return None
    return Moment(row.at, Side.PERSON, Words("Commented below a post"), event.text)


def _echo(row: EventRow, topics: Names) -> Moment | None:
    """Our own messages are told of as such."""
    echo = echo_of(row.body)
    if echo is None or echo.is_ours:
        return None
    written = text(mapping(row.body.get("message")).get("text"))
    return Moment(row.at, Side.PAGE, Words("A colleague answered"), written)


def _announced(row: EventRow, topics: Names) -> Moment:
    topic = _name(text(row.body.get("topic")), topics)
    return Moment(row.at, Side.BOT, Words("“{topic}” was announced", topic=topic))


def _joined(row: EventRow, topics: Names) -> Moment:
    return Moment(row.at, Side.BOT, Words("Put on a sequence"))


def _left(row: EventRow, topics: Names) -> Moment:
    return Moment(row.at, Side.BOT, Words("Taken off a sequence"))


def _woke(row: EventRow, topics: Names) -> Moment:
    return Moment(row.at, Side.BOT, Words("A wait was over"))


_TELLERS: Mapping[str, Callable[[EventRow, Names], Moment | None]] = {
    "note": _note,
    "announced": _announced,
    "joined": _joined,
    "left": _left,
    "woke": _woke,
    Kind.MESSAGE: _message,
    Kind.POSTBACK: _postback,
    Kind.REFERRAL: _referral,
    Kind.REACTION: _reaction,
    Kind.OPTIN: _optin,
    Kind.ECHO: _echo,
    Kind.CHANGE: _comment,
}


def _sent(row: SendRow, topics: Names) -> Moment:
    words, failed = Words("The bot wrote"), row.state in (sends.FAILED, sends.UNKNOWN)
    if row.by_hand:
        words = Words("Written by hand")
    elif row.topic_id is not None:
        words = Words("Wrote by the permission for “{topic}”", topic=_name(row.topic_id, topics))
    said, outcome = said_in(row.message), _outcome(row)
    return Moment(row.at, Side.PAGE, words, said, outcome, failed, row.details or "")


def _outcome(row: SendRow) -> Words | None:
    reason = row.reason or ""
    match row.state:
        case sends.DUE:
            return Words("waits: {why}", why=_waits(row)) if reason else Words("waits to be sent")
        case sends.SENDING:
            return Words("is being sent")
        case sends.UNKNOWN:
            return Words("nobody knows whether it came through")
        case sends.FAILED:
            return Words("not sent: {why}", why=reasons.words(reason))
    return Words("came through, as far as can be told") if reason == "presumed" else None


def _waits(row: SendRow) -> Words:
    return _WAITS.get(row.reason or "") or reasons.words(row.reason or "")


def said_in(message: dict[str, Any]) -> str:
    """What a message of ours says, to the letter.

    >>> said_in({"attachment": {"type": "template", "payload": {"title": "Get told?"}}})
    'Get told?'
    """
    attachment = mapping(message.get("attachment"))
    payload = mapping(attachment.get("payload"))
    cards = [text(card.get("title")) for card in mappings(payload.get("elements"))]
    said = text(message.get("text")) or text(payload.get("text")) or text(payload.get("title"))
    return said or " · ".join(filter(None, cards)) or text(payload.get("url"))


def _name(topic: str, topics: Names) -> str:
    return topics.get(topic, topic)
