"""The lasting permissions of everybody: what Messenger knows of each, by its token.

Source: Messenger Platform, "Recurring Notifications" (now "Marketing Messages"). There is one token
for each person, title and frequency.
"""

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from otn_studio.emulator.asking import RecurringCard
from otn_studio.emulator.ids import Ids
from otn_studio.policy import recurring
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules

_DEFAULT_FREQUENCY: Final = Frequency.DAILY
"""What Messenger takes a request without one for; it counts only where there are calendars."""

_Topic = tuple[str, str, Frequency | None]
"""What has one token: a person, a title and a frequency."""


@dataclass(slots=True)
class Subscription:
    """One person's lasting yes. ``card`` is the request that they said yes to last.

    ``refreshed`` is whether the last yes was to Messenger's own question, ``asked_again`` whether
    Messenger has put that question since. ``change`` numbers the last change of any of them.
    """

    psid: str
    card: RecurringCard
    permission: recurring.Permission
    refreshed: bool = False
    asked_again: bool = False
    change: int = 0

    @property
    def token(self) -> str:
        """What a message is sent with."""
        return self.permission.id

    @property
    def token_status(self) -> str:
        """Whether the last yes was to Messenger's own question, in the platform's words."""
        return "REFRESHED" if self.refreshed else "NOT_REFRESHED"

    def asks_again_at(self) -> datetime | None:
        """When Messenger asks whether it shall go on, if it does and has not yet."""
        permission = self.permission
        if permission.expires_at is None or permission.stopped or self.asked_again:
            return None
        if not self.card.asks_again:
            return None
        return recurring.asked_again_at(permission.expires_at, permission.zone)

    def say_yes(self, expires: datetime | None, *, refreshed: bool) -> None:
        """Move the end, after another yes."""
        self.permission = recurring.renewed(self.permission, expires)
        self.refreshed, self.asked_again = refreshed, False


@dataclass(slots=True)
class Subscriptions:
    """All of them, the one that was changed last at the end."""

    _by_token: dict[str, Subscription] = field(default_factory=dict)
    _by_topic: dict[_Topic, Subscription] = field(default_factory=dict)
    _reminders: list[tuple[datetime, int, Subscription]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def opt_in(
        self, psid: str, card: RecurringCard, at: datetime, rules: Rules, ids: Ids
    ) -> Subscription:
        """Say yes to a request: a new token, or the one that lives already with a new end."""
        zone = card.zone or rules.zone
        frequency = card.frequency or _DEFAULT_FREQUENCY
        expires = recurring.expires_at(at, frequency, rules, zone)
        old = self._by_topic.get((psid, card.title, card.frequency))
        if old is not None and recurring.is_alive(old.permission, at):
            old.card, old.permission = card, replace(old.permission, zone=zone)
            old.say_yes(expires, refreshed=False)
            return self._keep(old)
        permission = recurring.Permission(ids.token(), card.title, frequency, at, expires, zone)
        return self._keep(Subscription(psid, card, permission))

    def renew(
        self, subscription: Subscription, at: datetime, rules: Rules, token: str
    ) -> Subscription:
        """Go on after Messenger's question, with ``token`` from now on."""
        permission = subscription.permission
        expires = recurring.expires_at(at, permission.frequency, rules, permission.zone)
        del self._by_token[permission.id]
        subscription.say_yes(expires, refreshed=True)
        subscription.permission = replace(subscription.permission, id=token)
        return self._keep(subscription)

    def note(self, subscription: Subscription, permission: recurring.Permission) -> None:
        """Note what was done with it."""
        subscription.permission = permission
        self._keep(subscription)

    def use(self, token: str, now: datetime) -> None:
        """Note that a message was sent with the token."""
        subscription = self._by_token[token]
        self.note(subscription, recurring.used(subscription.permission, now))

    def get(self, token: str) -> Subscription | None:
        """The one with that token, ended or not."""
        return self._by_token.get(token)

    def living(self, now: datetime) -> list[Subscription]:
        """Those that have not ended."""
        return [one for one in self._by_token.values() if recurring.is_alive(one.permission, now)]

    def lasting(self, psid: str, now: datetime) -> dict[str, bool]:
        """One person's, by their titles in the order of the yes: whether all of it is stopped."""
        stopped: dict[str, bool] = {}
        own = (one for one in self.living(now) if one.psid == psid)
        for one in sorted(own, key=lambda one: one.permission.opted_in_at):
            stopped[one.card.title] = one.permission.stopped and stopped.get(one.card.title, True)
        return stopped

    def take_due(self, now: datetime) -> Iterator[tuple[datetime, Subscription]]:
        """Those that Messenger has to ask about by now, each once, in the order of their instants."""
        while self._reminders and self._reminders[0][0] <= now:
            at, _, subscription = heapq.heappop(self._reminders)
            if subscription.asks_again_at() == at:
                subscription.asked_again = True
                yield at, subscription

    def _keep(self, subscription: Subscription) -> Subscription:
        card, token = subscription.card, subscription.token
        subscription.change = next(self._numbers)
        self._by_token.pop(token, None)
        self._by_token[token] = subscription
        self._by_topic[subscription.psid, card.title, card.frequency] = subscription
        if at := subscription.asks_again_at():
            heapq.heappush(self._reminders, (at, subscription.change, subscription))
        return subscription
