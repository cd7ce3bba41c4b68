"""A second judge: what Messenger takes from one Page, and what it refuses.

Written from Messenger's documentation alone, and from nothing of the product's. It remembers
everything that was sent and decides by looking back over it. Instants are aware and in UTC; they are
told in the order in which they happened.
"""

import calendar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

Answer = tuple[int, int | None]
OUTSIDE_WINDOW: Answer = (10, 2018278)
BAD_PARAMETER: Answer = (100, None)
TOO_SOON: Answer = (4, 2018354)
STOPPED: Answer = (10, 1893015)
ASKED_LATELY: Answer = (613, 1893016)
NOT_AVAILABLE: Answer = (551, 1545041)

DAY = timedelta(days=1)
TWO_MINUTES = timedelta(minutes=2)
LONGEST_FOLLOW_UP = 250
TITLE_OF_NONE = "Updates and promotions"
MONTHS = {"daily": 6, "weekly": 9, "monthly": 12}
PAUSES = {"rn-2022": None, "rn-2023": DAY, "rn-2025": 2 * DAY, "retired-2026": 2 * DAY}
# fmt: off
COUNTRIES_LEFT = {
    "AU", "GB", "JP", "KR",
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}
# fmt: on


@dataclass
class Person:
    """Somebody who can be written to. ``acted`` is when they last opened their window."""

    acted: datetime | None = None
    has_blocked: bool = False
    requests: list[tuple[str, datetime]] = field(default_factory=list)
    comments: dict[str, datetime] = field(default_factory=dict)


@dataclass
class OneTime:
    """One yes for one message."""

    person: str
    at: datetime
    is_used: bool = False


@dataclass
class Lasting:
    """One yes for many messages. ``end`` is the first instant after it, if it ends."""

    person: str
    title: str
    frequency: str
    zone: ZoneInfo
    end: datetime | None
    uses: list[datetime] = field(default_factory=list)
    is_stopped: bool = False


