"""What Messenger accepts in a call of the Send API, and how it complains."""

import json

import pytest

from otn_studio.emulator.asking import OptInCard
from otn_studio.emulator.contents import (
    Attachment,
    Button,
    Buttons,
    Card,
    Cards,
    Message,
    QuickReply,
    Text,
)
from otn_studio.emulator.errors import GraphError
from otn_studio.emulator.sends import Send, read_send
from otn_studio.policy import limits
from otn_studio.policy.media import Medium

CAKE = "\N{SHORTCAKE}"
"""One code point beyond the first 65,536: two units of UTF-16 and four bytes of UTF-8."""


def _call(message: dict, **more: object) -> dict:
    return {"recipient": {"id": "12"}, "message": message} | more


def _quick_replies(count: int = 1, title: str = "Yes", payload: str = "y") -> dict:
    reply = {"content_type": "text", "title": title, "payload": payload}
    return _call({"text": "Well?", "quick_replies": [reply] * count})


def _button(**changes: object) -> dict:
    return {"type": "postback", "title": "Yes", "payload": "y"} | changes


def _template(payload: dict) -> dict:
    return _call({"attachment": {"type": "template", "payload": payload}})


def _buttons(*buttons: dict, text: object = "Well?") -> dict:
    return _template({"template_type": "button", "text": text, "buttons": list(buttons)})


def _cards(*cards: dict) -> dict:
    return _template({"template_type": "generic", "elements": list(cards)})


def _one(**changes: object) -> dict:
    return {"title": "Blue", "subtitle": "Size 42"} | changes


def _card(title: object = "Tell me", payload: object = "topic-7") -> dict:
    return _template({"template_type": "one_time_notif_req", "title": title, "payload": payload})


def _picture(url: object) -> dict:
    return _call({"attachment": {"type": "image", "payload": {"url": url}}})


def _link(length: int) -> str:
    return "https://example.com/".ljust(length, "x")


def _refusal(params: dict) -> str:
    with pytest.raises(GraphError) as refused:
        read_send(params)
    assert (refused.value.code, refused.value.subcode, refused.value.status) == (100, None, 400)
    return str(refused.value)


def test_a_text():
    params = _call({"text": "Hi", "metadata": "send-1"}, messaging_type="RESPONSE")
    assert read_send(params) == Send(psid="12", message=Message(Text("Hi"), metadata="send-1"))


def test_a_message_by_permission():
    params = {"recipient": {"one_time_notif_token": "99"}, "message": {"text": "Hi"}}
    assert read_send(params) == Send(token="99", message=Message(Text("Hi")))


def test_a_picture_buttons_and_a_card():
    assert read_send(_picture("https://x.test/a.png")).message.content == Attachment(
        Medium.PICTURE, "https://x.test/a.png"
    )
    link = {"type": "web_url", "title": "Shop", "url": "https://x.test"}
    assert read_send(_buttons(_button(), link)).message.content == Buttons(
        "Well?", (Button("Yes", payload="y"), Button("Shop", url="https://x.test"))
    )
    assert read_send(_card()).message.content == OptInCard("Tell me", "topic-7")


@pytest.mark.parametrize("action", ["typing_on", "typing_off", "mark_seen"])
def test_a_sender_action(action):
    params = {"recipient": {"id": "12"}, "sender_action": action}
    assert read_send(params) == Send(psid="12", sender_action=action)


def test_a_person_can_be_named_by_a_number():
    assert read_send({"recipient": {"id": 12}, "message": {"text": "Hi"}}).psid == "12"


def test_objects_can_come_as_strings_of_json():
    params = {"recipient": '{"id": "12"}', "message": json.dumps({"text": CAKE})}
    assert read_send(params) == Send(psid="12", message=Message(Text(CAKE)))


@pytest.mark.parametrize("kind", ["RESPONSE", "UPDATE", None])
def test_messaging_types(kind):
    assert read_send(_call({"text": "Hi"}, messaging_type=kind)).psid == "12"


def test_unknown_parameters_are_ignored():
    params = _call({"text": "Hi", "sparkle": 1}, notification_type="REGULAR", appsecret_proof="x")
    params["recipient"]["shoe_size"] = 43
    assert read_send(params) == Send(psid="12", message=Message(Text("Hi")))


