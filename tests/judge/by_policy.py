"""The product's rules behind the second judge's interface, so that both can be asked the same."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from otn_studio.policy import one_time, recurring, requests, sending, window
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, Rules
from otn_studio.policy.requests import Asked
from otn_studio.policy.sending import CODES, Permission, Refusal

Answer = tuple[int, int | None]


class ByPolicy:
    """Keeps what the rules need to know, and answers Messenger's codes for their refusals."""

    def __init__(self, profile: str, zone: str, country: str) -> None:
        self.rules = Rules(PROFILES[profile], ZoneInfo(zone), country)
        self.acts: dict[str, datetime] = {}
        self.asked: dict[str, list[Asked]] = {}
        self.permissions: dict[str, Permission] = {}
        self.tokens: dict[tuple[str, str, str], str] = {}

    def acted(self, person: str, at: datetime) -> None:
        self.acts[person] = at

    def opted_in(
        self,
        person: str,
        token: str,
        title: str,
        at: datetime,
        frequency: str | None,
        zone: str = "",
    ) -> None:
        if frequency is None:
            ends = one_time.expires_at(at)
            self.permissions[token] = one_time.Permission(token, title, at, ends)
            return
        often, own = Frequency(frequency), ZoneInfo(zone) if zone else None
        ends = recurring.expires_at(at, often, self.rules, own)
        permission = recurring.Permission(token, title, often, at, ends, own)
        old = self.permissions.get(self.tokens.get((person, title, frequency), ""))
        if old is not None and recurring.is_alive(old, at):
            permission = replace(recurring.renewed(old, ends), id=token, zone=own)
            del self.permissions[old.id]
        self.permissions[token] = permission
        self.tokens[person, title, frequency] = token

    def renewed(self, token: str, at: datetime) -> None:
        old = self.permissions[token]
        ends = recurring.expires_at(at, old.frequency, self.rules, old.zone)
        self.permissions[token] = recurring.renewed(old, ends)

    def stopped(self, token: str, at: datetime) -> None:
        self.permissions[token] = replace(self.permissions[token], stopped=True)

    def resumed(self, token: str, at: datetime) -> None:
        self.permissions[token] = replace(self.permissions[token], stopped=False)

    def sent_in_conversation(self, person: str, at: datetime) -> Answer | None:
        return _code(sending.judge_in_conversation(self.acts.get(person), at))

    requested_once = sent_in_conversation

    def requested(self, person: str, title: str, at: datetime) -> Answer | None:
        asked = self.asked.setdefault(person, [])
        refusal = sending.judge_request(self.acts.get(person), title, asked, at, self.rules)
        if refusal is None:
            asked.append(Asked(title, at))
        return _code(refusal)

    def sent_by(self, token: str, at: datetime, length: int = 0) -> Answer | None:
        permission = self.permissions.get(token)
        refusal = sending.judge_by_permission(permission, at, self.rules, length)
        if refusal is None:
            self.permissions[token] = (
                replace(permission, used=True)
                if isinstance(permission, one_time.Permission)
                else recurring.used(permission, at)
            )
        return _code(refusal)

    def lasting(self) -> list[str]:
        """The tokens for many messages."""
        return [
            token
            for token, permission in self.permissions.items()
            if isinstance(permission, recurring.Permission)
        ]

    def turning_points(self) -> list[datetime]:
        """The instants at which an answer may change."""
        points = [window.ends_at(act) for act in self.acts.values()]
        points += [
            asked.at + requests.SAME_TITLE_PAUSE for all in self.asked.values() for asked in all
        ]
        for permission in self.permissions.values():
            points += [permission.expires_at] if permission.expires_at else []
            if isinstance(permission, recurring.Permission) and permission.first_used_at:
                points.append(recurring.next_allowed_at(permission, self.rules))
                points.append(permission.first_used_at + timedelta(minutes=2))
        return points


def _code(refusal: Refusal | None) -> Answer | None:
    return None if refusal is None else CODES[refusal]
