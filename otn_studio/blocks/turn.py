"""One step of a conversation: what a block is told (`Turn`) and what it answers (`Step`).

Both are plain values. A block never sends, sleeps or stores: it says what should happen, and the
interpreter's host makes it happen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from otn_studio.blocks import known, liquid, moment
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.field import TYPE_WORDS, Field, FieldType, kept, written
from otn_studio.blocks.known import Known
from otn_studio.blocks.liquid import VALUE_LIMIT, BrokenText
from otn_studio.blocks.moment import Moment
from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.secret import Marks, without_marks
from otn_studio.blocks.words import Words


@dataclass(frozen=True, slots=True)
class Contact:
    """What a flow may know of the person it talks with.

    ``held`` are the topics for which they hold a permission, and when each can be used next.
    """

    id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    last_action_at: datetime | None = None
    held: Mapping[str, datetime] = field(default_factory=dict)
    first_seen_at: datetime | None = None

    @property
    def zone(self) -> str:
        """An IANA name; empty where it is unknown."""
        return self.known("time_zone")

    @property
    def language(self) -> str:
        """A locale; empty where it is unknown."""
        return self.known("locale")

    def known(self, key: str) -> str:
        """What is known of them under a key; empty: nothing."""
        if (own := self.fields.get(key)) is not None:
            return str(own)
        match key:
            case "name":
                return f"{self.known('first_name')} {self.known('last_name')}".strip()
            case "first_seen" if self.first_seen_at is not None:
                return written(self.first_seen_at)
            case "last_answer" if self.last_action_at is not None:
                return written(self.last_action_at)
        return ""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a flow may know of its Page: values that hold for everybody, its zone and language.

    ``country`` is an ISO code, empty where unknown.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC
    language: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of another program over the web. Secrets stand in it by name only."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    time_limit: timedelta = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Go:
    """Go on at once, by a way out of the block; by ``otherwise``, if there is one and that way leads
    nowhere.
    """

    port: str
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Sleep:
    """Go on by ``port`` at ``until``."""

    until: datetime
    port: str


@dataclass(frozen=True, slots=True)
class Send:
    """Send these messages, in order, then go on by ``next``; if they can't go, by another way.

    ``topic`` is empty for messages in the conversation; else the permission for it is spent. Where
    it ``asks``, the block itself is told that they are `Sent`, instead of going on by ``next``.
    ``tries`` is how often the person has answered in vain.
    """

    messages: tuple[Message, ...]
    topic: str = ""
    next: str = "next"
    too_late: str = "too_late"
    could_not_send: str = "could_not_send"
    asks: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for what the person writes, of which the block is told as `Heard`; if they have written
    nothing by ``until``, go on by ``no_answer``.
    """

    until: datetime | None
    no_answer: str = "no_answer"
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask another program over the web, and tell the block what it said, as `Fetched`."""

    request: Request


@dataclass(frozen=True, slots=True)
class Call:
    """Go on in another flow, and by ``then`` when that has ended."""

    flow: str
    then: str


@dataclass(frozen=True, slots=True)
class End:
    """End the flow, and go on in the one that led here by its way out for that result."""

    result: str


@dataclass(frozen=True, slots=True)
class SetField:
    """Store a value with the contact. ``None`` clears the field."""

    field: str
    value: str | None


@dataclass(frozen=True, slots=True)
class SetPageValue:
    """Store a value that holds for everybody. ``None`` clears it."""

    key: str
    value: str | None


@dataclass(frozen=True, slots=True)
class AddTag:
    tag: str


@dataclass(frozen=True, slots=True)
class RemoveTag:
    tag: str


@dataclass(frozen=True, slots=True)
class BeginRun:
    """Begin the flow for the person at its start *joined*, if no run of it is under way."""

    flow: str


@dataclass(frozen=True, slots=True)
class EndRun:
    """End the person's run of the flow, wherever it is."""

    flow: str


@dataclass(frozen=True, slots=True)
class StopTopic:
    """The person wants no more messages on the topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """A colleague goes on by hand; the flows keep quiet until they give the person back, or until
    that takes longer than ``longest``.
    """

    longest: timedelta


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The flows answer again."""


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell a colleague: ``to`` is an e-mail address, or an address on the web."""

    to: str
    subject: str
    text: str


Change = SetField | SetPageValue | AddTag | RemoveTag | BeginRun | EndRun
"""What the interpreter does by itself."""
Deed = StopTopic | HandOver | TakeBack | Notify
"""What its host does."""
Effect = Change | Deed


@dataclass(frozen=True, slots=True)
class Heard:
    """The person wrote this, or tapped what stands for it, after so many answers in vain.

    ``files`` are the addresses of pictures and other files that they sent.
    """

    text: str
    files: tuple[str, ...] = ()
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """The block's messages are out."""

    tries: int = 0


