"""The Send API: what befalls a call on its way, and what follows a message that was accepted.

Source: Messenger Platform, Send API reference, "Rate limits".
"""

import time

from starlette.responses import Response

from otn_studio.emulator import actions
from otn_studio.emulator.calls import Call
from otn_studio.emulator.errors import rate_limited, server_error
from otn_studio.emulator.faults import Faults, SendFault
from otn_studio.emulator.hang_up import HangUp
from otn_studio.emulator.json_response import AsciiJSONResponse
from otn_studio.emulator.sends import Send, read_send
from otn_studio.emulator.uploads import with_address
from otn_studio.emulator.webhooks import Webhooks
from otn_studio.emulator.world import Receipt, World


class SendApi:
    """Takes the Page's messages, as far as the faults let them through."""

    def __init__(self, world: World, faults: Faults, webhooks: Webhooks) -> None:
        self._world = world
        self._faults = faults
        self._webhooks = webhooks

    def answer(self, call: Call) -> Response:
        """Deliver a message and answer, or hang up, or raise Messenger's error."""
        fault = self._faults.next_for_call()
        self._refuse(fault)
        if fault is SendFault.DROP_BEFORE:
            return HangUp(self._faults.plan.hang_seconds)
        send = read_send(with_address(self._world, call.params, call.origin))
        self._check_rates(send)
        receipt = self._world.receive(send)
        self._report(receipt)
        if fault is SendFault.DROP_AFTER:
            return HangUp(self._faults.plan.hang_seconds)
        answer = _answer(receipt)
        if self._world.habits.recipient == "untold" and receipt.message_id:
            del answer["recipient_id"]
        return AsciiJSONResponse(answer)

    def _refuse(self, fault: SendFault | None) -> None:
        if self._faults.is_too_fast(time.monotonic()) or fault is SendFault.RATE_LIMIT:
            raise rate_limited()
        if fault is SendFault.SERVER_ERROR:
            raise server_error()
        if fault is SendFault.REFUSE:
            raise self._faults.refusal()

    def _check_rates(self, send: Send) -> None:
        if send.is_media and self._faults.is_too_fast_for_media(time.monotonic()):
            raise rate_limited()
        if not self._faults.plan.calls_a_day:
            return
        engaged = sum(person.has_conversation for person in self._world.people.values())
        now = self._world.clock.now().timestamp()
        if self._faults.is_too_many_today(now, engaged):
            raise rate_limited()

    def _report(self, receipt: Receipt) -> None:
        """Tell the engine of an accepted message, as far as the faults let it through."""
        if receipt.echo and self._faults.echoes():
            self._webhooks.post(receipt.recipient_id, receipt.echo)
        if receipt.delivery and self._faults.confirms_delivery():
            self._webhooks.post(receipt.recipient_id, receipt.delivery)
        if receipt.message_id and self._faults.reads():
            for event in actions.read(self._world, self._world.people[receipt.recipient_id]):
                self._webhooks.post(receipt.recipient_id, event)


def _answer(receipt: Receipt) -> dict:
    """A typing sign has no message id."""
    answer = {"recipient_id": receipt.recipient_id}
    given = {"message_id": receipt.message_id, "attachment_id": receipt.attachment_id}
    return answer | {name: value for name, value in given.items() if value}
