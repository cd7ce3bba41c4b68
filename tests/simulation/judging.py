"""Judging a world while it goes on: by what reached people's phones and by what they did themselves.

The second judge is told both, in order, and decides. What the emulator refused by Messenger's rules
should not have been sent: it is a violation too, unless the engine could not know better when it let
the message go.
"""

import copy
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from otn_studio.emulator.asking import OptInCard, RecurringCard, ReoptinCard
from otn_studio.emulator.errors import GraphError
from otn_studio.emulator.events import Event
from otn_studio.emulator.ledger import Accepted
from otn_studio.emulator.sends import read_send
from otn_studio.emulator.world import Receipt, World
from otn_studio.messenger import graph
from otn_studio.messenger.graph import Answer
from otn_studio.messenger.instants import instant
from otn_studio.policy.profiles import Rules
from tests.judge.judge import (
    ASKED_LATELY,
    BAD_PARAMETER,
    NOT_AVAILABLE,
    OUTSIDE_WINDOW,
    STOPPED,
    TOO_SOON,
    Judge,
)
from tests.judge.judge import Answer as Verdict
from tests.simulation.messenger import Call, Webhook
from tests.simulation.trace import Trace, Violation

BY_THE_RULES = {OUTSIDE_WINDOW, TOO_SOON, STOPPED, ASKED_LATELY, BAD_PARAMETER}
STOP_REPLY = "otn1stop|"
"""What stands behind the answers to *Which messages do you want to stop?*; the topic follows."""


