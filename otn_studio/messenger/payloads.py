"""What a flow sends, as Messenger wants it.

Source: Messenger Platform, Send API, templates, quick replies, "One-Time
Notification", "Recurring Notifications".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from otn_studio.blocks.outgoing import (
    Button,
    ButtonsMessage,
    CardsMessage,
    Detail,
    Link,
    MediaMessage,
    Message,
    OptInCard,
    OwnDetail,
    PhoneCall,
    QuickReply,
    RecurringCard,
    ShownCard,
    TextMessage,
    Typing,
)

ReplyFor = Callable[[str], str]
"""Makes, of a port, what comes back to us when the person taps."""


def to_person(psid: str) -> dict[str, str]:
    """The recipient of a message in the conversation."""
    return {"id": psid}


def to_comment(comment: str) -> dict[str, str]:
    """The recipient of the one message that answers a comment below a post."""
    return {"comment_id": comment}


def by_permission(token: str, recurring: bool = False) -> dict[str, str]:
    """The recipient of a message that uses a permission."""
    return {"notification_messages_token" if recurring else "one_time_notif_token": token}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request for a lasting permission asks for: how often, whether Messenger asks again
    before it ends, and whose days and weeks count, by an IANA name.
    """

    frequency: str
    asks_again: bool
    zone: str


def send_body(
    recipient: dict[str, str], message: dict[str, Any], metadata: str, in_conversation: bool
) -> dict[str, Any]:
    """The whole call. A send by permission has neither a ``messaging_type`` nor a tag.

    ``metadata`` comes back with the message's echo, and so settles a send that got no answer.
    """
    if is_sign(message):
        return {"recipient": recipient, **message}
    body = {"recipient": recipient, "message": message | {"metadata": metadata}}
    return {"messaging_type": "RESPONSE", **body} if in_conversation else body


def agent_body(recipient: dict[str, str], message: dict[str, Any], metadata: str) -> dict[str, Any]:
    """The call for what a person typed, after the 24 hours."""
    tag = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    return {**tag, **send_body(recipient, message, metadata, in_conversation=False)}


def message_body(
    message: Message, reply_for: ReplyFor, terms: Terms | None = None
) -> dict[str, Any]:
    """Messenger's ``message``. A request for a lasting permission needs its ``terms``."""
    match message:
        case TextMessage(text, quick_replies):
            replies = [_quick_reply(choice, reply_for) for choice in quick_replies]
            return {"text": text} | ({"quick_replies": replies} if replies else {})
        case ButtonsMessage(text, buttons):
            written = [_button(button, reply_for) for button in buttons]
            return _template("button", text=text, buttons=written)
        case OptInCard(title=title, port=port):
            return _template("one_time_notif_req", title=title, payload=reply_for(port))
        case RecurringCard():
            assert terms is not None
            return _recurring_request(message, reply_for(message.port), terms)
        case MediaMessage(medium, url):
            return {"attachment": {"type": medium.value, "payload": {"url": url}}}
        case CardsMessage(cards):
            return _template("generic", elements=[_card(card, reply_for) for card in cards])
        case Typing():
            return {"sender_action": "typing_on"}


def is_sign(message: dict[str, Any]) -> bool:
    """Whether it is no message, but shows that one is being written."""
    return "sender_action" in message


def is_media(message: dict[str, Any]) -> bool:
    """Whether it is audio or video, of which Messenger takes fewer in a second."""
    return message.get("attachment", {}).get("type") in ("audio", "video")


def _template(name: str, **payload: Any) -> dict[str, Any]:
    return {"attachment": {"type": "template", "payload": {"template_type": name, **payload}}}


def _recurring_request(card: RecurringCard, payload: str, terms: Terms) -> dict[str, Any]:
    shape = "SQUARE" if card.square else "HORIZONTAL"
    picture = {"image_url": card.picture, "image_aspect_ratio": shape} if card.picture else {}
    button = {"notification_messages_cta_text": card.button.upper()} if card.button else {}
    return _template(
        "notification_messages",
        title=card.title,
        **picture,
        payload=payload,
        notification_messages_frequency=terms.frequency.upper(),
        notification_messages_reoptin="ENABLED" if terms.asks_again else "DISABLED",
        notification_messages_timezone=terms.zone,
        **button,
    )


_DETAILS = {Detail.PHONE: "user_phone_number", Detail.EMAIL: "user_email"}


def _quick_reply(reply: QuickReply, reply_for: ReplyFor) -> dict[str, str]:
    if isinstance(reply, OwnDetail):
        return {"content_type": _DETAILS[reply.detail]}
    return {"content_type": "text", "title": reply.title, "payload": reply_for(reply.port)}


def _card(card: ShownCard, reply_for: ReplyFor) -> dict[str, Any]:
    """What is empty is left out."""
    written = {
        "title": card.title,
        "subtitle": card.subtitle,
        "image_url": card.picture,
        "buttons": [_button(button, reply_for) for button in card.buttons],
    }
    return {name: value for name, value in written.items() if value}


def _button(button: Button, reply_for: ReplyFor) -> dict[str, str]:
    match button:
        case Link(title, url):
            return {"type": "web_url", "title": title, "url": url}
        case PhoneCall(title, number):
            return {"type": "phone_number", "title": title, "payload": number}
    return {"type": "postback", "title": button.title, "payload": reply_for(button.port)}
