"""Messenger as the engine meets it: the emulator's world behind a network that is slow, breaks off,
repeats and mixes up.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Protocol

from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.errors import GraphError, bad_access_token, rate_limited, server_error
from otn_studio.emulator.events import Event
from otn_studio.emulator.faults import Faults, SendFault
from otn_studio.emulator.sends import read_send
from otn_studio.emulator.token_edges import describe
from otn_studio.emulator.world import Receipt, World
from otn_studio.messenger.errors import error_in
from otn_studio.messenger.graph import Accepted, Answer, CallFailed, NoAnswer, NotReached, Refused
from otn_studio.runtime.sending.delivery import Claimed
from tests.simulation.agenda import Agenda
from tests.simulation.trace import Trace

QUICK = tuple(timedelta(milliseconds=each) for each in (100, 100, 100, 400, 3_000))
"""How long a call and its answer take, each as likely as the others."""
WEBHOOKS = tuple(timedelta(seconds=each) for each in (0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 1, 5, 60, 600))
"""How long after an event its webhook comes: so later ones overtake."""
GIVES_UP = timedelta(seconds=30)
"""How long a caller waits for an answer."""
NEVER_WENT_OUT = 0.01


@dataclass(eq=False)
class Call:
    """A message on its way. ``lost``: its sender died before it went out."""

    id: int
    body: dict[str, Any]
    claimed_at: datetime
    lost: bool = False

    @property
    def token(self) -> str | None:
        """The permission that it uses."""
        recipient = self.body["recipient"]
        return next((value for name, value in recipient.items() if name != "id"), None)


@dataclass(eq=False)
class Webhook:
    """An event on its way, for as long as nobody has answered it with 200."""

    person: str
    event: Event
    body: bytes
    answered_at: datetime | None = None


class Witness(Protocol):
    """Who sees what becomes of the calls."""

    def accepted(self, call: Call, receipt: Receipt) -> None: ...

    def refused(self, call: Call, error: GraphError) -> None: ...


@dataclass
class Messenger:
    """The far end of calls, and the near end of webhooks. ``lists``: whether it lists its tokens."""

    world: World
    agenda: Agenda
    random: Random
    faults: Faults
    trace: Trace
    witness: Witness
    lists: bool
    locked_out: bool = False
    """The access token is not accepted for now."""
    refused_while_locked_out: int = 0
    deliver: Callable[[Webhook], None] = field(init=False)
    _paces: dict[tuple[timedelta, ...], tuple[datetime, timedelta]] = field(default_factory=dict)

    def call(self, claimed: Claimed, take: Callable[[Answer], None]) -> Call:
        """Make a call; the answer is taken when it comes."""
        call = Call(claimed.id, claimed.body, self.agenda.now())
        fault = self.faults.next_for_call()
        if self.random.random() < NEVER_WENT_OUT:
            self._answer(QUICK[0], take, NotReached("no network"))
        else:
            self.agenda.put(self._takes(QUICK), partial(self._arrives, call, fault, take))
        return call

    def post(self, person: str, event: Event) -> Webhook:
        """Tell the engine, sooner or later, and maybe more than once."""
        now = self.agenda.now()
        entry = {"id": self.world.page.id, "time": milliseconds(now), "messaging": [event]}
        body = json.dumps({"object": "page", "entry": [entry]}).encode()
        webhook = Webhook(person, event, body)
        for _ in range(1 + len(self.faults.repeats())):
            self.agenda.put(self._takes(WEBHOOKS), lambda: self.deliver(webhook))
        return webhook

    def subscribe(self, page_id: str, fields: Sequence[str]) -> None:
        if not self.lists:
            raise CallFailed("Messenger is not to be asked.")

    def person(self, person_id: str) -> dict[str, Any]:
        raise CallFailed("Nobody is known here.")

    def notification_tokens(self, page_id: str) -> Iterator[list[dict[str, Any]]]:
        living = self.world.subscriptions.living(self.agenda.now())
        yield [describe(one, self.world) for one in living]

    def _arrives(self, call: Call, fault: SendFault | None, take: Callable[[Answer], None]) -> None:
        if call.lost:
            return
        self.trace.note("call", call.id, call.claimed_at.isoformat(), fault or "")
        answer = NoAnswer("no answer") if fault is SendFault.DROP_BEFORE else self._of(call, fault)
        if fault is SendFault.DROP_AFTER:
            answer = NoAnswer("no answer")
        self._answer(GIVES_UP if isinstance(answer, NoAnswer) else self._takes(QUICK), take, answer)

    def _of(self, call: Call, fault: SendFault | None) -> Answer:
        try:
            return self._taken(call, fault)
        except GraphError as error:
            self.trace.note(f"refused {error.code}", call.id)
            refused = error_in(error.status, error.body("trace"))
            assert refused is not None
            return Refused(refused)

    def _taken(self, call: Call, fault: SendFault | None) -> Answer:
        if self.locked_out:
            self.refused_while_locked_out += 1
            raise bad_access_token()
        if fault is SendFault.RATE_LIMIT:
            raise rate_limited()
        if fault is SendFault.SERVER_ERROR:
            raise server_error()
        try:
            receipt = self.world.receive(read_send(call.body))
        except GraphError as error:
            self.witness.refused(call, error)
            raise
        self.witness.accepted(call, receipt)
        if receipt.echo and self.faults.echoes():
            self.post(receipt.recipient_id, receipt.echo)
        if receipt.delivery and self.faults.confirms_delivery():
            self.post(receipt.recipient_id, receipt.delivery)
        return Accepted(receipt.message_id or "", receipt.recipient_id)

    def _answer(self, after: timedelta, take: Callable[[Answer], None], answer: Answer) -> None:
        self.agenda.put(after, partial(take, answer))

    def _takes(self, times: tuple[timedelta, ...]) -> timedelta:
        """How long something takes; what begins at the same instant mostly takes the same time."""
        now = self.agenda.now()
        since, lately = self._paces.get(times, (None, times[0]))
        if since != now or self.random.random() < 0.1:
            lately = self.random.choice(times)
        self._paces[times] = now, lately
        return lately
