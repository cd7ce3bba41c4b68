"""What one person sees in the conversation, and what of it they can still tap."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from types import UnionType
from typing import Literal

from otn_studio.emulator.asking import OptInCard, RecurringCard, ReoptinCard
from otn_studio.emulator.contents import (
    Button,
    Buttons,
    Cards,
    Content,
    MediaCard,
    Message,
    QuickReply,
)
from otn_studio.emulator.errors import Problem, bad_parameter
from otn_studio.emulator.slips import Flights


@dataclass(slots=True)
class Entry:
    """One thing that was received or done, in the order of the conversation."""

    at: datetime
    sender: Literal["person", "page"]
    kind: str
    fields: dict
    mid: str | None = None
    message: Message | None = None
    by_permission: bool = False
    tapped: bool = False

    @property
    def content(self) -> Content | None:
        """What it holds, if it is a message of the Page or a card of Messenger."""
        return self.message.content if self.message else None

    @property
    def asks(self) -> bool:
        """Whether it asks the person for a permission, and can be tapped once."""
        return isinstance(self.content, OptInCard | RecurringCard | ReoptinCard)

    def shown(self) -> dict:
        """The entry as the control API shows it."""
        readable = {
            "at": self.at.isoformat(timespec="microseconds"),
            "from": self.sender,
            "kind": self.kind,
            **self.fields,
            "by_permission": self.by_permission,
        }
        if self.mid is not None:
            readable["id"] = self.mid
        if self.asks:
            readable["tapped"] = self.tapped
        return readable


@dataclass(slots=True)
class Phone:
    """A person's side of the conversation."""

    entries: list[Entry] = field(default_factory=list)
    types_until: datetime | None = None
    seen_at: datetime | None = None
    """When the Page has last shown that it has seen what was written."""
    read_until: datetime | None = None
    """The newest message of the Page that the person has looked at."""

    def shows_typing(self, now: datetime) -> bool:
        """Whether the Page's typing sign is there: it goes away by itself."""
        return self.types_until is not None and now < self.types_until

    def receive(self, at: datetime, mid: str, message: Message, *, by_permission: bool) -> None:
        """Show a message of the Page. It takes the place of the typing sign."""
        self.types_until = None
        self.entries.append(
            Entry(at, "page", message.kind, message.shown(), mid, message, by_permission)
        )

    def do(self, at: datetime, kind: str, fields: dict, *, mid: str | None = None) -> None:
        """Show what the person did."""
        self.entries.append(Entry(at, "person", kind, fields, mid))

    def quick_reply(self, choice: str) -> QuickReply | None:
        """The quick reply with that title or payload, if it still shows.

        Quick replies go away with the next message of either side, one of them included; a tap on
        an older button or card leaves them where they are.
        """
        replies = self.quick_replies()
        return next((reply for reply in replies if choice in (reply.title, reply.payload)), None)

    def quick_replies(self) -> tuple[QuickReply, ...]:
        """Those that still show."""
        messages = (entry for entry in reversed(self.entries) if entry.mid is not None)
        last = next(messages, None)
        return last.message.quick_replies if last and last.message else ()

    def button(self, choice: str) -> Button | None:
        """The newest button with that title or payload. Buttons stay alive for ever."""
        for buttons in self._newest_buttons():
            for button in buttons:
                if choice in (button.title, button.payload):
                    return button
        return None

    def card(self, index: int | None) -> Entry:
        """The opt-in card to tap: the newest that was not tapped, or the one of that number."""
        return self._to_tap("opt-in", index, OptInCard | RecurringCard)

    def reoptin_card(self, index: int | None) -> Entry:
        """The re-opt-in card to tap, chosen likewise."""
        return self._to_tap("re-opt-in", index, ReoptinCard)

    def last_from_page(self) -> Entry:
        """The newest message of the Page."""
        for entry in reversed(self.entries):
            if entry.sender == "page":
                return entry
        raise Problem("There is no message of the Page on the phone yet.")

    def show_reaction(self, mid: str, reaction: str | None) -> None:
        """Show what the Page thinks of a message of the person's; ``None`` takes it away."""
        entry = next((one for one in self.entries if one.mid == mid), None)
        if entry is None or entry.sender == "page":
            raise bad_parameter("Param payload[message_id] is no message of this person.")
        entry.fields.pop("page_reaction", None)
        if reaction is not None:
            entry.fields["page_reaction"] = reaction

    def unread_since(self) -> datetime | None:
        """The newest message of the Page that was not looked at yet, if there is one."""
        newest = next((one for one in reversed(self.entries) if one.sender == "page"), None)
        if newest is None or (self.read_until is not None and newest.at <= self.read_until):
            return None
        return newest.at

    def _to_tap(self, what: str, index: int | None, kind: type | UnionType) -> Entry:
        cards = [entry for entry in self.entries if isinstance(entry.content, kind)]
        if index is None:
            untapped = next((entry for entry in reversed(cards) if not entry.tapped), None)
            if untapped is None:
                raise Problem(f"There is no {what} card on the phone that was not tapped yet.")
            return untapped
        if not 0 <= index < len(cards):
            raise Problem(f"There are {len(cards)} {what} cards on the phone, none is {index}.")
        if cards[index].tapped:
            raise Problem(f"{what.capitalize()} card {index} was tapped already.")
        return cards[index]

    def _newest_buttons(self) -> Iterator[tuple[Button, ...]]:
        for entry in reversed(self.entries):
            if isinstance(entry.content, Buttons | Cards | Flights | MediaCard):
                yield entry.content.buttons
