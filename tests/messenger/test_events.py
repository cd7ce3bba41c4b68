from datetime import UTC, datetime

import pytest

from otn_studio.blocks.event import (
    Lasting,
    OpenedLink,
    OptedIn,
    PressedGetStarted,
    Reacted,
    Resumed,
    Stopped,
    Tapped,
    Wrote,
)
from otn_studio.interpreter.reply import Reply
from otn_studio.messenger.events import GET_STARTED, Echo, echo_of, event_of
from otn_studio.messenger.inbox import Kind, unpack
from tests.messenger.webhooks import AT, NOW, SAMPLES, batch, echo_item, entry, item


def event(**content):
    [received] = unpack(batch(entry(item(**content))), NOW)
    return event_of(received.kind, received.item, received.at)


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("message", Wrote(AT, "Hello")),
        ("quick reply", Wrote(AT, "flow:yes")),
        ("postback", Tapped(AT, "flow:go")),
        ("get started", PressedGetStarted(AT, "poster")),
        ("referral", OpenedLink(AT, "poster")),
        ("reaction", Reacted(AT)),
        ("one-time opt-in", OptedIn(AT, "flow:otn", "tok")),
        ("delivery", None),
        ("read", None),
        ("echo", None),
        ("policy", None),
        ("edit", None),
    ],
)
def test_samples(sample, expected):
    assert event(**SAMPLES[sample]) == expected


def test_the_kind_may_come_back_from_storage_as_a_plain_text():
    assert event_of("message", SAMPLES["message"], AT) == Wrote(AT, "Hello")
    assert event_of("something new", SAMPLES["message"], AT) is None


@pytest.mark.parametrize(
    "message",
    [
        {"mid": "m", "sticker_id": 369239263222822},
        {"mid": "m", "is_unsupported": True},
        {"mid": "m", "text": None},
        {"mid": "m", "text": 7},
        {},
    ],
)
def test_a_message_without_text_is_written_all_the_same(message):
    assert event(message=message) == Wrote(AT, "")


def test_a_picture_comes_by_its_address():
    sent = [{"type": "image", "payload": {"url": "https://x"}}, {"type": "location"}, "?"]
    assert event(message={"mid": "m", "attachments": sent}) == Wrote(AT, "", ("https://x",))


def test_a_deleted_message_is_not_written():
    assert event(message={"mid": "m", "is_deleted": True}) is None


def test_a_quick_reply_of_ours_is_a_tap():
    reply = str(Reply("shop", 3, "ask", "size.s42"))
    message = {"mid": "m", "text": "42", "quick_reply": {"payload": reply}}
    assert event(message=message) == Tapped(AT, reply)


def test_their_own_number_is_what_the_person_wrote():
    message = {"mid": "m", "text": "+15105551234", "quick_reply": {"payload": "+15105551234"}}
    assert event(message=message) == Wrote(AT, "+15105551234")


@pytest.mark.parametrize("quick_reply", [None, "x", {}, {"payload": None}, {"payload": ""}])
def test_a_quick_reply_without_a_payload_is_its_text(quick_reply):
    assert event(message={"mid": "m", "text": "Yes", "quick_reply": quick_reply}) == Wrote(
        AT, "Yes"
    )


@pytest.mark.parametrize("referral", [None, "x", {}, {"ref": None}])
def test_get_started_without_a_link(referral):
    postback = {"payload": GET_STARTED, "referral": referral}
    assert event(postback=postback) == PressedGetStarted(AT, "")


def test_a_button_with_a_referral_is_a_button():
    referral = {"ref": "poster", "type": "OPEN_THREAD"}
    assert event(postback={"payload": "x", "referral": referral}) == Tapped(AT, "x")


def test_a_button_that_is_not_ours_is_tapped_all_the_same():
    assert event(postback={"title": "Theirs"}) == Tapped(AT, "")


@pytest.mark.parametrize(
    "referral",
    [
        {"source": "SHORTLINK", "type": "OPEN_THREAD"},
        {"ref": "", "type": "OPEN_THREAD"},
        {"ref": None, "type": "OPEN_THREAD"},
        {"ref": "poster", "type": "SOMETHING_NEW"},
        {"ref": "poster"},
    ],
)
def test_only_a_link_with_a_ref_opens_the_conversation(referral):
    assert event(referral=referral) is None


