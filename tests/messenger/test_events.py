import pytest

from otn_studio.blocks.event import (
    OpenedLink,
    OptedIn,
    PressedGetStarted,
    Reacted,
    Tapped,
    Wrote,
)
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
        ("quick reply", Tapped(AT, "flow:yes")),
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
        {"mid": "m", "attachments": [{"type": "image", "payload": {"url": "https://x"}}]},
        {"mid": "m", "sticker_id": 369239263222822},
        {"mid": "m", "is_unsupported": True},
        {"mid": "m", "text": None},
        {"mid": "m", "text": 7},
        {},
    ],
)
def test_a_message_without_text_is_written_all_the_same(message):
    assert event(message=message) == Wrote(AT, "")


def test_a_deleted_message_is_not_written():
    assert event(message={"mid": "m", "is_deleted": True}) is None


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
        {"type": "notification_messages", "payload": "x", "notification_messages_token": "t"},
        {"type": "notification_messages", "payload": "x", "one_time_notif_token": "t"},
        {"type": "one_time_notif_req", "payload": "x"},
        {"type": "one_time_notif_req", "one_time_notif_token": "t"},
        {"type": "one_time_notif_req", "payload": "x", "one_time_notif_token": 7},
        {"payload": "x", "one_time_notif_token": "t"},
    ],
)
def test_other_opt_ins_are_no_one_time_permission(optin):
    assert event(optin=optin) is None


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
