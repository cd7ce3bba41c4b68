"""How broadcasts are spoken of on the screen."""

from collections.abc import Mapping
from typing import Final

from otn_studio.blocks.words import Words
from otn_studio.policy import limits
from otn_studio.studio.services.broadcasting import BroadcastRow, State
from otn_studio.studio.words import _, shown
from otn_studio.studio.written import number

STATES: Final[Mapping[State, Words]] = {
    State.PLANNED: Words("Planned"),
    State.SENDING: Words("Sending"),
    State.PAUSED: Words("Paused"),
    State.CANCELLED: Words("Canceled"),
    State.DONE: Words("Done"),
}


def state(row: BroadcastRow) -> str:
    return shown(STATES[row.state])


def told(row: BroadcastRow) -> str:
    """How far it is; nothing is known before it begins."""
    if not row.people:
        return "–"
    return _("{told} of {people}", told=number(row.told), people=number(row.people))


def send_to(people: int, planned: bool) -> str:
    """On the button that sends it."""
    if planned:
        return _("Plan it")
    words = Words("Send to {count} person", plural="Send to {count} people", n=people)
    return shown(Words(words.text, plural=words.plural, n=people, count=number(people)))


def people(count: int) -> str:
    return shown(Words("{count} person", plural="{count} people", n=count, count=number(count)))


def complaint(written: str) -> str:
    """What is wrong with a text, as far as that is known here."""
    if not written.strip():
        return _("Write the message first.")
    over = len(written) - limits.TEXT
    if over > 0:
        return _(
            "Messenger takes {limit} characters. Shorten it by {over}.",
            limit=limits.TEXT,
            over=over,
        )
    return ""
