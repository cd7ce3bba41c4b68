"""The steps' tests that ask Messenger. What they find is right they answer; all else they raise."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import SplitResult, urlsplit

import requests

from otn_studio.blocks.words import Words
from otn_studio.cli.services.connecting.answers import details, not_reached, told
from otn_studio.cli.words import shown
from otn_studio.messenger import access, reaching
from otn_studio.messenger.access import NEEDED, PAGE, TokenInfo
from otn_studio.messenger.graph import CallFailed, GraphClient
from otn_studio.messenger.reaching import Way
from otn_studio.messenger.webhook import PATH
from otn_studio.runtime.clock import LOOPBACK
from otn_studio.runtime.receiving.reconciling import FIELDS
from otn_studio.studio.connecting.store import NotPassed

_SECONDS: Final = 20.0
_NOT_VERIFIED: Final = 2200
_MAY: Final = {
    "pages_messaging": Words("write messages (pages_messaging)"),
    "pages_manage_metadata": Words("hear of messages (pages_manage_metadata)"),
}


@contextmanager
def graph(url: str, token: str) -> Iterator[GraphClient]:
    """Messenger, asked with a token.

    Raises:
        NotPassed: the token can't be one, or a call in here fails.
    """
    try:
        client = GraphClient(url, token, _SECONDS)
    except (ValueError, requests.RequestException) as problem:
        raise NotPassed(
            "This can’t be an access key: it is empty, or holds what no key has. Copy it once more, the"
            " whole of it and nothing else."
        ) from problem
    try:
        with told():
            yield client
    finally:
        client.close()


def token(url: str, given: str) -> tuple[TokenInfo, str]:
    """What a Page's access token is worth, and the Page's name."""
    with graph(url, given) as client:
        page_id, name = access.who(client)
        info = access.token_info(client, given)
    if info.kind != PAGE or not page_id.isdecimal():
        raise NotPassed(
            "This access key is not a Page’s but {name}’s own. In the app’s Messenger settings, press"
            " “Generate” beside your Page, and paste that one.",
            f"type {info.kind or '?'}",
            name=name or "?",
        )
    return info, name


def secret(url: str, page_token: str, given: str, app: str) -> None:
    """Whether it is the secret of the Page's app."""
    with graph(url, page_token) as client:
        if not given or not access.is_secret_of(client, page_token, given):
            raise NotPassed(
                "This is not the secret of the app “{app}”. In the app’s settings, under “Basic”, press"
                " “Show” beside “App secret”, and copy it.",
                app=app or "?",
            )


def permissions(url: str, page_token: str) -> TokenInfo:
    """Whether the app may do all that it has to."""
    with graph(url, page_token) as client:
        info = access.token_info(client, page_token)
    missing = [scope for scope in NEEDED if scope not in info.scopes]
    if missing:
        raise NotPassed(
            "The access key does not let the app {what}. Make a new one in the app’s Messenger"
            " settings, agree to everything it asks for, and paste it in the first step.",
            ", ".join(missing),
            what=", ".join(shown(_MAY[scope]) for scope in missing),
        )
    return info


def address(given: str, is_practice: bool) -> str:
    """The address as Messenger is told it: ``https://``, and the engine's path.

    Raises:
        NotPassed: it can't be one.
    """
    text = given.strip().rstrip("/")
    parts = _parts(text if "://" in text else f"https://{text}")
    if parts is None or " " in text:
        raise NotPassed(
            "“{address}” is no address. It is such as https://bot.shop.example", address=given
        )
    is_here = parts.hostname in LOOPBACK
    if parts.scheme != "https" and not (is_practice and is_here):
        raise NotPassed(
            "Messenger only takes addresses that begin with https://, and this one does not. Tunnels"
            " offer both: take the other one."
        )
    if is_here and not is_practice:
        raise NotPassed(
            "“{host}” is this computer’s name for itself; Messenger can’t come by it. Write the address"
            " of the tunnel.",
            host=parts.hostname,
        )
    path = parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path if path.endswith(PATH) else path + PATH}"


def _parts(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if has_host and parts.scheme in ("http", "https") else None


def reached(url: str, word: str, engine: str) -> None:
    """Whether the address leads to our engine."""
    reach = reaching.ask(url, word)
    if reach.way is not Way.REACHED:
        raise not_reached(reach, urlsplit(url).netloc, engine)


def enter_webhook(url: str, app_id: str, app_secret: str, address: str, word: str) -> None:
    """Write the address into the app's settings ourselves; Messenger asks there for the word."""
    with graph(url, access.app_token(app_id, app_secret)) as app:
        try:
            access.set_webhook(app, app_id, address, word, FIELDS)
        except CallFailed as problem:
            if problem.error is None or problem.error.code != _NOT_VERIFIED:
                raise
            raise NotPassed(
                "Messenger asked at your address and did not get the right answer. Test the address in"
                " the step before once more, then try again.",
                details(problem),
            ) from problem


def verified(url: str, app_id: str, app_secret: str, address: str) -> None:
    """Whether the app's settings hold the address, and all kinds of events that we need."""
    with graph(url, access.app_token(app_id, app_secret)) as app:
        found = access.webhook_of(app, app_id)
    if found is None or not found.url:
        raise NotPassed(
            "The app’s settings hold no address yet. Press “Enter it for me”, or paste both lines there"
            " and press “Verify and save”."
        )
    if found.url.rstrip("/") != address:
        raise NotPassed(
            "The app’s settings hold another address: {other}. Change it there, or press “Enter it for"
            " me”.",
            other=found.url,
        )
    if not found.active:
        raise NotPassed("Messenger has switched the address off. Press “Enter it for me”.")
    _refuse_missing(found.fields)


def subscribed(url: str, page_token: str, page_id: str, app_id: str) -> None:
    """Let the Page tell the app of all that we need, and look whether it does."""
    with graph(url, page_token) as client:
        client.subscribe(page_id, FIELDS)
        _refuse_missing(access.subscribed_fields(client, page_id, app_id))


def _refuse_missing(fields: frozenset[str]) -> None:
    if missing := [one for one in FIELDS if one not in fields]:
        raise NotPassed(
            "Some kinds of events are missing: {fields}. Press the button once more, or tick them in"
            " the app’s settings.",
            fields=", ".join(missing),
        )
