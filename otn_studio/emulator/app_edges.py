"""The app's own edges: what an access token is worth, and where webhooks go.

Source: Graph API, "Debug Token", "App Subscriptions", "Securing Graph API Requests".
"""

import hashlib
import hmac
from typing import Any

from otn_studio.emulator.errors import GraphError, Problem, bad_access_token, bad_parameter
from otn_studio.emulator.params import Param
from otn_studio.emulator.subscribed_fields import read_fields
from otn_studio.emulator.webhooks import Webhooks
from otn_studio.emulator.world import World

SUBSCRIPTIONS = "subscriptions"
PAGE = "page"
"""The only object that we play the subscriptions of."""


def proof(access_token: str, app_secret: str) -> str:
    """How a call shows that it comes from the app itself."""
    return hmac.new(app_secret.encode(), access_token.encode(), hashlib.sha256).hexdigest()


def app_token(world: World) -> str:
    """By which the app speaks for itself, and not for a Page."""
    return f"{world.page.app_id}|{world.page.app_secret}"


def check_proof(world: World, access_token: str, params: dict[str, Any]) -> None:
    """Refuse a proof that is not the app's; none is asked for.

    A library in use gives the Page's proof with every call, those that come with the app's own token
    among them.
    """
    given, secret = params.get("appsecret_proof"), world.page.app_secret
    right = {proof(token, secret) for token in (access_token, world.page.access_token)}
    if given is not None and given not in right:
        raise bad_parameter("Invalid appsecret_proof provided in the API argument")


def debug_token(world: World, params: dict[str, Any]) -> dict[str, Any]:
    """What the token is worth that ``input_token`` names."""
    given = Param(params, "")["input_token"].value
    page, access = world.page, world.access
    now = world.clock.now().timestamp()
    if given == app_token(world):
        return {
            "data": {"app_id": page.app_id, "type": "APP", "application": "Bot", "is_valid": True}
        }
    if given != page.access_token:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    return {
        "data": {
            "app_id": page.app_id,
            "type": "PAGE",
            "application": "Bot",
            "profile_id": page.id,
            "is_valid": not 0 < access.expires_at <= now,
            **access.shown(),
        }
    }


def subscriptions(
    world: World, webhooks: Webhooks, method: str, token: str, params: dict[str, Any]
) -> dict[str, Any]:
    """Where the app's webhooks go. Only the app itself may ask."""
    if token != app_token(world):
        raise GraphError(15, "This method must be called with an app access_token.")
    if method == "GET":
        return {"data": _listed(webhooks)}
    asked = Param(params, "")
    asked["object"].one_of(PAGE)
    url, verify_token = (str(params.get(name, "")) for name in ("callback_url", "verify_token"))
    fields = read_fields({"subscribed_fields": params.get("fields")})
    try:
        webhooks.subscribe(url, verify_token)
    except Problem as problem:
        raise GraphError(2200, f"callback verification failed: {problem}") from problem
    webhooks.app_fields = fields
    return {"success": True}


def is_known(world: World, token: Any) -> bool:
    """Whether calls may come with this token: the Page's, while it lasts, or the app's."""
    if token == app_token(world):
        return True
    ends = world.access.expires_at
    return token == world.page.access_token and not 0 < ends <= world.clock.now().timestamp()


def check_known(world: World, token: Any) -> None:
    if not is_known(world, token):
        raise bad_access_token()


def _listed(webhooks: Webhooks) -> list[dict[str, Any]]:
    if webhooks.url is None:
        return []
    fields = [{"name": name, "version": "v23.0"} for name in webhooks.app_fields]
    return [{"object": PAGE, "callback_url": webhooks.url, "active": True, "fields": fields}]