@pytest.mark.parametrize("action", ["unreact", None, "", 1])
def test_taking_a_reaction_away_is_no_event(action):
    assert event(reaction={"mid": "m", "action": action}) is None


@pytest.mark.parametrize(
    "optin",
    [
        {"ref": "PLUGIN"},
        {"ref": "PLUGIN", "user_ref": "visitor"},
        {"type": "notification_messages", "payload": "x"},
        {"type": "notification_messages", "payload": "x", "notification_messages_token": 7},
        {"type": "notification_messages", "payload": "x", "one_time_notif_token": "t"},
        {"type": "one_time_notif_req", "payload": "x"},
        {"type": "one_time_notif_req", "one_time_notif_token": "t"},
        {"type": "one_time_notif_req", "payload": "x", "one_time_notif_token": 7},
        {"payload": "x", "one_time_notif_token": "t"},
    ],
)
def test_other_opt_ins_are_no_permission(optin):
    assert event(optin=optin) is None


ENDS = datetime(2038, 1, 1, tzinfo=UTC)
RECURRING = {
    "type": "notification_messages",
    "payload": "flow:news",
    "notification_messages_token": "tok",
    "notification_messages_frequency": "WEEKLY",
    "token_expiry_timestamp": 2145916800000,
    "user_token_status": "NOT_REFRESHED",
    "notification_messages_timezone": "America/New_York",
    "title": "Bird Facts",
}


def test_a_yes_to_a_recurring_topic():
    lasting = Lasting("weekly", ENDS, "America/New_York", "Bird Facts")
    assert event(optin=RECURRING) == OptedIn(AT, "flow:news", "tok", lasting)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"notification_messages_frequency": "weekly"}, Lasting("weekly", None, "UTC", "Birds")),
        ({"token_expiry_timestamp": 2145916800}, Lasting("", ENDS, "UTC", "Birds")),
        ({"token_expiry_timestamp": "soon"}, Lasting("", None, "UTC", "Birds")),
        ({"token_expiry_timestamp": 1e300}, Lasting("", None, "UTC", "Birds")),
        ({"token_expiry_timestamp": True}, Lasting("", None, "UTC", "Birds")),
        ({"user_token_status": "REFRESHED"}, Lasting("", None, "UTC", "Birds", renewed=True)),
        ({"title": 7, "notification_messages_timezone": None}, Lasting("", None, "", "")),
    ],
)
def test_what_is_said_of_a_yes_may_be_missing_or_written_otherwise(changed, expected):
    bare = {
        "type": "notification_messages",
        "notification_messages_token": "tok",
        "notification_messages_timezone": "UTC",
        "title": "Birds",
    }
    assert event(optin=bare | changed) == OptedIn(AT, "", "tok", expected)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("STOP NOTIFICATIONS", Stopped(AT, "tok")),
        ("STOP_NOTIFICATIONS", Stopped(AT, "tok")),
        ("stop_notifications", Stopped(AT, "tok")),
        ("RESUME NOTIFICATIONS", Resumed(AT, "tok")),
        ("Resume_Notifications", Resumed(AT, "tok")),
    ],
)
def test_a_stop_and_a_going_on_in_both_spellings(status, expected):
    assert event(optin=RECURRING | {"notification_messages_status": status}) == expected


@pytest.mark.parametrize("kind", [Kind.ECHO, Kind.STANDBY, Kind.OTHER, Kind.CHANGE])
def test_what_looks_like_a_message_counts_only_as_one(kind):
    assert event_of(kind, SAMPLES["message"], AT) is None


def test_echo():
    assert echo_of(SAMPLES["echo"]) == Echo("m_9", "send-7", "123")


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_the_echo_of_a_message_that_was_typed_by_hand(nothing):
    content = echo_item(mid="m_9", app_id=nothing, metadata=nothing)
    assert echo_of(content) == Echo("m_9", None, None)


@pytest.mark.parametrize("content", [SAMPLES["message"], SAMPLES["read"], {}, {"message": 1}])
def test_what_is_no_echo(content):
    assert echo_of(content) is None
