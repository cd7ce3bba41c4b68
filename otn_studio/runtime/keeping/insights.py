"""Counting: what events say of the messages that were sent, off the way of any message.

Whoever wants to see figures brings them up to date first, and so does the daily work, before old
events go. Any number may do so at any time: see `storage.insights.progress`.

A message counts as delivered or read once Messenger says that everything up to then was, and as
*answered* where the person wrote or tapped something within a day. Who acts has read what they got.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from otn_studio.blocks.event import OptedIn
from otn_studio.interpreter import reply
from otn_studio.messenger.events import event_of
from otn_studio.messenger.inbox import Kind
from otn_studio.messenger.instants import instant
from otn_studio.messenger.payloads import is_sign
from otn_studio.messenger.untrusted import mapping, text
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.insights import progress
from otn_studio.storage.insights.progress import DELIVERED, READ, Message, SentRow, Told

EVENTS_AT_ONCE: Final = 1_000
SETTLED: Final = timedelta(minutes=2)
"""Nobody commits an event so long after others that were stored later."""
ANSWERS_WITHIN: Final = timedelta(days=1)
CLOCKS_DIFFER: Final = timedelta(seconds=5)
"""So much our clock may be ahead of Messenger's, by which it says what was delivered, and when."""
_OUT_OF_ORDER: Final = timedelta(days=1)
_EPOCH: Final = datetime(1970, 1, 1)
_BEGINNING: Final = _EPOCH.replace(tzinfo=UTC)
_HOUR: Final = timedelta(hours=1)
_REQUESTS: Final = ("one_time_notif_req", "notification_messages")


def bring_up_to_date(database: Database, page_id: str) -> Iterator[int]:
    """Count what is not counted yet, in small steps; each answers how many events it looked at."""
    cursor = None
    while True:
        with database.writing() as connection:
            begun = progress.begin(connection, page_id)
            cursor = begun if cursor is None else cursor
            zone = zone_of(connection, page_id)
            seen, cursor = _count(connection, page_id, cursor, zone)
            ways = _sum_up_ways(connection, page_id, zone)
        if not seen and not ways:
            return
        yield seen


def local_hour(moment: datetime, zone: tzinfo) -> int:
    """The hour by the clocks there, counted from 1970.

    >>> local_hour(datetime(1970, 1, 2, 3, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    28
    """
    return (moment.astimezone(zone).replace(tzinfo=None) - _EPOCH) // _HOUR


def zone_of(connection: Connection, page_id: str) -> tzinfo:
    """The Page's time zone, as the engine last knew it."""
    name = (pages.rules(connection, page_id) or {}).get("zone")
    return ZoneInfo(name) if name else UTC


def _count(connection: Connection, page_id: str, after: int, zone: tzinfo) -> tuple[int, int]:
    """Count some; answers how many events were looked at, and the last of them."""
    told = progress.next_told(connection, page_id, after, EVENTS_AT_ONCE)
    if not told:
        return 0, after
    _keep(connection, page_id, told, zone)
    newest = progress.newest_stored_at(connection)
    settled = [entry.id for entry in told if newest and entry.stored_at <= newest - SETTLED]
    if settled:
        progress.advance(connection, page_id, settled[-1])
    return len(told), told[-1].id


def _keep(connection: Connection, page_id: str, told: Collection[Told], zone: tzinfo) -> None:
    heard = _Heard()
    heard.add(told)
    ids = [id for entry in told if (id := _sent(entry)) is not None]
    rows = progress.sent(connection, page_id, ids) if ids else []
    new = [message for row in rows if (message := _message(row, zone)) is not None]
    if new:
        people = {message.contact_id for message in new}
        since = min(message.sent_at for message in new) - _OUT_OF_ORDER
        heard.add(progress.told_of(connection, people, since))
    if not heard.people and not new:
        return
    known = {m.send_id: m for m in progress.open_messages(connection, heard.people)}
    asked = {message.contact_id for message in new if message.asks is not None} | {*heard.yeses}
    if asked:
        known |= {m.send_id: m for m in progress.requests(connection, asked)}
        heard.add(progress.told_of(connection, asked, _BEGINNING, [Kind.OPTIN]))
    said_yes = heard.said_yes([*known.values(), *new])
    changed = [
        (before, after)
        for before in known.values()
        if (after := heard.of(before, said_yes)) != before
    ]
    progress.keep(connection, page_id, [heard.of(m, said_yes) for m in new], changed)


def _sent(told: Told) -> int | None:
    return told.body.get("send") if told.kind == "sent" else None


