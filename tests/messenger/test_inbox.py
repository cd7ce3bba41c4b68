import copy
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.blocks.event import Event
from otn_studio.messenger.events import echo_of, event_of
from otn_studio.messenger.inbox import Kind, Received, unpack
from tests.messenger.calm import calm
from tests.messenger.webhooks import AT, NOW, PAGE, PERSON, SAMPLES, batch, echo_item, entry, item


def only(body: bytes, now: datetime = NOW) -> Received:
    [received] = unpack(body, now)
    return received


def key_of(content: dict) -> str:
    return only(batch(entry(content))).key


def without_time(content: dict) -> dict:
    return {key: value for key, value in content.items() if key != "timestamp"}


# What it is


@pytest.mark.parametrize(
    ("sample", "kind"),
    [
        ("message", Kind.MESSAGE),
        ("quick reply", Kind.MESSAGE),
        ("postback", Kind.POSTBACK),
        ("get started", Kind.POSTBACK),
        ("referral", Kind.REFERRAL),
        ("reaction", Kind.REACTION),
        ("one-time opt-in", Kind.OPTIN),
        ("delivery", Kind.DELIVERY),
        ("read", Kind.READ),
        ("echo", Kind.ECHO),
        ("policy", Kind.POLICY),
        ("edit", Kind.OTHER),
    ],
)
def test_kinds(sample, kind):
    assert only(batch(entry(SAMPLES[sample]))).kind is kind


def test_a_received_message_is_whole():
    content = SAMPLES["message"]
    assert only(batch(entry(content))) == Received(
        PAGE, PERSON, AT, Kind.MESSAGE, f"{PAGE}:message:m_1", content
    )


@pytest.mark.parametrize(
    "content",
    [
        {"account_linking": {"status": "linked"}},
        {"app_roles": {"123": ["primary_receiver"]}},
        {"payment": {"payload": "x"}},
        {"checkout_update": {"payload": "x"}},
        {"request_thread_control": {"new_owner_app_id": "1"}},
        {"message": {"mid": "m_1", "is_deleted": True}},
        {"message": {"mid": "m_1", "is_deleted": True, "is_echo": True}},
        {"message": "Hello"},
        {"message": None, "postback": 7},
        {"something_new": {"mid": "m_1", "text": "Hello"}},
        {},
    ],
)
def test_what_nobody_did_or_wrote_is_other(content):
    assert only(batch(entry(item(**content)))).kind is Kind.OTHER


def test_both_spellings_of_policy_enforcement():
    content = {"recipient": {"id": PAGE}, "policy-enforcement": {"action": "unblock"}}
    received = only(batch(entry(content)))
    assert (received.kind, received.person_id) == (Kind.POLICY, "")


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_standby_is_standby_whatever_it_holds(sample):
    received = only(batch({"id": PAGE, "standby": [sample]}))
    assert received.kind is Kind.STANDBY
    assert event_of(received.kind, received.item, received.at) is None


def test_changes_are_about_the_page():
    change = {"field": "messages", "value": item(message={"mid": "m_1", "text": "Hello"})}
    received = only(batch({"id": PAGE, "time": 1709294401, "changes": [change]}))
    assert (received.kind, received.person_id, received.item) == (Kind.CHANGE, "", change)
    assert received.at == datetime(2024, 3, 1, 12, 0, 1, tzinfo=UTC)


