"""Bubbles from what a phone in practice has received and done, as the emulator tells it."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from otn_studio.policy.calendar import Frequency
from otn_studio.policy.media import Medium
from otn_studio.studio.phone import times
from otn_studio.studio.phone.bubbles import (
    Attached,
    Bubble,
    Button,
    Buttons,
    Card,
    Carousel,
    Dots,
    GoOn,
    Line,
    OptIn,
    Picture,
    Replies,
    Said,
    opted_in,
)
from otn_studio.studio.phone.window_over import of_window
from otn_studio.studio.services.services import Lasting
from otn_studio.studio.words import _, verbatim

Entry = Mapping[str, Any]
CARDS = ("opt_in_card", "recurring_card", "reoptin_card")
PAUSE = timedelta(hours=1)
"""After so long, a line says when the conversation went on."""


def of_entries(
    entries: Sequence[Entry], now: datetime, name: str = "", typing: bool = False
) -> tuple[Bubble, ...]:
    """The whole conversation. ``name`` is the person's, where it is known; ``typing``: the Page is."""
    shown: list[Bubble] = []
    before: datetime | None = None
    for entry in entries:
        at = _when(entry)
        if before is None or at - before >= PAUSE:
            shown.append(Line(text=times.moment(at, now)))
        before = at
        shown.extend(_bubbles(entry, entries, name))
    shown = _numbered(shown)
    if typing:
        shown.append(Dots())
    shown.extend(_quick_replies(entries))
    shown.extend(_window(entries, now, name))
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class Kept:
    """A recurring topic that the person may stop: the ``title`` of its card, and its name."""

    title: str
    name: str
    stopped: bool


def kept_topics(lasting: Sequence[Lasting], entries: Sequence[Entry]) -> tuple[Kept, ...]:
    """What the person could stop, or let come again, as people call it."""
    return tuple(Kept(card, _lasting(card, entries), stopped) for card, stopped in lasting)


def _bubbles(entry: Entry, entries: Sequence[Entry], name: str) -> Iterator[Bubble]:
    if entry["from"] == "person":
        yield _done(entry, entries, name)
        return
    match entry["kind"]:
        case "picture":
            yield Picture(url=entry["url"])
        case "buttons":
            yield Buttons(text=entry["text"], buttons=_buttons(entry))
        case "cards":
            cards = tuple(map(_card, entry["cards"]))
            yield cards[0] if len(cards) == 1 else Carousel(cards=cards)
        case "video" | "audio" | "file" as kind:
            yield Attached(medium=Medium(kind), url=entry["url"])
        case "opt_in_card":
            yield OptIn(title=entry["title"], tapped=entry.get("tapped", False))
        case "recurring_card":
            yield OptIn(
                title=entry["title"],
                tapped=entry.get("tapped", False),
                lasting=True,
                button=verbatim(entry["button"]),
                often=_often(entry.get("frequency")),
                picture=entry.get("picture") or "",
                square=entry.get("aspect_ratio") == "SQUARE",
            )
        case "reoptin_card":
            tapped = entry.get("tapped", False)
            yield GoOn(title=entry["title"], button=verbatim(entry["button"]), tapped=tapped)
        case _:
            yield Said(text=entry.get("text", ""))
    if entry.get("by_permission"):
        yield Line(
            text=_("Sent with {name}’s permission", name=name)
            if name
            else _("Sent with permission")
        )


def _buttons(entry: Entry) -> tuple[Button, ...]:
    return tuple(
        Button(b["title"], b.get("url") or "", b.get("phone") or "", b.get("payload") or "")
        for b in entry["buttons"]
    )


def _card(shown: Entry) -> Card:
    return Card(
        title=shown["title"],
        subtitle=shown["subtitle"] or "",
        picture=shown["picture"] or "",
        buttons=_buttons(shown),
    )


def _done(entry: Entry, entries: Sequence[Entry], name: str) -> Bubble:
    """What the person did: their words at the right, everything without words as a line."""
    match entry:
        case {"kind": "text", "text": text}:
            return Said(text=text, by_person=True)
        case {"kind": "comment", "text": text}:
            return Line(text=_("Comments “{text}” below a post", text=text))
        case {"kind": "tap", "on": "opt_in_card", "card": card}:
            return opted_in(_topic(("opt_in_card",), card, entries), name)
        case {"kind": "tap", "on": "recurring_card", "card": card, "title": title}:
            return opted_in(_topic(("recurring_card",), card, entries), name, title)
        case {"kind": "tap", "on": "reoptin_card", "card": card}:
            return Line(text=_("Let “{topic}” go on", topic=_lasting(card, entries)))
        case {"kind": "stop", "title": card}:
            return Line(text=_("Stopped “{topic}”", topic=_lasting(card, entries)))
        case {"kind": "resume", "title": card}:
            return Line(text=_("Wants “{topic}” again", topic=_lasting(card, entries)))
        case {"kind": "tap", "url": url}:
            return Line(text=_("Opened {address}", address=url))
        case {"kind": "tap", "phone": number}:
            return Line(text=_("Called {number}", number=number))
        case {"kind": "tap", "title": title}:
            return Said(text=title, by_person=True)
        case {"kind": "link", "ref": ref}:
            return Line(text=_("Came by the link “{ref}”", ref=ref))
        case {"kind": "reaction", "emoji": emoji}:
            return Line(text=_("Reacted with {emoji}", emoji=emoji))
        case {"kind": "block"}:
            return Line(text=_("Blocked the Page"))
        case _:
            return Line(text=_("Did something that can’t be shown here"))


def _topic(kinds: Container[str], card: str, entries: Sequence[Entry]) -> str:
    """Which topic a card was for; the phone keeps the card's title only, which may leave it open."""
    topics = {
        entry.get("topic", "")
        for entry in entries
        if entry["kind"] in kinds and entry["title"] == card and entry["tapped"]
    }
    return topics.pop() if len(topics) == 1 else ""


def _lasting(card: str, entries: Sequence[Entry]) -> str:
    """What people call a recurring permission: by its topic, else by what its card said."""
    return _topic(("recurring_card",), card, entries) or card


def _numbered(bubbles: list[Bubble]) -> list[Bubble]:
    """The cards by their number: those of the Page, and those of Messenger itself."""
    for kind in (OptIn, GoOn):
        places = [place for place, bubble in enumerate(bubbles) if isinstance(bubble, kind)]
        for index, place in enumerate(places):
            bubbles[place] = replace(bubbles[place], index=index)
    return bubbles


def _quick_replies(entries: Sequence[Entry]) -> Iterator[Bubble]:
    """Those of the last message: they go away with the next one of either side."""
    last = next((entry for entry in reversed(entries) if "id" in entry), None)
    if last is not None and last["from"] == "page" and last.get("quick_replies"):
        yield Replies(titles=tuple(last["quick_replies"]))


def _window(entries: Sequence[Entry], now: datetime, name: str) -> Iterator[Bubble]:
    acts = [_when(entry) for entry in entries if _opens_window(entry)]
    if acts:
        yield of_window(acts[-1], now, name)


def _opens_window(entry: Entry) -> bool:
    """Whether Messenger counts the 24 hours from it. *Notify Me* and web pages do not open them."""
    return (
        entry["from"] == "person"
        and entry["kind"] not in ("block", "stop", "resume")
        and entry.get("on") not in CARDS
        and not (entry["kind"] == "tap" and ("url" in entry or "phone" in entry))
    )


def _often(written: str | None) -> Frequency | None:
    return Frequency(written) if written else None


def _when(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry["at"])