Told = Heard | Sent | Fetched


@dataclass(frozen=True, slots=True)
class Step:
    """A block's answer: what it changes, what is worth a note in the timeline, how to go on."""

    then: Go | Sleep | Send | Call | End | Listen | Fetch
    effects: tuple[Effect, ...] = ()
    notes: tuple[Words, ...] = ()


def cut(text: str, limit: int) -> str:
    """As much of a text as Messenger takes."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


@dataclass
class Turn:
    """What a block is told. Its methods write the answer."""

    now: datetime
    contact: Contact
    notes: list[Words] = field(default_factory=list)
    page: PageFacts = field(default_factory=PageFacts)
    fields: Mapping[str, Field] = field(default_factory=dict)
    language: str = ""
    """The language of the block's texts; empty: nobody knows."""

    @property
    def zone(self) -> tzinfo:
        """The person's time zone; the Page's, where that is unknown."""
        return known.zone_named(self.contact.zone) or self.page.zone

    def value(self, key: str) -> str:
        """What is known under the key of a field, of the Page or of the person; empty: nothing."""
        entry = self.fields.get(key)
        if entry is not None and entry.of_page:
            return self.page.values.get(key) or ""
        return self.contact.known(key)

    def type_of(self, key: str) -> FieldType:
        return known.type_of(key, self.fields)

    def fitting(self, key: str, source: str) -> str | None:
        """A text, filled in, as a field keeps it; none, with a note, where it does not fit."""
        return self.fitting_value(key, self.render(source, VALUE_LIMIT))

    def fitting_value(self, key: str, text: str) -> str | None:
        """A value from elsewhere as a field keeps it; none, with a note, where it does not fit."""
        text, type = cut(text, VALUE_LIMIT), self.type_of(key)
        if type is FieldType.TEXT or not text.strip():
            return text if type is FieldType.TEXT else ""
        if (value := kept(text, type, self.zone)) is None:
            name = self.fields[key].name if key in self.fields else key
            self.notes.append(
                Words(
                    "“{field}” stays as it was: “{value}” is not {type}",
                    field=name,
                    value=text,
                    type=TYPE_WORDS[type],
                )
            )
        return value

    def render(self, source: str, limit: int, secrets: bool = False) -> str:
        """Fill in a text for this person; cut, with a note, where it gets longer than ``limit``.

        Where it may ask for ``secrets``, their marks stand in it.
        """
        try:
            text = self._filled_in(source, secrets) if liquid.has_parts(source) else source
        except BrokenText as problem:
            self.notes.append(
                Words("A text could not be filled in: {problem}", problem=str(problem))
            )
            return ""
        if len(text) <= limit:
            return text
        self.notes.append(
            Words(
                "A text was cut from {length} to {limit} characters", length=len(text), limit=limit
            )
        )
        return cut(text, limit)

    def _filled_in(self, source: str, secrets: bool) -> str:
        zone = self.zone
        values: dict[str, Any] = {
            "contact": Known(self._of_contact, self.type_of, zone),
            "page": Known(self._of_page, self.type_of, zone),
        }
        if "now" in source or "today" in source:
            now = moment.local(self.now, zone)
            values |= {"now": now, "today": Moment(now.of.date())}
        if secrets:
            values["secret"] = Marks()
        return liquid.render(source, values, self.language)

    def _of_contact(self, key: str) -> str:
        return without_marks(self.contact.known(key))

    def _of_page(self, key: str) -> str:
        return without_marks(self.page.values.get(key) or "")

    def go(self, port: str = "next", *effects: Effect) -> Step:
        return Step(Go(port), effects, tuple(self.notes))

    def rescue(self, port: str, otherwise: str = "next") -> Step:
        """Go by a way out for trouble, if it leads anywhere."""
        return Step(Go(port, otherwise), notes=tuple(self.notes))

    def sleep_until(self, until: datetime, then: str = "next") -> Step:
        return Step(Sleep(until, then), notes=tuple(self.notes))

    def end(self, result: str) -> Step:
        return Step(End(result), notes=tuple(self.notes))

    def call(self, flow: str, then: str = "next") -> Step:
        return Step(Call(flow, then), notes=tuple(self.notes))

    def send(
        self,
        messages: tuple[Message, ...],
        topic: str = "",
        asks: bool = False,
        tries: int = 0,
    ) -> Step:
        return Step(Send(messages, topic, asks=asks, tries=tries), notes=tuple(self.notes))

    def listen(
        self, time: timedelta | None = None, no_answer: str = "no_answer", tries: int = 0
    ) -> Step:
        until = None if time is None else self.now + time
        return Step(Listen(until, no_answer, tries), notes=tuple(self.notes))

    def fetch(self, request: Request) -> Step:
        return Step(Fetch(request), notes=tuple(self.notes))