@pytest.mark.parametrize(
    ("limit", "make", "path"),
    [
        (limits.TEXT, lambda n: _call({"text": CAKE * n}), "message[text]"),
        (
            limits.METADATA,
            lambda n: _call({"text": "Hi", "metadata": CAKE * n}),
            "message[metadata]",
        ),
        (
            limits.QUICK_REPLY_TITLE,
            lambda n: _quick_replies(title=CAKE * n),
            "message[quick_replies][0][title]",
        ),
        (
            limits.PAYLOAD,
            lambda n: _quick_replies(payload=CAKE * n),
            "message[quick_replies][0][payload]",
        ),
        (
            limits.BUTTON_TEXT,
            lambda n: _buttons(_button(), text=CAKE * n),
            "message[attachment][payload][text]",
        ),
        (
            limits.BUTTON_TITLE,
            lambda n: _buttons(_button(), _button(title=CAKE * n)),
            "message[attachment][payload][buttons][1][title]",
        ),
        (
            limits.PAYLOAD,
            lambda n: _buttons(_button(payload=CAKE * n)),
            "message[attachment][payload][buttons][0][payload]",
        ),
        (
            limits.BUTTON_URL,
            lambda n: _buttons(_button(type="web_url", url=_link(n))),
            "message[attachment][payload][buttons][0][url]",
        ),
        (
            limits.CARD_TITLE,
            lambda n: _cards(_one(), _one(title=CAKE * n)),
            "message[attachment][payload][elements][1][title]",
        ),
        (
            limits.CARD_SUBTITLE,
            lambda n: _cards(_one(subtitle=CAKE * n)),
            "message[attachment][payload][elements][0][subtitle]",
        ),
        (
            limits.BUTTON_TITLE,
            lambda n: _cards(_one(buttons=[_button(title=CAKE * n)])),
            "message[attachment][payload][elements][0][buttons][0][title]",
        ),
        (
            limits.OPT_IN_TITLE,
            lambda n: _card(title=CAKE * n),
            "message[attachment][payload][title]",
        ),
        (
            limits.PAYLOAD,
            lambda n: _card(payload=CAKE * n),
            "message[attachment][payload][payload]",
        ),
    ],
)
def test_lengths_in_code_points(limit, make, path):
    read_send(make(limit))
    complaint = _refusal(make(limit + 1))
    assert complaint == f"Length of param {path} must be less than or equal to {limit}"


def test_the_limits_are_messengers():
    """A second place that knows the figures: the table is not right only because we all read it."""
    assert (limits.TEXT, limits.OPT_IN_TITLE, limits.BUTTON_TEXT) == (2000, 65, 640)
    assert (limits.BUTTON_TITLE, limits.QUICK_REPLY_TITLE) == (20, 20)
    assert (limits.PAYLOAD, limits.METADATA) == (1000, 1000)
    assert (limits.BUTTONS, limits.QUICK_REPLIES) == (3, 13)
    assert (limits.CARDS, limits.CARD_TITLE, limits.CARD_SUBTITLE) == (10, 80, 80)
    assert (limits.ATTACHMENT_BYTES, limits.ATTACHMENT_DAYS) == (26_214_400, 90)


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file"])
def test_an_attachment_from_the_web(kind):
    payload = {"url": "https://x.test/a", "is_reusable": True}
    params = _call({"attachment": {"type": kind, "payload": payload}})
    content = read_send(params).message.content
    assert content == Attachment(Medium(kind), "https://x.test/a", reusable=True)
    assert content.echoed() == {
        "attachments": [{"type": kind, "payload": {"url": "https://x.test/a"}}]
    }


def test_cards():
    call = {"type": "phone_number", "title": "Call", "payload": "+15105551234"}
    params = _cards(
        _one(image_url="https://x.test/b.png", buttons=[_button(), call]), {"title": "Red"} | _one()
    )
    content = read_send(params).message.content
    buttons = (Button("Yes", payload="y"), Button("Call", phone="+15105551234"))
    blue = Card("Blue", "Size 42", "https://x.test/b.png", buttons)
    assert content == Cards((blue, Card("Blue", "Size 42")))
    payload = params["message"]["attachment"]["payload"]
    assert content.echoed() == {"attachments": [{"type": "template", "payload": payload}]}


def test_how_many_cards_and_what_is_on_them():
    assert len(read_send(_cards(*[_one()] * 10)).message.content.cards) == 10
    assert "between 1 and 10" in _refusal(_cards(*[_one()] * 11))
    assert "between 1 and 10" in _refusal(_cards())
    assert "between 1 and 3" in _refusal(_cards(_one(buttons=[_button()] * 4)))
    assert "more than a title" in _refusal(_cards({"title": "Blue"}))


@pytest.mark.parametrize(
    "number", ["030 1234567", "+49 30 1", "+49-30-1234567", "+0151", "call me"]
)
def test_a_number_that_cannot_be_called(number):
    button = {"type": "phone_number", "title": "Call", "payload": number}
    assert "[buttons][0][payload] must be a valid phone number" in _refusal(_buttons(button))


