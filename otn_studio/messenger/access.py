"""What an access token is worth, and whether Messenger knows where our webhooks go.

Source: Graph API, "Debug Token", "App Subscriptions", "Page Subscribed Apps", "Securing Graph API
Requests" (``appsecret_proof``); Messenger Platform, "Webhooks".
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from otn_studio.messenger.errors import BAD_PARAMETER
from otn_studio.messenger.graph import CallFailed, GraphClient
from otn_studio.messenger.instants import instant
from otn_studio.messenger.untrusted import identifier, mapping, mappings, text

PAGE: Final = "PAGE"
"""The type of an access token that speaks for a Page."""
NEEDED: Final = ("pages_messaging", "pages_manage_metadata")
"""Permissions without which nothing works: to write, and to get webhooks."""
_WRONG_PROOF: Final = "appsecret_proof"


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """An access token as Messenger knows it. No instant: it does not end.

    ``data_ends_at`` is when what people gave to the app is no longer told, unless somebody agrees anew.
    """

    app_id: str
    app_name: str
    kind: str
    page_id: str
    is_valid: bool
    scopes: frozenset[str]
    expires_at: datetime | None
    data_ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class AppWebhook:
    """Where an app's webhooks go, and of which kinds."""

    url: str
    fields: frozenset[str]
    active: bool


def token_info(client: GraphClient, token: str) -> TokenInfo:
    """What a token is worth; a Page's may ask about itself.

    Raises:
        CallFailed: Messenger does not tell.
    """
    answer = client.ask("GET", "debug_token", input_token=token)
    said = mapping(answer.get("data"))
    return TokenInfo(
        identifier(said.get("app_id")),
        text(said.get("application")),
        text(said.get("type")).upper(),
        identifier(said.get("profile_id")),
        said.get("is_valid") is True,
        frozenset(_names(said.get("scopes"))),
        _end(said.get("expires_at")),
        _end(said.get("data_access_expires_at")),
    )


def who(client: GraphClient) -> tuple[str, str]:
    """Whose token it is: the id and the name of a Page, or of a person.

    Raises:
        CallFailed: Messenger does not tell.
    """
    said = client.ask("GET", "me", fields="id,name")
    return identifier(said.get("id")), text(said.get("name"))


def proof(token: str, app_secret: str) -> str:
    """How a call shows that it comes from the app itself.

    >>> proof("token", "secret")[:8]
    'e941110e'
    """
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def is_secret_of(client: GraphClient, token: str, app_secret: str) -> bool:
    """Whether it is the secret of the app that the token belongs to.

    Raises:
        CallFailed: Messenger does not tell.
    """
    try:
        client.ask("GET", "me", fields="id", appsecret_proof=proof(token, app_secret))
    except CallFailed as problem:
        error = problem.error
        if error and error.code == BAD_PARAMETER and _WRONG_PROOF in error.message:
            return False
        raise
    return True


def app_token(app_id: str, app_secret: str) -> str:
    """By which an app speaks for itself, and not for a Page."""
    return f"{app_id}|{app_secret}"


def webhook_of(app: GraphClient, app_id: str) -> AppWebhook | None:
    """Where the app's webhooks of Pages go; none: nobody has said so. ``app`` speaks for the app.

    Raises:
        CallFailed: Messenger does not tell.
    """
    for entry in mappings(app.ask("GET", app_id, "subscriptions").get("data")):
        if entry.get("object") == "page":
            listed = entry.get("fields")
            fields = frozenset(map(_field, listed if isinstance(listed, list) else ()))
            active = entry.get("active") is not False
            return AppWebhook(text(entry.get("callback_url")), fields, active)
    return None


def set_webhook(
    app: GraphClient, app_id: str, url: str, verify_token: str, fields: Sequence[str]
) -> None:
    """Let the app's webhooks go to ``url``; Messenger asks there for the verify token first.

    Raises:
        CallFailed: Messenger does not take the address.
    """
    body = {
        "object": "page",
        "callback_url": url,
        "verify_token": verify_token,
        "fields": ",".join(fields),
        "include_values": True,
    }
    app.ask("POST", app_id, "subscriptions", body=body)


def subscribed_fields(client: GraphClient, page_id: str, app_id: str) -> frozenset[str]:
    """Of which kinds the Page sends webhooks to the app.

    Raises:
        CallFailed: Messenger does not tell.
    """
    for entry in mappings(client.ask("GET", page_id, "subscribed_apps").get("data")):
        if identifier(entry.get("id")) == app_id:
            return frozenset(_names(entry.get("subscribed_fields")))
    return frozenset()


def _end(value: Any) -> datetime | None:
    """Messenger writes 0 for never."""
    return instant(value) if value else None


def _names(value: Any) -> list[str]:
    return [text(one) for one in value] if isinstance(value, list) else []


def _field(value: Any) -> str:
    """Newer answers have a version beside the name."""
    return text(value.get("name")) if isinstance(value, dict) else text(value)