def _message(row: SentRow, zone: tzinfo) -> Message | None:
    """What is counted; not a sign that one is being written."""
    if is_sign(row.message):
        return None
    hour = local_hour(row.sent_at, zone)
    asks = _asks(row.message)
    place = row.topic_id or "", asks, row.flow_id or "", row.block or ""
    return Message(row.id, row.contact_id, row.sent_at, hour, *place)


def _asks(message: dict[str, Any]) -> str | None:
    """The topic for which a message asks for a permission."""
    payload = mapping(mapping(message.get("attachment")).get("payload"))
    if payload.get("template_type") not in _REQUESTS:
        return None
    place = reply.read(text(payload.get("payload")))
    return place.topic if place else ""


class _Moment(NamedTuple):
    """When something was by Messenger's clock, and when we were told, by ours."""

    at: datetime
    told_at: datetime

    def follows(self, message: Message) -> bool:
        """Whether it can be about that message: what we knew before we sent it, is not."""
        return message.sent_at <= self.at + CLOCKS_DIFFER and message.sent_at < self.told_at


@dataclass
class _Heard:
    """What was heard of people: up to when all was delivered, or read; when they acted; and when they
    said yes to which block's request for which topic. Each with when we were told, by our own clock.
    """

    delivered: dict[int, set[_Moment]] = field(default_factory=lambda: defaultdict(set))
    read: dict[int, set[_Moment]] = field(default_factory=lambda: defaultdict(set))
    acted: dict[int, set[_Moment]] = field(default_factory=lambda: defaultdict(set))
    yeses: dict[int, set[tuple[_Moment, str, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )

    @property
    def people(self) -> set[int]:
        return {*self.delivered, *self.read, *self.acted}

    def add(self, told: Iterable[Told]) -> None:
        for entry in told:
            match entry.kind:
                case Kind.DELIVERY | Kind.READ:
                    marks = self.delivered if entry.kind == Kind.DELIVERY else self.read
                    said = instant(mapping(entry.body.get(entry.kind)).get("watermark"))
                    if said is not None:
                        marks[entry.contact_id].add(_Moment(said, entry.stored_at))
                case Kind.MESSAGE | Kind.POSTBACK:
                    self.acted[entry.contact_id].add(_Moment(entry.at, entry.stored_at))
                case Kind.OPTIN:
                    self._add_yes(entry)

    def _add_yes(self, entry: Told) -> None:
        """A yes; stopping and going on are no answers to a message."""
        said = event_of(Kind.OPTIN, entry.body, entry.at)
        place = reply.read(said.reply) if isinstance(said, OptedIn) else None
        if place is not None:
            moment = _Moment(entry.at, entry.stored_at)
            self.acted[entry.contact_id].add(moment)
            self.yeses[entry.contact_id].add((moment, place.block, place.topic))

    def said_yes(self, messages: Iterable[Message]) -> dict[int, bool]:
        """Of the requests to people whose every yes was heard: whether it was said to that one, which
        is the latest that asked for it."""
        requests: dict[int, list[Message]] = defaultdict(list)
        for message in sorted(messages, key=lambda m: (m.sent_at, m.send_id)):
            if message.asks is not None and message.contact_id in self.yeses:
                requests[message.contact_id].append(message)
        said = {message.send_id: False for own in requests.values() for message in own}
        for who, own in requests.items():
            for moment, *wanted in self.yeses[who]:
                asking = [m for m in own if moment.follows(m) and [m.block, m.asks] == wanted]
                said |= {message.send_id: True for message in asking[-1:]}
        return said

    def of(self, message: Message, said_yes: Mapping[int, bool]) -> Message:
        """The message as far as it has come by all that was heard."""
        who, until = message.contact_id, message.sent_at + ANSWERS_WITHIN
        acted = [moment for moment in self.acted.get(who, ()) if moment.follows(message)]
        reached = message.reached
        if any(moment.follows(message) for moment in self.delivered.get(who, ())):
            reached = max(reached, DELIVERED)
        if acted or any(moment.follows(message) for moment in self.read.get(who, ())):
            reached = READ
        return replace(
            message,
            reached=reached,
            answered=message.answered or any(moment.at < until for moment in acted),
            opted_in=said_yes.get(message.send_id, message.opted_in),
        )


def _sum_up_ways(connection: Connection, page_id: str, zone: tzinfo) -> int:
    taken = progress.take_ways(connection, page_id)
    sums: Counter[tuple[str, int, str, str]] = Counter()
    for at, ways in taken:
        day = local_hour(at, zone) // 24
        for flow, block, port, count in ways:
            sums[flow, day, block, port] += count
    progress.add_ways(connection, page_id, sums)
    return len(taken)
