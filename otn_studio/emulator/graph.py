"""The Graph API, as far as the engine uses it: the Send API, lasting tokens, the app's subscription,
and who the Page and people are.

Source: Messenger Platform, Send API and User Profile API references.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from otn_studio.emulator import app_edges, batches, handover, nodes, own_menus
from otn_studio.emulator.calls import Call, read_call
from otn_studio.emulator.errors import GraphError, no_such_object
from otn_studio.emulator.faults import Faults
from otn_studio.emulator.hang_up import HangUp
from otn_studio.emulator.json_response import AsciiJSONResponse
from otn_studio.emulator.send_api import SendApi
from otn_studio.emulator.subscribed_fields import read_fields
from otn_studio.emulator.token_edges import list_tokens, support, token_info
from otn_studio.emulator.uploads import upload
from otn_studio.emulator.webhooks import Webhooks
from otn_studio.emulator.world import World
from otn_studio.policy import rates

_PSID = re.compile(r"\d+")
_TOKEN = "notification_messages_"
"""What stands before a lasting token in a path."""
_PAGE_EDGES: Final[Mapping[tuple[str, str], Callable[[World, Call], dict]]] = {
    ("POST", "message_attachments"): lambda world, call: upload(world, call.params, call.origin),
    ("POST", "pass_thread_control"): lambda world, call: handover.pass_thread(world, call.params),
    ("POST", "take_thread_control"): lambda world, call: handover.take_thread(world, call.params),
    ("POST", "request_thread_control"): lambda world, call: handover.request(world, call.params),
    ("GET", "thread_owner"): lambda world, call: handover.owner(world, call.params),
    ("GET", "secondary_receivers"): lambda world, call: handover.others(),
    ("GET", "personas"): lambda world, call: world.personas.listed(call.params),
    ("POST", "personas"): lambda world, call: world.personas.create(call.params, world.ids),
    ("GET", "notification_message_tokens"): lambda world, call: list_tokens(
        world, call.params, call.url
    ),
    ("POST", "notification_messages_dev_support"): lambda world, call: support(world, call.params),
}
"""What a Page has beside its messages."""


class GraphApi:
    """Answers every path that is not the control API's."""

    def __init__(self, world: World, faults: Faults, webhooks: Webhooks) -> None:
        self._world = world
        self._webhooks = webhooks
        self._sends = SendApi(world, faults, webhooks)

    async def answer(self, request: Request) -> Response:
        """Answer one call, or a batch of them, or refuse it with Messenger's error body."""
        try:
            call = await read_call(request)
            if call.is_batch:
                self._check_access_token(call)
                return AsciiJSONResponse(batches.answers(call, self._answer_part))
        except GraphError as error:
            return self._refuse(error)
        if call.segments[1:] == [app_edges.SUBSCRIPTIONS]:  # the webhook is asked before we answer
            return await run_in_threadpool(self._answer, call)
        return self._answer(call)

    def _answer(self, call: Call) -> Response:
        try:
            self._check_access_token(call)
            return self._route(call)
        except GraphError as error:
            if call.is_send:
                self._world.ledger.refused[error.code] += 1
            return self._refuse(error)

    def _answer_part(self, part: Call | GraphError) -> dict | None:
        """The answer to a part of a batch: ``null`` where Messenger was not done with it in time."""
        answer = self._refuse(part) if isinstance(part, GraphError) else self._answer(part)
        if isinstance(answer, HangUp):
            return None
        headers = [{"name": "Content-Type", "value": answer.media_type}]
        body = bytes(answer.body).decode("ascii")
        return {"code": answer.status_code, "headers": headers, "body": body}

    def _refuse(self, error: GraphError) -> Response:
        return AsciiJSONResponse(error.body(self._world.ids.trace()), error.status)

    def _check_access_token(self, call: Call) -> None:
        app_edges.check_known(self._world, call.access_token)
        app_edges.check_proof(self._world, call.access_token, call.params)

    def _route(self, call: Call) -> Response:
        world, params = self._world, call.params
        if len(call.segments) == 2 and self._is_page(call.segments[0]):
            world.access.check(call.method, call.segments[1])
        match (call.method, *call.segments):
            case ("POST", page, "messages") if self._is_page(page):
                return self._sends.answer(call)
            case (method, page, edge) if self._is_page(page) and (method, edge) in _PAGE_EDGES:
                return AsciiJSONResponse(_PAGE_EDGES[method, edge](world, call))
            case (method, page, "subscribed_apps") if self._is_page(page):
                return AsciiJSONResponse(self._subscribed_apps(method, params))
            case (method, page, "custom_user_settings") if self._is_page(page):
                return AsciiJSONResponse(own_menus.answer(world, method, params))
            case (method, page, "messenger_profile") if self._is_page(page):
                return AsciiJSONResponse(world.profile.answer(method, params, world.clock.now()))
            case (method, app, app_edges.SUBSCRIPTIONS) if app == world.page.app_id:
                how = method, call.access_token, params
                return AsciiJSONResponse(app_edges.subscriptions(world, self._webhooks, *how))
            case ("GET",) if "ids" in params:
                return AsciiJSONResponse(self._nodes(call))
            case ("GET", "debug_token"):
                return AsciiJSONResponse(app_edges.debug_token(world, params))
            case ("GET", name) if name.startswith(_TOKEN):
                return AsciiJSONResponse(token_info(world, name.removeprefix(_TOKEN)))
            case ("GET", persona) if world.personas.knows(persona):
                return AsciiJSONResponse(world.personas.get(persona).shown())
            case ("DELETE", persona) if world.personas.knows(persona):
                return AsciiJSONResponse(world.personas.remove(persona))
            case ("GET", name) if self._is_page(name) or _PSID.fullmatch(name):
                return AsciiJSONResponse(self._node(name, call))
        raise no_such_object(call.method, call.path)

    def _nodes(self, call: Call) -> dict:
        """Several at once."""
        names = str(call.params["ids"]).split(",")[: rates.BATCH]
        return {name: self._node(name, call) for name in names}

    def _node(self, name: str, call: Call) -> dict:
        if self._is_page(name):
            return nodes.page(self._world, call.params, call.origin)
        return nodes.person(self._world, name, call.params, call.origin)

    def _is_page(self, name: str) -> bool:
        return name in ("me", self._world.page.id)

    def _subscribed_apps(self, method: str, params: dict) -> dict:
        match method:
            case "POST":
                self._webhooks.fields = read_fields(params)
            case "DELETE":
                self._webhooks.unsubscribe()
            case _:
                fields = list(self._webhooks.fields)
                app = {"id": self._world.page.app_id, "subscribed_fields": fields}
                return {"data": [app] if fields else []}
        return {"success": True}
