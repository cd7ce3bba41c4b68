"""The Graph API, as far as the engine uses it: the Send API, lasting tokens, the app's subscription,
and who the Page and people are.

Source: Messenger Platform, Send API and User Profile API references.
"""

import re
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from otn_studio.emulator import app_edges
from otn_studio.emulator.calls import Call, read_call, read_parts
from otn_studio.emulator.errors import (
    GraphError,
    no_such_object,
    no_such_person,
    rate_limited,
    server_error,
)
from otn_studio.emulator.faults import Faults, SendFault
from otn_studio.emulator.handover import pass_thread, take_thread
from otn_studio.emulator.hang_up import HangUp
from otn_studio.emulator.json_response import AsciiJSONResponse
from otn_studio.emulator.people import Person
from otn_studio.emulator.sends import read_send
from otn_studio.emulator.subscribed_fields import read_fields
from otn_studio.emulator.token_edges import list_tokens, support, token_info
from otn_studio.emulator.uploads import upload
from otn_studio.emulator.webhooks import Webhooks
from otn_studio.emulator.world import Receipt, World

_PSID = re.compile(r"\d+")
_TOKEN = "notification_messages_"
"""What stands before a lasting token in a path."""


class GraphApi:
    """Answers every path that is not the control API's."""

    def __init__(self, world: World, faults: Faults, webhooks: Webhooks) -> None:
        self._world = world
        self._faults = faults
        self._webhooks = webhooks

    async def answer(self, request: Request) -> Response:
        """Answer one call, or a batch of them, or refuse it with Messenger's error body."""
        try:
            call = await read_call(request)
            if call.is_batch:
                self._check_access_token(call)
                return AsciiJSONResponse([self._answer_part(part) for part in read_parts(call)])
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
        params = call.params
        match (call.method, *call.segments):
            case ("POST", page, "messages") if self._is_page(page):
                return self._send(params)
            case ("POST", page, "message_attachments") if self._is_page(page):
                return AsciiJSONResponse(upload(self._world, params))
            case ("POST", page, "pass_thread_control") if self._is_page(page):
                return AsciiJSONResponse(pass_thread(self._world, params))
            case ("POST", page, "take_thread_control") if self._is_page(page):
                return AsciiJSONResponse(take_thread(self._world, params))
            case ("GET", page, "notification_message_tokens") if self._is_page(page):
                return AsciiJSONResponse(list_tokens(self._world, params, call.url))
            case ("POST", page, "notification_messages_dev_support") if self._is_page(page):
                return AsciiJSONResponse(support(self._world, params))
            case (method, page, "subscribed_apps") if self._is_page(page):
                return AsciiJSONResponse(self._subscribed_apps(method, params))
            case ("GET", "debug_token"):
                return AsciiJSONResponse(app_edges.debug_token(self._world, params))
            case (method, app, app_edges.SUBSCRIPTIONS) if app == self._world.page.app_id:
                how = method, call.access_token, params
                return AsciiJSONResponse(app_edges.subscriptions(self._world, self._webhooks, *how))
            case (method, page, "messenger_profile") if self._is_page(page):
                now = self._world.clock.now()
                return AsciiJSONResponse(self._world.profile.answer(method, params, now))
            case ("GET", name) if name.startswith(_TOKEN):
                return AsciiJSONResponse(token_info(self._world, name.removeprefix(_TOKEN)))
            case ("GET", page) if self._is_page(page):
                return AsciiJSONResponse({"id": self._world.page.id, "name": self._world.page.name})
            case ("GET", psid) if _PSID.fullmatch(psid):
                return AsciiJSONResponse(self._profile(psid, params))
        raise no_such_object(call.method, call.path)

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

    def _send(self, params: dict) -> Response:
        fault = self._faults.next_for_call()
        if self._faults.is_too_fast(time.monotonic()) or fault is SendFault.RATE_LIMIT:
            raise rate_limited()
        if fault is SendFault.SERVER_ERROR:
            raise server_error()
        if fault is SendFault.DROP_BEFORE:
            return HangUp(self._faults.plan.hang_seconds)
        receipt = self._world.receive(read_send(params))
        self._report(receipt)
        if fault is SendFault.DROP_AFTER:
            return HangUp(self._faults.plan.hang_seconds)
        return AsciiJSONResponse(_answer_to_send(receipt))

    def _report(self, receipt: Receipt) -> None:
        """Tell the engine of an accepted message, as far as the faults let it through."""
        if receipt.echo and self._faults.echoes():
            self._webhooks.post(receipt.recipient_id, receipt.echo)
        if receipt.delivery and self._faults.confirms_delivery():
            self._webhooks.post(receipt.recipient_id, receipt.delivery)

    def _profile(self, psid: str, params: dict) -> dict:
        person = self._world.people.get(psid)
        if person is None:
            raise no_such_person()
        asked = str(params.get("fields", "first_name,last_name")).split(",")
        known = _names(person) | {"locale": person.locale, "timezone": person.hours_ahead}
        return {field: known[field] for field in asked if field in known} | {"id": psid}


def _answer_to_send(receipt: Receipt) -> dict:
    """A typing sign has no message id."""
    answer = {"recipient_id": receipt.recipient_id}
    return answer | ({"message_id": receipt.message_id} if receipt.message_id else {})


def _names(person: Person) -> dict:
    first, _, last = person.name.partition(" ")
    return {"name": person.name, "first_name": first, "last_name": last}