def test_quick_replies_of_what_messenger_knows_of_the_person():
    replies = [{"content_type": "user_phone_number"}, {"content_type": "user_email"}]
    message = read_send(_call({"text": "Yours?", "quick_replies": replies})).message
    assert message.quick_replies == (
        QuickReply(detail="user_phone_number"),
        QuickReply(detail="user_email"),
    )


def test_how_many_quick_replies():
    assert len(read_send(_quick_replies(13)).message.quick_replies) == 13
    assert "quick_replies" in _refusal(_quick_replies(14))


def test_how_many_buttons():
    assert len(read_send(_buttons(*[_button()] * 3)).message.content.buttons) == 3
    assert "between 1 and 3" in _refusal(_buttons(*[_button()] * 4))
    assert "between 1 and 3" in _refusal(_buttons())


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"message": {"text": "Hi"}}, "The parameter recipient is required."),
        ({"recipient": {"id": "12"}}, "The parameter message is required."),
        ({"recipient": "12", "message": {"text": "Hi"}}, "Param recipient must be an object."),
        ({"recipient": "{", "message": {"text": "Hi"}}, "recipient is not valid JSON."),
        (
            {"recipient": {}, "message": {"text": "Hi"}},
            "one of id, one_time_notif_token, notification_messages_token",
        ),
        (
            {"recipient": {"id": "1", "one_time_notif_token": "2"}, "message": {"text": "Hi"}},
            "one of id, one_time_notif_token, notification_messages_token",
        ),
        (
            {
                "recipient": {"one_time_notif_token": "1", "notification_messages_token": "2"},
                "message": {"text": "Hi"},
            },
            "one of id, one_time_notif_token, notification_messages_token",
        ),
        ({"recipient": {"id": True}, "message": {"text": "Hi"}}, "recipient[id] must be a string"),
        (_call({}), "either a text or an attachment"),
        (_call({"text": " "}), "Param message[text] must be non-empty."),
        (_call({"text": 7}), "Param message[text] must be a string."),
        (
            _call({"text": "Hi", "attachment": {"type": "image", "payload": {}}}),
            "either a text or an attachment",
        ),
        (
            _call({"attachment": {"type": "hologram", "payload": {}}}),
            "one of {image, video, audio, file, template}",
        ),
        (_call({"attachment": {"type": "image"}}), "message[attachment][payload] is required"),
        (_picture(None), "[payload][url] is required"),
        (_picture("cake.png"), "must be a valid URL"),
        (_picture("javascript:alert(1)"), "must be a valid URL"),
        (_picture("https://[x/a.png"), "must be a valid URL"),
        (
            _template({"template_type": "spiral"}),
            "one of {button, generic, media, receipt, airline_boardingpass, airline_checkin, "
            "airline_itinerary, airline_update, one_time_notif_req, notification_messages}",
        ),
        (_card(title=None), "[title] is required"),
        (_card(payload=None), "[payload] is required"),
        (_buttons(_button(type="rocket")), "one of {postback, web_url, phone_number}"),
        (_buttons(_button(payload=None)), "[buttons][0][payload] is required"),
        (_buttons(_button(type="web_url")), "[buttons][0][url] is required"),
        (_call({"text": "Hi", "quick_replies": {}}), "must be an array"),
        (_call({"text": "Hi", "quick_replies": [7]}), "[quick_replies][0] must be an object"),
        (_call({"text": "Hi"}, messaging_type="SHOUT"), "one of {RESPONSE, UPDATE}"),
        (
            _call({"text": "Hi"}, messaging_type="MESSAGE_TAG", tag="ACCOUNT_UPDATE"),
            "Message tags are not available",
        ),
        (_call({"text": "Hi"}, messaging_type="MESSAGE_TAG"), "Message tags are not available"),
        (_call({"text": "Hi"}, tag="HUMAN_AGENT"), "Message tags are not available"),
        (_call({"text": "Hi"}, sender_action="typing_on"), "together with other parameters"),
        ({"recipient": {"id": "1"}, "sender_action": "dance"}, "sender_action must be one of"),
        (
            {"recipient": {"one_time_notif_token": "1"}, "sender_action": "typing_on"},
            "can't be sent with a token",
        ),
    ],
)
def test_refused_with_100(params, complaint):
    assert complaint in _refusal(params)


@pytest.mark.parametrize("action", ["typing_on", "TYPING_ON"])
def test_a_typing_sign_as_libraries_in_use_send_it(action):
    params = {"recipient": {"id": 1}, "sender_action": action, "messaging_type": "RESPONSE"}
    send = read_send(params)
    assert (send.psid, send.sender_action, send.message) == ("1", "typing_on", None)
