"""What an access token is worth, as Messenger tells it."""

from datetime import UTC, datetime

import pytest

from otn_studio.messenger import access
from otn_studio.messenger.graph import CallFailed, GraphClient
from tests.messenger.far_end import FarEnd, answer

TOKEN = "page-token"


@pytest.fixture
def far():
    far = FarEnd()
    yield far
    far.stop()


@pytest.fixture
def graph(far):
    client = GraphClient(f"http://{far.address}/v23.0", TOKEN, 5)
    yield client
    client.close()


def test_a_token_is_read_with_all_that_may_be_missing(far, graph):
    data = {
        "app_id": 5,
        "application": "Bot",
        "type": "PAGE",
        "profile_id": "42",
        "is_valid": True,
        "expires_at": 0,
        "data_access_expires_at": 1_800_000_000,
        "scopes": ["pages_messaging", 7],
    }
    far.answers(answer({"data": data}))
    info = access.token_info(graph, TOKEN)
    assert (info.app_id, info.page_id, info.kind, info.is_valid) == ("5", "42", "PAGE", True)
    assert info.expires_at is None
    assert info.data_ends_at == datetime.fromtimestamp(1_800_000_000, UTC)
    assert "pages_messaging" in info.scopes
    far.answers(answer({"data": {"is_valid": "yes", "scopes": "all"}}))
    info = access.token_info(graph, TOKEN)
    assert (info.is_valid, info.scopes, info.data_ends_at) == (False, frozenset(), None)


def refusal(code: int, message: str) -> bytes:
    return answer({"error": {"code": code, "message": message}}, 400)


def test_a_secret_is_that_of_the_app_or_not(far, graph):
    far.answers(answer({"id": "42"}))
    assert access.is_secret_of(graph, TOKEN, "secret")
    assert f"appsecret_proof={access.proof(TOKEN, 'secret')}" in far.calls[0].line
    far.answers(refusal(100, "Invalid appsecret_proof provided in the API argument"))
    assert not access.is_secret_of(graph, TOKEN, "secret")


@pytest.mark.parametrize("code", [100, 190])
def test_what_is_wrong_with_something_else_says_nothing_of_the_secret(far, graph, code):
    far.answers(refusal(code, "Something else"))
    with pytest.raises(CallFailed):
        access.is_secret_of(graph, TOKEN, "secret")


@pytest.mark.parametrize(
    ("listed", "fields"),
    [
        ([{"name": "messages", "version": "v23.0"}, {"name": "feed"}], {"messages", "feed"}),
        (["messages"], {"messages"}),
        (None, set()),
    ],
)
def test_where_webhooks_go(far, graph, listed, fields):
    entry = {"object": "page", "callback_url": "https://bot.example/webhook", "fields": listed}
    far.answers(answer({"data": [{"object": "user"}, entry]}))
    found = access.webhook_of(graph, "5")
    assert found == access.AppWebhook("https://bot.example/webhook", frozenset(fields), True)


def test_nobody_has_said_where_they_go(far, graph):
    far.answers(answer({"data": []}))
    assert access.webhook_of(graph, "5") is None


def test_the_fields_of_our_app_among_others(far, graph):
    apps = [{"id": 7, "subscribed_fields": ["feed"]}, {"id": 5, "subscribed_fields": ["messages"]}]
    far.answers(answer({"data": apps}))
    assert access.subscribed_fields(graph, "42", "5") == {"messages"}
    assert access.subscribed_fields(graph, "42", "6") == frozenset()
