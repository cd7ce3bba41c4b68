"""Reading a Send API call: whom it is for, what it holds, and whether it keeps the limits.

Source: Messenger Platform, Send API reference, templates, "One-Time Notification", "Recurring
Notifications". Parameters that the emulator does not know are ignored, as Messenger ignores them.
"""

from dataclasses import dataclass
from typing import Final

from otn_studio.emulator.asking import CALLS_TO_ACTION, DEFAULT_CALL, OptInCard, RecurringCard
from otn_studio.emulator.contents import (
    Attachment,
    Button,
    Buttons,
    Card,
    Cards,
    Content,
    MediaCard,
    Message,
    QuickReply,
    Text,
)
from otn_studio.emulator.errors import bad_parameter, no_tags
from otn_studio.emulator.params import Param
from otn_studio.emulator.slips import FLIGHTS, read_flights, read_receipt
from otn_studio.policy import limits
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.media import Medium
from otn_studio.policy.requests import DEFAULT_TITLE

_RECURRING: Final = "notification_messages"
"""The template of a Recurring Notification request, and how its parameters begin."""
_ID_LENGTH = 256
"""Ours: far above any id or token of Messenger."""
_REACTION_LENGTH = 30
_REACTIONS: Final = ("react", "unreact")
_RECIPIENTS: Final = {
    "id": "psid",
    "one_time_notif_token": "token",
    "notification_messages_token": "recurring_token",
    "comment_id": "comment",
}
"""The ways to name the recipient, and the fields of a `Send` that they become."""


@dataclass(frozen=True, slots=True)
class Send:
    """A call that is well formed: to a PSID or by a token, a message or a typing sign.

    ``token`` is a one-time permission, ``recurring_token`` one that lasts, ``comment`` one that the
    message answers. ``by_hand``: a human agent typed it. ``persona`` is the id of who writes it.
    ``reacts_to`` is a message of the person's, and ``reaction`` what the Page thinks of it.
    """

    psid: str | None = None
    token: str | None = None
    recurring_token: str | None = None
    comment: str | None = None
    message: Message | None = None
    sender_action: str | None = None
    by_hand: bool = False
    persona: str | None = None
    reacts_to: str | None = None
    reaction: str | None = None

    @property
    def is_media(self) -> bool:
        """Whether it is audio or video, of which Messenger takes fewer in a second."""
        content = self.message.content if self.message else None
        return isinstance(content, Attachment) and content.medium in (Medium.AUDIO, Medium.VIDEO)


def read_send(params: dict) -> Send:
    """Read the parameters of a call, or raise Messenger's error 100."""
    call = Param(params, "")
    by_hand = _is_by_hand(call)
    way, recipient = _read_recipient(call["recipient"].object())
    if not call["sender_action"].present:
        message = _read_message(call["message"].object())
        persona = str(id) if (id := call["persona_id"].value) else None
        return Send(**{way: recipient}, message=message, by_hand=by_hand, persona=persona)
    action = _read_sender_action(call, way)
    if action not in _REACTIONS:
        return Send(**{way: recipient}, sender_action=action)
    to, reaction = _read_reaction(call["payload"].object(), action)
    return Send(**{way: recipient}, sender_action=action, reacts_to=to, reaction=reaction)


def _is_by_hand(call: Param) -> bool:
    """Message tags let only a human agent write after the window, and never a flow."""
    kind, tag = call["messaging_type"], call["tag"]
    if kind.value == "MESSAGE_TAG" and tag.value == "HUMAN_AGENT":
        return True
    if kind.value == "MESSAGE_TAG" or tag.present:
        raise no_tags()
    if kind.present:
        kind.one_of("RESPONSE", "UPDATE")
    return False


def _read_recipient(recipient: Param) -> tuple[str, str]:
    """Whom it is for, and by which field of a `Send`."""
    present = [name for name in _RECIPIENTS if recipient[name].present]
    if len(present) != 1:
        raise bad_parameter(f"Param recipient must have one of {', '.join(_RECIPIENTS)}.")
    (name,) = present
    return _RECIPIENTS[name], recipient[name].id(_ID_LENGTH)


def _read_sender_action(call: Param, way: str) -> str:
    """A typing sign comes without a message. Libraries in use give it a ``messaging_type``, though."""
    if call["message"].present:
        raise bad_parameter("A sender_action can't be sent together with other parameters.")
    if way != "psid":
        raise bad_parameter("A sender_action can't be sent with a token.")
    action = call["sender_action"]
    written = Param(action.text(_ID_LENGTH).lower(), action.path)
    return written.one_of("typing_on", "typing_off", "mark_seen", *_REACTIONS)


def _read_reaction(payload: Param, action: str) -> tuple[str, str | None]:
    """To which message, and what; or that there is none any more."""
    to = payload["message_id"].text(_ID_LENGTH)
    return to, payload["reaction"].text(_REACTION_LENGTH) if action == "react" else None


