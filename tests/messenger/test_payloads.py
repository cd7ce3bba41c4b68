import pytest

from otn_studio.blocks.outgoing import (
    ButtonsMessage,
    CardsMessage,
    Choice,
    Detail,
    Link,
    MediaMessage,
    OptInCard,
    OwnDetail,
    PhoneCall,
    RecurringCard,
    ShownCard,
    TextMessage,
    Typing,
)
from otn_studio.messenger.payloads import (
    Terms,
    by_permission,
    is_media,
    message_body,
    send_body,
    to_person,
)
from otn_studio.policy.media import Medium


def reply_for(port: str) -> str:
    return f"run-1/{port}"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (TextMessage("Hello"), {"text": "Hello"}),
        (
            TextMessage("Coming?", (Choice("Yes", "ask.yes"), Choice("No", "ask.no"))),
            {
                "text": "Coming?",
                "quick_replies": [
                    {"content_type": "text", "title": "Yes", "payload": "run-1/ask.yes"},
                    {"content_type": "text", "title": "No", "payload": "run-1/ask.no"},
                ],
            },
        ),
        (
            ButtonsMessage(
                "Size?", (Choice("42", "ask.s42"), Link("Shop", "https://shop.example"))
            ),
            {
                "attachment": {
                    "type": "template",
                    "payload": {
                        "template_type": "button",
                        "text": "Size?",
                        "buttons": [
                            {"type": "postback", "title": "42", "payload": "run-1/ask.s42"},
                            {"type": "web_url", "title": "Shop", "url": "https://shop.example"},
                        ],
                    },
                }
            },
        ),
        (
            MediaMessage(Medium.PICTURE, "https://shop.example/shoe.png"),
            {
                "attachment": {
                    "type": "image",
                    "payload": {"url": "https://shop.example/shoe.png"},
                }
            },
        ),
        (
            TextMessage("Yours?", (OwnDetail(Detail.PHONE), OwnDetail(Detail.EMAIL))),
            {
                "text": "Yours?",
                "quick_replies": [
                    {"content_type": "user_phone_number"},
                    {"content_type": "user_email"},
                ],
            },
        ),
        (
            CardsMessage(
                (
                    ShownCard(
                        "Blue",
                        "Size 42",
                        "https://shop.example/blue.png",
                        (Choice("Buy", "shoes.blue.buy"), PhoneCall("Call", "+15105551234")),
                    ),
                    ShownCard("Red", buttons=(Link("Shop", "https://shop.example"),)),
                )
            ),
            {
                "attachment": {
                    "type": "template",
                    "payload": {
                        "template_type": "generic",
                        "elements": [
                            {
                                "title": "Blue",
                                "subtitle": "Size 42",
                                "image_url": "https://shop.example/blue.png",
                                "buttons": [
                                    {
                                        "type": "postback",
                                        "title": "Buy",
                                        "payload": "run-1/shoes.blue.buy",
                                    },
                                    {
                                        "type": "phone_number",
                                        "title": "Call",
                                        "payload": "+15105551234",
                                    },
                                ],
                            },
                            {
                                "title": "Red",
                                "buttons": [
                                    {
                                        "type": "web_url",
                                        "title": "Shop",
                                        "url": "https://shop.example",
                                    }
                                ],
                            },
                        ],
                    },
                }
            },
        ),
        (
            OptInCard("When it is back?", "topic-1", "card.opted_in"),
            {
                "attachment": {
                    "type": "template",
                    "payload": {
                        "template_type": "one_time_notif_req",
                        "title": "When it is back?",
                        "payload": "run-1/card.opted_in",
                    },
                }
            },
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_messages(message, expected):
    assert message_body(message, reply_for) == expected


def test_a_send_in_the_conversation():
    assert send_body(to_person("42"), {"text": "Hi"}, "7", in_conversation=True) == {
        "messaging_type": "RESPONSE",
        "recipient": {"id": "42"},
        "message": {"text": "Hi", "metadata": "7"},
    }


def test_a_send_by_permission_has_no_type_and_no_tag():
    assert send_body(by_permission("tok"), {"text": "Hi"}, "7", in_conversation=False) == {
        "recipient": {"one_time_notif_token": "tok"},
        "message": {"text": "Hi", "metadata": "7"},
    }


def test_a_lasting_permission_has_a_token_of_another_name():
    assert by_permission("tok", recurring=True) == {"notification_messages_token": "tok"}


def test_a_request_for_a_lasting_permission():
    card = RecurringCard(
        "Bird facts?",
        "birds",
        "card.opted_in",
        "https://birds.example/owl.png",
        square=True,
        button="get_updates",
    )
    terms = Terms("weekly", asks_again=True, zone="America/New_York")
    assert message_body(card, reply_for, terms) == {
        "attachment": {
            "type": "template",
            "payload": {
                "template_type": "notification_messages",
                "title": "Bird facts?",
                "image_url": "https://birds.example/owl.png",
                "image_aspect_ratio": "SQUARE",
                "payload": "run-1/card.opted_in",
                "notification_messages_frequency": "WEEKLY",
                "notification_messages_reoptin": "ENABLED",
                "notification_messages_timezone": "America/New_York",
                "notification_messages_cta_text": "GET_UPDATES",
            },
        }
    }


def test_a_request_without_a_picture_that_is_not_put_again():
    card = RecurringCard("Bird facts?", "birds", "card.opted_in")
    body = message_body(card, reply_for, Terms("daily", asks_again=False, zone="UTC"))
    payload = body["attachment"]["payload"]
    assert payload["notification_messages_reoptin"] == "DISABLED"
    assert (
        not {"image_url", "image_aspect_ratio", "notification_messages_cta_text"} & payload.keys()
    )


@pytest.mark.parametrize(
    ("medium", "type", "is_slow"),
    [
        (Medium.PICTURE, "image", False),
        (Medium.VIDEO, "video", True),
        (Medium.AUDIO, "audio", True),
        (Medium.FILE, "file", False),
    ],
)
def test_attachments_and_which_of_them_messenger_takes_slowly(medium, type, is_slow):
    body = message_body(MediaMessage(medium, "https://shop.example/x"), reply_for)
    assert body == {"attachment": {"type": type, "payload": {"url": "https://shop.example/x"}}}
    assert is_media(body) is is_slow


def test_the_typing_sign_is_no_message_and_comes_alone():
    sign = message_body(Typing(3), reply_for)
    assert send_body(to_person("42"), sign, "7", in_conversation=True) == {
        "recipient": {"id": "42"},
        "sender_action": "typing_on",
    }
