"""What Messenger accepts in a request for a lasting permission, and how it complains."""

from zoneinfo import ZoneInfo

import pytest

from otn_studio.emulator.asking import RecurringCard
from otn_studio.emulator.errors import GraphError
from otn_studio.emulator.sends import Send, read_send
from otn_studio.policy.calendar import Frequency

LEAST = {"template_type": "notification_messages", "payload": "topic-7"}


def _card(**changes: object) -> dict:
    payload = LEAST | changes
    return {
        "recipient": {"id": "12"},
        "message": {"attachment": {"type": "template", "payload": payload}},
    }


def _read(**changes: object) -> RecurringCard:
    return read_send(_card(**changes)).message.content


def test_the_least_that_it_needs():
    assert _read() == RecurringCard("Updates and promotions", "topic-7")
    assert _read().button == "Get updates"


def test_everything():
    assert _read(
        title="Bird Facts",
        image_url="https://x.test/bird.png",
        image_aspect_ratio="SQUARE",
        notification_messages_frequency="WEEKLY",
        notification_messages_reoptin="ENABLED",
        notification_messages_timezone="America/New_York",
        notification_messages_cta_text="ALLOW",
    ) == RecurringCard(
        "Bird Facts",
        "topic-7",
        Frequency.WEEKLY,
        asks_again=True,
        zone=ZoneInfo("America/New_York"),
        image_url="https://x.test/bird.png",
        aspect_ratio="SQUARE",
        call_to_action="ALLOW",
    )


@pytest.mark.parametrize("written", ["MONTHLY", "monthly", "Monthly"])
def test_a_frequency_in_any_case(written):
    assert _read(notification_messages_frequency=written).frequency is Frequency.MONTHLY


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("ALLOW", "Allow messages"),
        ("GET", "Get messages"),
        ("GET_UPDATES", "Get updates"),
        ("OPT_IN", "Opt in to messages"),
        ("SIGN_UP", "Sign up for messages"),
    ],
)
def test_the_words_on_the_button(call, words):
    assert _read(notification_messages_cta_text=call).button == words


def test_the_longest_title_and_payload():
    assert len(_read(title="x" * 65, payload="y" * 1000).title) == 65


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": "x" * 66}, "[title] must be less than or equal to 65"),
        ({"title": " "}, "[title] must be non-empty"),
        ({"title": 7}, "[title] must be a string"),
        ({"payload": None}, "[payload][payload] is required"),
        ({"payload": "y" * 1001}, "[payload][payload] must be less than or equal to 1000"),
        ({"image_url": "birds"}, "[image_url] must be a valid URL"),
        ({"image_aspect_ratio": "ROUND"}, "one of {HORIZONTAL, SQUARE}"),
        ({"notification_messages_frequency": "HOURLY"}, "one of {DAILY, WEEKLY, MONTHLY}"),
        ({"notification_messages_frequency": 1}, "frequency] must be a string"),
        ({"notification_messages_reoptin": "enabled"}, "one of {ENABLED, DISABLED}"),
        ({"notification_messages_timezone": "Mars/Base"}, "must be a valid timezone"),
        ({"notification_messages_timezone": "../etc"}, "must be a valid timezone"),
        ({"notification_messages_timezone": "America"}, "must be a valid timezone"),
        (
            {"notification_messages_cta_text": "Buy"},
            "one of {ALLOW, GET, GET_UPDATES, OPT_IN, SIGN_UP}",
        ),
        ({"notification_messages_cta_text": ["GET"]}, "one of {ALLOW"),
    ],
)
def test_refused_with_100(changes, complaint):
    with pytest.raises(GraphError) as refused:
        read_send(_card(**changes))
    assert (refused.value.code, refused.value.subcode) == (100, None)
    assert complaint in str(refused.value)


def test_a_message_by_permission():
    params = {"recipient": {"notification_messages_token": "99"}, "message": {"text": "Hi"}}
    send = read_send(params)
    assert send == Send(recurring_token="99", message=send.message)
