"""What the Graph API tells of lasting tokens, and its help for developers."""

from datetime import UTC, datetime

import pytest

from tests.emulator.calls import TOKEN, error_of
from tests.emulator.conftest import START_MS

CARD = {
    "template_type": "notification_messages",
    "payload": "topic-7",
    "notification_messages_frequency": "WEEKLY",
    "notification_messages_reoptin": "ENABLED",
    "notification_messages_timezone": "Europe/Berlin",
}


@pytest.fixture
def tokens(engine, base_url, page):
    """Ask for the list of tokens."""

    def tokens(**params: object):
        url = f"{base_url}/v19.0/{page.id}/notification_message_tokens"
        return engine.get(url, params=TOKEN | params)

    return tokens


@pytest.fixture
def support(engine, base_url):
    """Ask for what developers may."""

    def support(**body: object):
        url = f"{base_url}/me/notification_messages_dev_support"
        return engine.post(url, params=TOKEN, json=body)

    return support


@pytest.fixture
def get(engine, base_url):
    """Ask a person for a permission, and let them say yes."""

    def get(person, **changes: object) -> str:
        attachment = {"type": "template", "payload": CARD | {"title": "Bird Facts"} | changes}
        body = {"recipient": {"id": person.id}, "message": {"attachment": attachment}}
        assert engine.post(f"{base_url}/me/messages", params=TOKEN, json=body).status_code == 200
        (event,) = person.notify_me()
        return event["optin"]["notification_messages_token"]

    return get


@pytest.fixture
def use(engine, base_url):
    """Send by a permission, and answer the status."""

    def use(token: str) -> int:
        body = {
            "recipient": {"notification_messages_token": token},
            "message": {"text": "Birds sing"},
        }
        return engine.post(f"{base_url}/me/messages", params=TOKEN, json=body).status_code

    return use


def _ids(answer) -> list[str]:
    return [one["notification_messages_token"] for one in answer.json()["data"]]


def _many(get, visitor, count: int) -> list[str]:
    return [get(visitor, title=f"Topic {number}") for number in range(count)]


def test_what_a_token_tells(tokens, get, visitor, use, engine, base_url):
    token = get(visitor)
    shown = {
        "notification_messages_token": token,
        "recipient_id": visitor.id,
        "notification_messages_reoptin": "ENABLED",
        "creation_timestamp": START_MS,
        "token_expiry_timestamp": 1_919_674_800_123 + 3_600_000,
        "user_token_status": "NOT_REFRESHED",
        "topic_title": "Bird Facts",
        "notification_messages_timezone": "Europe/Berlin",
        "notification_messages_frequency": "WEEKLY",
        "next_eligible_time": START_MS // 1000 + 1,
    }
    assert tokens().json()["data"] == [shown]
    assert use(token) == 200
    monday = int(datetime(2030, 2, 3, 23, tzinfo=UTC).timestamp())
    url = f"{base_url}/v19.0/notification_messages_{token}"
    assert engine.get(url, params=TOKEN).json() == shown | {"next_eligible_time": monday}


def test_what_a_token_does_not_have(tokens, get, visitor, emulator):
    emulator.rules(profile="rn-2025")
    get(visitor, notification_messages_frequency=None, notification_messages_reoptin=None)
    (shown,) = tokens().json()["data"]
    assert "token_expiry_timestamp" not in shown
    assert "notification_messages_frequency" not in shown
    assert shown["notification_messages_reoptin"] == "DISABLED"


def test_nothing_to_list(tokens):
    assert tokens().json() == {"data": []}


def test_an_ended_token_is_not_listed_and_a_stopped_one_is(tokens, get, visitor, emulator):
    get(visitor, notification_messages_frequency="DAILY")
    emulator.advance("100 days")
    visitor.write("Hi")
    stopped = get(visitor, title="Fish Facts")
    visitor.stop("Fish Facts")
    emulator.advance("100 days")
    assert _ids(tokens()) == [stopped]


