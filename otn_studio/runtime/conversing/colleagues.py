"""Colleagues who answer by hand, and other apps that lead a conversation.

While a colleague answers, the bot says nothing in that conversation. What the person writes is left to
the colleague: it starts no flow, and none goes on by it. What flows have to say meanwhile, because time
has passed, a card was tapped or something is announced, waits until the quiet is over, and is judged
anew then. Stopping by words works all the same, and every yes and no is kept.

The quiet begins anew with each of the colleague's messages, counted from it, and is over at once when
the conversation is handed over to us.
"""

from datetime import datetime, timedelta
from typing import Final

from otn_studio.blocks.event import Event, OpenedLink, PressedGetStarted, Reacted, Wrote
from otn_studio.blocks.words import Words
from otn_studio.interpreter.effects import Do
from otn_studio.messenger.events import Echo
from otn_studio.runtime.conversing.desk import Desk
from otn_studio.runtime.errands import errands
from otn_studio.runtime.sending.ending import OTHER_APP
from otn_studio.storage.people import contacts
from otn_studio.storage.sending import sends
from otn_studio.storage.sending.sends import BROADCAST, SendRow

QUIET: Final = "quiet"
"""Why a message waits."""
LEFT_TO_THEM = Wrote | Reacted | OpenedLink | PressedGetStarted


def answered(desk: Desk, echo: Echo, at: datetime) -> None:
    """The Page sent something that we did not send."""
    until = at + desk.page.quiet_after_colleague
    if echo.is_ours or until <= max(desk.now, desk.lane.quiet_until or at):
        return
    if desk.lane.quiet_until is None or desk.lane.quiet_until <= at:
        desk.note(keeps_quiet(until))
    _set_quiet(desk, until)


def keeps_quiet(until: datetime) -> Words:
    """What the timeline says of it."""
    return Words("A colleague answers by hand: the bot keeps quiet until {until}", until=until)


def handed_over(desk: Desk, to_us: bool) -> None:
    """Another app, or the Page's inbox, has passed on the conversation, or has taken it."""
    if to_us:
        errands.forget_handing_over(desk)
    if to_us and desk.lane.quiet_until is not None:
        _set_quiet(desk, None)
    reasons = (OTHER_APP, QUIET) if to_us else (OTHER_APP,)
    sends.release(desk.connection, desk.lane.contact_id, reasons, desk.now)
    if to_us:
        desk.note(Words("The conversation was handed over to the bot"))
    else:
        desk.note(Words("Another app has taken over the conversation"))


def hand_over(desk: Desk, effect: Do, longest: timedelta) -> None:
    """A flow leaves the conversation to a colleague."""
    until = desk.now + longest
    errands.hand_over(desk, effect, until)
    _set_quiet(desk, max(until, desk.lane.quiet_until or until))
    words = Words("Handed over to a colleague: the bot keeps quiet until {until}", until=until)
    desk.note(words, effect.flow, effect.version, effect.block)


def take_back(desk: Desk, effect: Do) -> None:
    """A flow takes the conversation back, if a colleague has it."""
    if desk.lane.quiet_until is None:
        return
    errands.take_back(desk, effect)
    _set_quiet(desk, None)
    sends.release(desk.connection, desk.lane.contact_id, (OTHER_APP, QUIET), desk.now)
    words = Words("Taken back from a colleague: the bot answers again")
    desk.note(words, effect.flow, effect.version, effect.block)


def leads(desk: Desk, event: Event) -> bool:
    """Whether what the person did is left to a colleague."""
    until = desk.lane.quiet_until
    if until is None or event.at >= until or not isinstance(event, LEFT_TO_THEM):
        return False
    desk.note(Words("Left to the colleague who answers by hand"))
    return True


def lead(row: SendRow, now: datetime) -> bool:
    """Whether a message has to wait for a colleague; what we ourselves say about stopping has not."""
    is_ours = row.ticket is None and row.queue < BROADCAST
    return row.quiet_until is not None and now < row.quiet_until and not is_ours


def _set_quiet(desk: Desk, until: datetime | None) -> None:
    desk.lane.quiet_until = until
    contacts.set_quiet(desk.connection, desk.lane.contact_id, until)