def test_a_batch_keeps_its_order():
    body = batch(
        entry(item(message={"mid": "m_1"}), None, item(read={})),
        7,
        entry(item(postback={}), standby=[item()], changes=[{"field": "feed"}]),
        {"id": PAGE},
    )
    kinds = [received.kind for received in unpack(body, NOW)]
    assert kinds == ["message", "read", "postback", "standby", "change"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"page"',
        b"null",
        b"{}",
        b'{"object": "instagram", "entry": [{"messaging": [{}]}]}',
        b'{"object": "page"}',
        b'{"object": "page", "entry": {"messaging": [{}]}}',
        b'{"object": "page", "entry": [{"messaging": {"message": {}}}, null, 3]}',
        b'{"object": ["page"], "entry": [{"messaging": [{}]}]}',
        b'{"object": "page", "entry": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_webhook_of_a_page_is_nothing(body):
    assert unpack(body, NOW) == []


# Whom it is about


def test_ids_may_be_numbers():
    content = {"sender": {"id": 42}, "recipient": {"id": 7}, "message": {"mid": 5}}
    received = only(batch({"id": 7, "messaging": [content]}))
    assert (received.page_id, received.person_id, received.key) == ("7", "42", "7:message:5")


@pytest.mark.parametrize(
    "content", [echo_item(mid="m_9"), item(message={"mid": "m_9", "is_echo": True})]
)
def test_the_person_of_an_echo_is_never_the_page(content):
    """The second is how older documentation prints echoes, with the sides not swapped."""
    received = only(batch(entry(content)))
    assert (received.page_id, received.person_id) == (PAGE, PERSON)


@pytest.mark.parametrize("content", [item(), echo_item(mid="m_9")])
def test_without_an_entry_id_the_page_is_the_other_side(content):
    received = only(batch({"messaging": [content]}))
    assert (received.page_id, received.person_id) == (PAGE, PERSON)


@pytest.mark.parametrize(
    "sender", [None, [], {}, {"id": None}, {"id": True}, {"user_ref": "visitor"}, {"id": "x" * 999}]
)
def test_without_a_psid_there_is_no_person(sender):
    content = item(message={"mid": "m_1"}) | {"sender": sender}
    assert only(batch(entry(content))).person_id == ""


# When it was


def test_seconds_are_told_from_milliseconds():
    for timestamp in (1709294400, 1709294400000, 1709294400.0):
        received = only(batch(entry(item(timestamp=timestamp))))
        assert received.at == datetime(2024, 3, 1, 12, tzinfo=UTC)


ABSURD = [
    None,
    True,
    "1709294400250",
    0,
    -1709294400250,
    1234567890,
    1709294400250000,
    10**40,
    1e300,
    {},
]


@pytest.mark.parametrize("timestamp", ABSURD)
def test_the_entrys_time_stands_in_for_an_absurd_one(timestamp):
    received = only(batch(entry(item(timestamp=timestamp))))
    assert received.at == datetime(2024, 3, 1, 12, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("timestamp", ABSURD)
def test_now_stands_in_where_both_are_absurd(timestamp):
    content = {**entry(item(timestamp=timestamp)), "time": timestamp}
    assert only(batch(content)).at == NOW


def test_missing_times():
    content = without_time(SAMPLES["delivery"])
    assert only(batch(entry(content))).at == datetime(2024, 3, 1, 12, 0, 1, tzinfo=UTC)
    assert only(batch({"id": PAGE, "messaging": [content]})).at == NOW


def test_messengers_clock_may_be_a_little_ahead_of_ours():
    assert only(batch(entry(SAMPLES["message"])), AT - timedelta(hours=23)).at == AT
    earlier = AT - timedelta(hours=25)
    assert only(batch(entry(SAMPLES["message"])), earlier).at == earlier


def test_milliseconds_are_exact():
    for millisecond in range(1000):
        received = only(batch(entry(item(timestamp=1709294400000 + millisecond))))
        assert received.at.microsecond == millisecond * 1000


# Which repeat it is


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_repeat_has_the_same_key(sample):
    again = dict(reversed(sample.items()))
    body = batch({"id": PAGE, "time": 1709294999000, "messaging": [again]})
    assert only(body, NOW + timedelta(hours=1)).key == key_of(sample)


def test_everything_about_one_message_has_a_key_of_its_own():
    contents = [
        item(message={"mid": "m_1", "text": "Hello"}),
        item(message={"mid": "m_1", "is_deleted": True}),
        item(message_edit={"mid": "m_1", "text": "Hello", "num_edit": 1}),
        item(message_edit={"mid": "m_1", "text": "Hello", "num_edit": 2}),
        echo_item(mid="m_1", text="Hello"),
        item(reaction={"mid": "m_1", "action": "react"}),
        item(reaction={"mid": "m_1", "action": "unreact"}),
        item(reaction={"mid": "m_1", "action": "react"}, timestamp=1709294400999),
        item(postback={"mid": "m_1", "payload": "x"}),
        item(delivery={"mids": ["m_1"]}),
        item(read={"mid": "m_1"}),
    ]
    keys = [key_of(content) for content in contents]
    standby = contents[:2]
    keys += [one.key for one in unpack(batch({"id": PAGE, "standby": standby}), NOW)]
    assert len(set(keys)) == len(keys)


def test_a_message_is_known_by_its_mid_alone():
    first = key_of(item(message={"mid": "m_1", "text": "Hello"}))
    assert first == key_of(item(message={"mid": "m_1", "text": "Hello", "nlp": {}}, timestamp=None))
    assert first != key_of(item(message={"mid": "m_2", "text": "Hello"}))


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_pages_do_not_share_keys(sample):
    other = only(batch(entry(sample) | {"id": "555"}))
    assert other.key != key_of(sample)


def test_messages_without_a_mid_are_told_apart_by_their_content():
    keys = {
        key_of(item(message={"text": text, "mid": mid}))
        for text in ("a", "b")
        for mid in (None, "", "x" * 10_000)
    }
    assert len(keys) == 6
    assert max(map(len, keys)) < 500


# Whatever comes


texts = st.text(max_size=5) | st.sampled_from(["\ud800", "\0", "page", "GET_STARTED", PAGE])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(texts, inside, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["sender", "recipient", "timestamp", "message", "postback", "optin", "referral", "reaction",
     "delivery", "read", "policy_enforcement", "id", "mid", "text", "is_echo", "is_deleted",
     "quick_reply", "payload", "type", "ref", "action", "one_time_notif_token", "app_id"]
)  # fmt: skip
items = st.recursive(
    values, lambda inside: st.dictionaries(names, inside, max_size=5), max_leaves=15
)
entries = st.fixed_dictionaries(
    {}, optional={"messaging": st.lists(items), "standby": st.lists(items), "changes": items,
                  "id": values, "time": values},
)  # fmt: skip


def check_all(body: bytes) -> None:
    received = unpack(body, NOW)
    assert received == unpack(body, NOW)
    for one in received:
        assert isinstance(one.item, dict)
        assert one.at.utcoffset() == timedelta(0)
        assert len(one.key) < 1_000
        names = (one.page_id, one.person_id, one.key)
        stored = json.dumps([one.item, *names], allow_nan=False, ensure_ascii=False).encode()
        assert rb"\u0000" not in stored
        event = event_of(one.kind, one.item, one.at)
        assert event is None or isinstance(event, Event)
        assert one.kind is not Kind.ECHO or echo_of(one.item)


@calm
@given(values)
def test_no_json_raises(value):
    check_all(json.dumps(value).encode())


@settings(calm, max_examples=50)
@given(st.lists(entries, max_size=2))
def test_nothing_shaped_like_a_webhook_raises(content):
    check_all(json.dumps({"object": "page", "entry": content}).encode())


@calm
@given(st.binary())
def test_no_bytes_raise(body):
    check_all(body)


def paths(value, path=()):
    """Every place in a value, by the steps that lead to it."""
    if path:
        yield path
    steps = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for step in steps:
        yield from paths(value[step], (*path, step))


WHOLE = json.loads(batch(entry(*SAMPLES.values(), standby=[SAMPLES["echo"]], changes=[{"a": 1}])))
PLACES = list(paths(WHOLE))


@calm
@given(st.lists(st.tuples(st.sampled_from(PLACES), values | st.just(...)), min_size=1, max_size=6))
def test_no_changed_webhook_raises(changes):
    content = copy.deepcopy(WHOLE)
    for (*way, last), value in sorted(changes, key=lambda change: -len(change[0])):
        place = content
        for step in way:
            place = place[step]
        if value is not ...:
            place[last] = value
        elif isinstance(place, dict):
            place.pop(last, None)
    check_all(json.dumps(content).encode())


@calm
@given(st.binary(min_size=1, max_size=3), st.integers(0, 10_000))
def test_no_damaged_webhook_raises(damage, position):
    body = bytearray(json.dumps(WHOLE).encode())
    body[position % len(body) : position % len(body) + len(damage)] = damage
    check_all(bytes(body))