def _read_message(message: Param) -> Message:
    text, attachment, metadata = message["text"], message["attachment"], message["metadata"]
    if text.present == attachment.present:
        raise bad_parameter("Param message must have either a text or an attachment.")
    return Message(
        _read_attachment(attachment.object())
        if attachment.present
        else Text(text.text(limits.TEXT)),
        _read_quick_replies(message["quick_replies"]),
        metadata.text(limits.METADATA) if metadata.present else None,
    )


def _read_quick_replies(replies: Param) -> tuple[QuickReply, ...]:
    if not replies.present:
        return ()
    return tuple(map(_read_quick_reply, replies.items(0, limits.QUICK_REPLIES)))


def _read_quick_reply(reply: Param) -> QuickReply:
    kind = reply["content_type"].one_of("text", "user_phone_number", "user_email")
    if kind != "text":
        return QuickReply(detail=kind)
    return QuickReply(
        reply["title"].text(limits.QUICK_REPLY_TITLE), reply["payload"].text(limits.PAYLOAD)
    )


def _read_attachment(attachment: Param) -> Content:
    kind = attachment["type"].one_of(*Medium, "template")
    payload = attachment["payload"].object()
    if kind != "template":
        return _read_file(Medium(kind), payload)
    return _TEMPLATES[payload["template_type"].one_of(*_TEMPLATES)](payload)


def _read_file(medium: Medium, payload: Param) -> Attachment:
    """By its number, or from the web."""
    if payload["attachment_id"].present:
        return Attachment(medium, "", payload["attachment_id"].id(_ID_LENGTH))
    reusable = payload["is_reusable"].value in (True, "true")
    return Attachment(medium, payload["url"].url(limits.BUTTON_URL), reusable=reusable)


def _read_cards(payload: Param) -> Cards:
    return Cards(tuple(map(_read_card, payload["elements"].items(1, limits.CARDS))))


def _read_card(card: Param) -> Card:
    """At least one property has to be set in addition to the title."""
    buttons = card["buttons"].items(1, limits.BUTTONS) if card["buttons"].present else []
    read = Card(
        card["title"].text(limits.CARD_TITLE),
        card["subtitle"].text(limits.CARD_SUBTITLE) if card["subtitle"].present else None,
        card["image_url"].url(limits.BUTTON_URL) if card["image_url"].present else None,
        tuple(map(_read_button, buttons)),
    )
    if read == Card(read.title):
        raise bad_parameter(f"Param {card.path} must have more than a title.")
    return read


def _read_buttons(payload: Param) -> Buttons:
    buttons = payload["buttons"].items(1, limits.BUTTONS)
    return Buttons(
        payload["text"].text(limits.BUTTON_TEXT), tuple(_read_button(button) for button in buttons)
    )


def _read_media_card(payload: Param) -> MediaCard:
    (element,) = payload["elements"].items(1, 1)
    medium = Medium(element["media_type"].one_of(Medium.PICTURE, Medium.VIDEO))
    buttons = element["buttons"].items(1, limits.BUTTONS) if element["buttons"].present else []
    return MediaCard(_read_file(medium, element), tuple(map(_read_button, buttons)))


def _read_button(button: Param) -> Button:
    kind = button["type"].one_of("postback", "web_url", "phone_number")
    title = button["title"].text(limits.BUTTON_TITLE)
    if kind == "phone_number":
        return Button(title, phone=button["payload"].phone())
    if kind == "web_url":
        return Button(title, url=button["url"].url(limits.BUTTON_URL))
    return Button(title, payload=button["payload"].text(limits.PAYLOAD))


def _read_opt_in_card(payload: Param) -> OptInCard:
    return OptInCard(
        payload["title"].text(limits.OPT_IN_TITLE), payload["payload"].text(limits.PAYLOAD)
    )


def _read_recurring_card(payload: Param) -> RecurringCard:
    title, zone, image_url = (
        payload[name] for name in ("title", f"{_RECURRING}_timezone", "image_url")
    )
    return RecurringCard(
        title.text(limits.OPT_IN_TITLE) if title.present else DEFAULT_TITLE,
        payload["payload"].text(limits.PAYLOAD),
        _read_frequency(payload[f"{_RECURRING}_frequency"]),
        payload[f"{_RECURRING}_reoptin"].one_of("ENABLED", "DISABLED", default="DISABLED")
        == "ENABLED",
        zone.zone() if zone.present else None,
        image_url.url(limits.BUTTON_URL) if image_url.present else None,
        payload["image_aspect_ratio"].one_of("HORIZONTAL", "SQUARE", default="HORIZONTAL"),
        payload[f"{_RECURRING}_cta_text"].one_of(*CALLS_TO_ACTION, default=DEFAULT_CALL),
    )


def _read_frequency(frequency: Param) -> Frequency | None:
    if not frequency.present:
        return None
    written = Param(frequency.text(_ID_LENGTH).upper(), frequency.path)
    return Frequency(written.one_of(*(one.upper() for one in Frequency)).lower())


_TEMPLATES = {
    "button": _read_buttons,
    "generic": _read_cards,
    "media": _read_media_card,
    "receipt": read_receipt,
    **dict.fromkeys(FLIGHTS, read_flights),
    "one_time_notif_req": _read_opt_in_card,
    _RECURRING: _read_recurring_card,
}