class Judge:
    """What one Page may do, by the name of a set of rules, the Page's time zone and its country."""

    def __init__(self, profile: str, zone: str, country: str = "") -> None:
        self.pause = PAUSES[profile]
        self.zone = ZoneInfo(zone)
        self.is_retired = profile == "retired-2026" and country not in COUNTRIES_LEFT
        self.people: dict[str, Person] = {}
        self.one_time: dict[str, OneTime] = {}
        self.lasting: dict[str, Lasting] = {}

    # What people do

    def acted(self, person: str, at: datetime) -> None:
        """The person wrote, tapped a button or did what else opens the window."""
        self._person(person).acted = at

    def blocked(self, person: str) -> None:
        """The person blocked the Page or deleted the chat, for good."""
        self._person(person).has_blocked = True

    def commented(self, person: str, comment: str, at: datetime) -> None:
        """The person wrote below a post."""
        self._person(person).comments[comment] = at

    def opted_in(
        self,
        person: str,
        token: str,
        topic_title: str,
        at: datetime,
        frequency: str | None,
        zone: str = "",
    ) -> None:
        """The person said yes: once without a frequency, else daily, weekly or monthly.

        ``zone`` is the request's own, if it named one. A person has one token for a title and a
        frequency: a yes to what goes on already moves its end and forgets none of its messages.
        """
        if frequency is None:
            self.one_time.setdefault(token, OneTime(person, at))
            return
        local = ZoneInfo(zone) if zone else self.zone
        now = Lasting(person, topic_title, frequency, local, self._end(at, frequency, local))
        for old_token, old in list(self.lasting.items()):
            same = (old.person, old.title, old.frequency) == (person, topic_title, frequency)
            if same and not _is_over(old.end, at):
                now.uses = self.lasting.pop(old_token).uses
        self.lasting[token] = now

    def renewed(self, token: str, at: datetime, new_token: str = "") -> None:
        """The person said yes again to Messenger's own question, maybe with another token."""
        permission = self.lasting.pop(token)
        permission.end = self._end(at, permission.frequency, permission.zone)
        permission.is_stopped = False
        self.lasting[new_token or token] = permission

    def stopped(self, token: str, at: datetime) -> None:
        """The person stopped the topic."""
        self.lasting[token].is_stopped = True

    def resumed(self, token: str, at: datetime) -> None:
        """The person let it go on."""
        self.lasting[token].is_stopped = False

    def is_over(self, token: str, at: datetime) -> bool:
        """Whether a token has come to its end, used or not."""
        if token in self.one_time:
            return _is_over(_months_after(self.one_time[token].at, 12, UTC), at)
        return _is_over(self.lasting[token].end, at)

    # What the Page sends: Messenger's code and subcode, or nothing if it took the message

    def sent_in_conversation(self, person: str, at: datetime) -> Answer | None:
        """The Page wrote to the person, without any token."""
        somebody = self._person(person)
        if somebody.has_blocked:
            return NOT_AVAILABLE
        if somebody.acted is None or at - somebody.acted >= DAY:
            return OUTSIDE_WINDOW
        return None

    def replied(self, person: str, comment: str, count: int, at: datetime) -> Answer | None:
        """The Page answered a comment, with so many messages; requests don't count as any."""
        somebody = self._person(person)
        if somebody.has_blocked:
            return NOT_AVAILABLE
        if count != 1 or comment not in somebody.comments:
            return BAD_PARAMETER
        if at - somebody.comments[comment] >= 7 * DAY:
            return OUTSIDE_WINDOW
        del somebody.comments[comment]
        return None

    def requested_once(self, person: str, at: datetime) -> Answer | None:
        """The Page asked for a yes for one message."""
        return self.sent_in_conversation(person, at)

    def requested(self, person: str, title: str, at: datetime) -> Answer | None:
        """The Page asked for a yes for many messages."""
        somebody = self._person(person)
        title = title or TITLE_OF_NONE
        if self.is_retired and not somebody.has_blocked:
            return BAD_PARAMETER
        if refusal := self.sent_in_conversation(person, at):
            return refusal
        if any(other == title and at - asked < 7 * DAY for other, asked in somebody.requests):
            return ASKED_LATELY
        somebody.requests.append((title, at))
        return None

    def sent_by(self, token: str, at: datetime, length: int = 0) -> Answer | None:
        """The Page wrote with a token, a text of that many characters."""
        if token in self.one_time:
            return self._sent_once(self.one_time[token], at)
        if token in self.lasting:
            return self._sent_again(self.lasting[token], at, length)
        return BAD_PARAMETER

    def _sent_once(self, permission: OneTime, at: datetime) -> Answer | None:
        if self._person(permission.person).has_blocked:
            return NOT_AVAILABLE
        if permission.is_used or _is_over(_months_after(permission.at, 12, UTC), at):
            return BAD_PARAMETER
        permission.is_used = True
        return None

    def _sent_again(self, permission: Lasting, at: datetime, length: int) -> Answer | None:
        if self._person(permission.person).has_blocked:
            return NOT_AVAILABLE
        if self.is_retired or _is_over(permission.end, at):
            return BAD_PARAMETER
        if permission.is_stopped:
            return STOPPED
        uses = permission.uses
        if _is_follow_up(at, len(uses), uses):
            if length > LONGEST_FOLLOW_UP:
                return BAD_PARAMETER
        elif any(
            self._is_too_close(permission, use, at)
            for number, use in enumerate(uses)
            if not _is_follow_up(use, number, uses)
        ):
            return TOO_SOON
        uses.append(at)
        return None

    def _is_too_close(self, permission: Lasting, use: datetime, at: datetime) -> bool:
        if self.pause is not None:
            return at - use < self.pause
        before, now = use.astimezone(permission.zone), at.astimezone(permission.zone)
        match permission.frequency:
            case "daily":
                return now.date() <= before.date()
            case "weekly":
                return now.isocalendar()[:2] <= before.isocalendar()[:2]
        return (now.year, now.month) <= (before.year, before.month)

    def _end(self, at: datetime, frequency: str, zone: ZoneInfo) -> datetime | None:
        return _months_after(at, MONTHS[frequency], zone) if self.pause is None else None

    def _person(self, person: str) -> Person:
        return self.people.setdefault(person, Person())


def _is_follow_up(at: datetime, number: int, uses: list[datetime]) -> bool:
    """Whether the message of that number, from 0, is the second or third after the yes."""
    return 0 < number < 3 and at - uses[0] < TWO_MINUTES


def _is_over(end: datetime | None, at: datetime) -> bool:
    return end is not None and at >= end


def _months_after(at: datetime, months: int, zone: tzinfo) -> datetime:
    """The same time of day on the date some months later, by a zone's clocks."""
    local = at.astimezone(zone)
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    day = min(local.day, calendar.monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day, fold=0).astimezone(UTC)
