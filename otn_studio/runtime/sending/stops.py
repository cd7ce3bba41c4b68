"""A Page whose messages Messenger does not take: nothing is lost, and nothing is tried in vain.

Everything that is to be sent stays due, and is judged anew when it goes. Until then one message is
tried now and then, at longer and longer intervals, and what becomes of it tells whether the others may
go. Where Messenger itself will tell, or a person has to decide, none is tried.
"""

import logging
import random
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from otn_studio.blocks.words import Words
from otn_studio.messenger.errors import BAD_TOKEN, Reaction
from otn_studio.messenger.events import policy_of
from otn_studio.messenger.graph import Accepted, Answer, NotReached, Refused
from otn_studio.runtime.loop import FAR_AWAY
from otn_studio.storage import pages
from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Incoming
from otn_studio.storage.pages import BUSY, MOVED, POLICY, RESTORED, RESTRICTED, TOKEN, Stop

log = logging.getLogger(__name__)

PAUSES: Final = {BUSY: (1, 5 * 60), TOKEN: (60, 60 * 60), RESTRICTED: (60, 60 * 60)}
"""Seconds: the first and the longest pause between two tries."""
GRAVITY: Final = (BUSY, TOKEN, RESTRICTED, POLICY, RESTORED, MOVED)
"""What counts more comes later: it is not forgotten for what comes before it."""
FOR_PEOPLE: Final = (TOKEN, RESTRICTED, RESTORED)
"""Where it is for a person to say that the Page goes on, and nothing else has to happen first."""
WORDS: Final = {
    TOKEN: Words(
        "Messenger does not accept the Page’s access token any more. Nothing is lost: messages wait. "
        "Connect the Page anew on the Engine page; on a server, put a new token into "
        "OTN_STUDIO_PAGE_TOKEN, then stop and start the engine."
    ),
    RESTRICTED: Words(
        "Messenger has restricted the Page. Nothing is lost: messages wait. Look into the Page’s "
        "Support Inbox on Facebook; the engine tries again by itself."
    ),
    POLICY: Words(
        "Messenger has blocked the Page’s messages because of its policy. Nothing is lost: messages "
        "wait. Look into the Page’s Support Inbox on Facebook; they go on once the block is lifted."
    ),
    RESTORED: Words("A backup was restored. Nothing is sent until you have looked at it."),
    MOVED: Words(
        "Everything was moved to PostgreSQL, and the Page is served from there. Nothing is sent from "
        "here. Set OTN_STUDIO_DATABASE_URL to the new address."
    ),
}


@dataclass(frozen=True, slots=True)
class _Sign:
    """What an answer says about the Page. No ``kind``: messages go through."""

    kind: str | None
    why: str = ""
    after: int = 0


def begin(connection: Connection, page_id: str) -> None:
    """After a start the token may be another one, or the Page put right: that is tried at once."""
    stop = pages.stop(connection, page_id)
    if stop is not None and stop.kind in PAUSES:
        pages.set_stop(connection, page_id, Stop(BUSY, try_at=None, pause=0))


def resume(connection: Connection, page_id: str) -> None:
    """A person says that it is to go on."""
    pages.set_stop(connection, page_id, None)


def may_try(stop: Stop, now: datetime) -> bool:
    """Whether one message may be tried now. A clock that was set back holds up nothing for long."""
    if stop.kind not in PAUSES:
        return False
    longest = timedelta(seconds=PAUSES[stop.kind][1] + (stop.pause or 0))
    return stop.try_at is None or not now < stop.try_at <= now + longest


def tried(connection: Connection, page_id: str, stop: Stop, send_id: int, now: datetime) -> None:
    """This message was tried: the next one is, if nobody hears of it, after the pause."""
    try_at = now + _pause(max(stop.pause or 0, PAUSES[stop.kind][0]))
    pages.set_stop(connection, page_id, replace(stop, try_at=try_at, try_send=send_id))


def opens_at(connection: Connection, page_id: str, now: datetime) -> datetime:
    """When a message is to be tried next, if nothing happens before."""
    stop = pages.stop(connection, page_id)
    if stop is None or stop.try_at is None or stop.try_at <= now:
        return FAR_AWAY
    return stop.try_at


def learn(
    connection: Connection, page_id: str, answered: Collection[tuple[int, Answer]], now: datetime
) -> None:
    """Stop the Page, or let it go on, by what became of calls."""
    before = stop = pages.stop(connection, page_id) if answered else None
    for send_id, answer in answered:
        stop = _after(stop, send_id, answer, now)
    if stop == before:
        return
    pages.set_stop(connection, page_id, stop)
    if stop is None:
        log.info("Messenger takes the messages of the Page %s again", page_id)
    elif before is None or before.kind != stop.kind:
        level = logging.INFO if stop.kind == BUSY else logging.WARNING
        log.log(level, "Messenger takes no messages of the Page %s: %s", page_id, stop.why)


def hear(connection: Connection, page_id: str, arrived: Collection[Incoming]) -> None:
    """What Messenger tells of blocking the Page; to be called before that is stored."""
    told = [(entry.at, policy_of(entry.body), entry.key) for entry in arrived]
    for at, policy, key in sorted((one for one in told if one[1]), key=lambda one: one[0]):
        if inbox.is_known(connection, page_id, "policy", key, at):
            continue
        stop = pages.stop(connection, page_id)
        if policy.action == "block" and (stop is None or stop.kind not in (RESTORED, MOVED)):
            log.warning("Messenger has blocked the Page %s: %s", page_id, policy.reason)
            pages.set_stop(connection, page_id, Stop(POLICY, policy.reason))
        elif policy.action == "unblock" and stop is not None and stop.kind == POLICY:
            pages.set_stop(connection, page_id, None)


def _after(stop: Stop | None, send_id: int, answer: Answer, now: datetime) -> Stop | None:
    """The stop once an answer is known. Of several calls only the try tells that it is over."""
    sign = _sign(answer)
    is_try = stop is not None and stop.try_send == send_id
    if sign is None or (stop is not None and stop.kind not in PAUSES):
        return stop
    if sign.kind is None:
        return None if is_try else stop
    if stop is not None and not is_try and GRAVITY.index(sign.kind) <= GRAVITY.index(stop.kind):
        return stop
    first, longest = PAUSES[sign.kind]
    again = stop is not None and stop.kind == sign.kind
    pause = min(max(first, 2 * (stop.pause or 0) if again else 0), longest)
    try_at = now + max(_pause(pause), timedelta(seconds=sign.after))
    return Stop(sign.kind, sign.why, try_at, None, pause)


def _sign(answer: Answer) -> _Sign | None:
    """What an answer says about the Page, if it says anything about it."""
    match answer:
        case Accepted():
            return _Sign(None)
        case NotReached(why=why):
            return _Sign(BUSY, why)
        case Refused(error=error):
            match error.reaction:
                case Reaction.RATE_LIMITED:
                    return _Sign(BUSY, error.message, error.retry_after_seconds or 0)
                case Reaction.PAGE_STOPPED:
                    kind = TOKEN if error.code == BAD_TOKEN else RESTRICTED
                    return _Sign(kind, error.message)
                case Reaction.RETRY:
                    return None
            return _Sign(None)
    return None


def _pause(seconds: float) -> timedelta:
    """Never the same twice, so that two Pages don't go on in step."""
    return timedelta(seconds=seconds * random.uniform(0.75, 1.0))