def test_page_after_page(tokens, get, visitor, engine):
    expected = _many(get, visitor, 27)
    first = tokens()
    assert _ids(first) == expected[:25]
    after = first.json()["paging"]["cursors"]["after"]
    second = tokens(after=after)
    assert _ids(second) == expected[25:]
    assert "next" not in second.json()["paging"]
    assert _ids(tokens(after=second.json()["paging"]["cursors"]["after"])) == []
    assert _ids(engine.get(first.json()["paging"]["next"])) == expected[25:]


def test_a_limit(tokens, get, visitor, engine):
    expected = _many(get, visitor, 103)
    first = tokens(limit=2)
    assert _ids(first) == expected[:2]
    assert _ids(engine.get(first.json()["paging"]["next"])) == expected[2:4]
    assert _ids(tokens(limit="1000")) == expected[:100]


def test_a_token_that_is_used_between_two_pages_hides_no_other(tokens, get, visitor, use):
    one, two, three = _many(get, visitor, 3)
    first = tokens(limit=2)
    use(one)
    after = first.json()["paging"]["cursors"]["after"]
    assert _ids(tokens(after=after)) == [three, one]
    assert _ids(first) == [one, two]


@pytest.mark.parametrize(
    "params",
    [{"limit": 0}, {"limit": -1}, {"limit": "many"}, {"after": "here"}, {"after": "aGVyZQ=="}],
)
def test_a_list_that_makes_no_sense(tokens, params):
    answer = tokens(**params)
    assert answer.status_code == 400
    assert error_of(answer)["code"] == 100


def test_the_next_message_at_once(support, get, visitor, use):
    token = get(visitor)
    assert [use(token) for _ in range(4)] == [200, 200, 200, 400]
    answer = support(
        developer_action="ENABLE_FOLLOWUP_MESSAGE",
        recipient={"notification_messages_token": token},
    )
    assert answer.json() == {"success": True}
    assert [use(token) for _ in range(2)] == [200, 400]


def test_the_re_opt_in_at_once_and_again_in_its_time(support, get, visitor, emulator):
    token = get(visitor)
    recipient = {"notification_messages_token": token}
    assert support(developer_action="SEND_RE_OPTIN", recipient=recipient).json()["success"]
    assert visitor.phone()[-1]["kind"] == "reoptin_card"
    emulator.advance("300 days")
    kinds = [entry["kind"] for entry in visitor.phone()]
    assert kinds.count("reoptin_card") == 2


def test_as_a_query_as_documented(engine, base_url, page, get, visitor):
    params = {
        "recipient": f'{{"notification_messages_token":"{get(visitor)}"}}',
        "developer_action": "ENABLE_FOLLOWUP_MESSAGE",
    }
    url = f"{base_url}/v19.0/{page.id}/notification_messages_dev_support"
    assert engine.post(url, params=TOKEN | params).json() == {"success": True}


@pytest.mark.parametrize("action", ["ENABLE_FOLLOWUP_MESSAGE", "SEND_RE_OPTIN", "DANCE", None])
def test_support_that_makes_no_sense(support, action):
    answer = support(developer_action=action, recipient={"notification_messages_token": "404"})
    assert error_of(answer)["code"] == 100


def test_support_for_an_ended_token(support, get, visitor, emulator, engine, base_url):
    token = get(visitor)
    emulator.advance("400 days")
    answer = support(
        developer_action="SEND_RE_OPTIN", recipient={"notification_messages_token": token}
    )
    assert error_of(answer)["code"] == 100
    url = f"{base_url}/notification_messages_{token}"
    assert error_of(engine.get(url, params=TOKEN))["code"] == 100


def test_no_re_opt_in_where_it_was_not_enabled_or_nobody_is_there(support, get, visitor):
    no, yes = (
        {
            "notification_messages_token": get(
                visitor, title=reoptin, notification_messages_reoptin=reoptin
            )
        }
        for reoptin in ("DISABLED", "ENABLED")
    )
    assert error_of(support(developer_action="SEND_RE_OPTIN", recipient=no))["code"] == 100
    visitor.block()
    assert error_of(support(developer_action="SEND_RE_OPTIN", recipient=yes))["code"] == 551