@dataclass
class Judging:
    """Everything that was seen of one world.

    ``concerning`` are the webhooks about each permission, ``told_of`` the permissions that the engine
    was told of, with their person and topic, ``own_stops`` since when the engine knows that nothing
    may be sent with one because its person has said so in words. ``taken`` are the messages of which
    it knows that Messenger took them.
    """

    world: World
    trace: Trace
    judge: Judge
    delivered: dict[int, Accepted] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    waited: set[int] = field(default_factory=set)
    concerning: dict[str, list[Webhook]] = field(default_factory=lambda: defaultdict(list))
    told_of: dict[str, tuple[str, str]] = field(default_factory=dict)
    own_stops: dict[str, datetime] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)
    asked_again: set[tuple[str, datetime]] = field(default_factory=set)
    echoed: set[int] = field(default_factory=set)

    def rules_changed(self, rules: Rules) -> None:
        """Messenger judges by others from now on; whatever was before stays."""
        before = self.judge
        self.judge = Judge(rules.profile.name, rules.zone.key, rules.country)
        self.judge.people = before.people
        self.judge.one_time, self.judge.lasting = before.one_time, before.lasting

    # What people do

    def acted(self, person: str, event: Event) -> None:
        """The person did what opens the window."""
        self.judge.acted(person, _at(event))

    def blocked(self, person: str) -> None:
        self.judge.blocked(person)

    def said_yes(self, person: str, card: OptInCard | RecurringCard, event: Event) -> None:
        """The person tapped a card of the Page."""
        token, at = token_of(event), _at(event)
        if isinstance(card, OptInCard):
            self.judge.opted_in(person, token, card.title, at, None)
        else:
            zone = card.zone.key if card.zone else ""
            assert card.frequency is not None
            self.judge.opted_in(person, token, card.title, at, str(card.frequency), zone)

    def went_on(self, card: ReoptinCard, event: Event) -> None:
        """The person tapped Messenger's own card; the permission may have another token since."""
        self.judge.renewed(card.token, _at(event), token_of(event))
        if card.token != token_of(event):
            self.successors[card.token] = token_of(event)

    def switched(self, event: Event, *, stopped: bool) -> None:
        """The person stopped a topic in Messenger's settings, or lets it go on."""
        switch = self.judge.stopped if stopped else self.judge.resumed
        switch(token_of(event), _at(event))

    # What the engine is told

    def posted(self, webhook: Webhook, old_token: str = "") -> None:
        """A webhook is on its way."""
        if token := token_of(webhook.event):
            self.concerning[token].append(webhook)
        if old_token:
            self.concerning[old_token].append(webhook)

    def told(self, webhook: Webhook) -> None:
        """The engine has answered a webhook with 200."""
        if webhook.answered_at is not None:
            return
        webhook.answered_at = self.trace.now()
        self.trace.note("webhook", *sorted(webhook.event), webhook.person)
        message = webhook.event.get("message", {})
        if message.get("is_echo"):
            self.echoed.add(int(message["metadata"]))
        elif token := token_of(webhook.event):
            self._told_of_permission(token, webhook)
        elif (reply := message.get("quick_reply", {}).get("payload", "")).startswith(STOP_REPLY):
            self._told_to_stop(webhook.person, reply.removeprefix(STOP_REPLY))

    def _told_of_permission(self, token: str, webhook: Webhook) -> None:
        optin = webhook.event["optin"]
        topic = optin["payload"].rpartition("|")[2]
        self.told_of[token] = (webhook.person, topic if "title" in optin else "")
        if not optin.get("notification_messages_status", "").startswith("STOP"):
            self.own_stops.pop(token, None)

    def _told_to_stop(self, person: str, topic: str) -> None:
        for token, (whose, about) in self.told_of.items():
            if whose == person and about and topic in ("", about):
                self.own_stops[token] = self.trace.now()

    # What the Page sends

    def accepted(self, call: Call, receipt: Receipt) -> None:
        """A message has reached its person."""
        sent = self.world.ledger.sends[-1]
        self.trace.note("received", call.id, sent.recipient, sent.kind)
        if (verdict := _ask(self.judge, call, sent.at)) is not None:
            raise Violation("second judge", f"{verdict} for {call} at {sent.at}")
        if call.id in self.delivered:
            raise Violation("once", f"{call} was delivered twice")
        stopped_at = self.own_stops.get(call.token or "")
        if stopped_at is not None and stopped_at < call.claimed_at:
            raise Violation("stop by words", f"{call}, stopped at {stopped_at}")
        self.delivered[call.id] = sent

    def refused(self, call: Call, error: GraphError) -> None:
        """Messenger's rules forbid a message, or its person is not there."""
        code = (error.code, error.subcode)
        if code == NOT_AVAILABLE:
            return
        if code not in BY_THE_RULES:
            raise Violation("last gate", f"{code} {error} for {call}")
        if code == TOO_SOON:
            self.waited.add(call.id)
        self.trace.note(f"race: {self._excuse(call, code)}", call.id)

    def _excuse(self, call: Call, code: Verdict) -> str:
        """Why the engine could not know; each is a narrow thing."""
        token = call.token or ""
        if code == BAD_PARAMETER and call.id in self.delivered and call.id not in self.taken:
            return "delivered before, without an answer"
        if any(_came_after(webhook, call.claimed_at) for webhook in self.concerning[token]):
            return "not told yet"
        if self._would_have_been_taken(call):
            return "on its way"
        raise Violation("last gate", f"{code} for {call} at {self.trace.now()}")

    def _would_have_been_taken(self, call: Call) -> bool:
        """Whether all was well when the engine let it go."""
        return _ask(copy.deepcopy(self.judge), call, call.claimed_at) is None

    def answered(self, id: int, answer: Answer) -> None:
        """The engine has written down how a call ended."""
        self.trace.note("answer", id, type(answer).__name__)
        if isinstance(answer, graph.Accepted):
            self.taken.add(id)

    def was_asked_again(self, asked: Accepted) -> None:
        """Messenger's own card has come: it has to be on the day before the end."""
        permission = self.judge.lasting[asked.token or ""]
        assert permission.end is not None
        end, day = (each.astimezone(permission.zone).date() for each in (permission.end, asked.at))
        self.trace.note("asked again", asked.token)
        if (end - day).days != 1:
            raise Violation("re-opt-in", f"asked on {day} whether to go on after {end}")
        self.asked_again.add((asked.token or "", permission.end))


def token_of(event: Event) -> str:
    """The permission that an event is about, if it is about one."""
    optin = event.get("optin", {})
    return optin.get("one_time_notif_token") or optin.get("notification_messages_token") or ""


def _ask(judge: Judge, call: Call, at: datetime) -> Verdict | None:
    message = read_send(call.body).message
    assert message is not None
    if call.token is not None:
        return judge.sent_by(call.token, at, message.length)
    person = call.body["recipient"]["id"]
    if isinstance(message.content, RecurringCard):
        return judge.requested(person, message.content.title, at)
    return judge.sent_in_conversation(person, at)


def _came_after(webhook: Webhook, instant: datetime) -> bool:
    return webhook.answered_at is None or webhook.answered_at > instant


def _at(event: Event) -> datetime:
    at = instant(event["timestamp"])
    assert at is not None
    return at
