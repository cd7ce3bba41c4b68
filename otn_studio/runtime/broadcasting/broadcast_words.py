"""How a broadcast is told of: its state, whom it would reach, what has become of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from otn_studio.blocks.words import Words
from otn_studio.runtime.broadcasting import reasons
from otn_studio.runtime.broadcasting.reporting import Report
from otn_studio.storage.sending.announcements import CANCELLED, DONE, PAUSED, PLANNED, SENDING
from otn_studio.storage.sending.recipients import Reach

STATES: Final[Mapping[str, Words]] = {
    PLANNED: Words("Planned"),
    SENDING: Words("Sending"),
    PAUSED: Words("Paused"),
    CANCELLED: Words("Canceled"),
    DONE: Words("Done"),
}


def of_reach(reach: Reach, zone: ZoneInfo, *, planned: bool) -> Iterator[Words]:
    """Whom it would reach; what is nobody is left out, but for those who can get it.

    ``planned``: it is for a time to come.
    """
    if planned:
        yield Words("{n} person can get it then", plural="{n} people can get it then", n=reach.now)
    else:
        yield Words("{n} person can get it now", plural="{n} people can get it now", n=reach.now)
    if reach.waiting and reach.until is not None:
        yield Words(
            "{n} person must wait until {until}, or longer",
            plural="{n} people must wait, the first of them until {until}",
            n=reach.waiting,
            until=reach.until.astimezone(zone),
        )
    if reach.stopped:
        yield Words(
            "{n} person stopped the topic", plural="{n} people stopped the topic", n=reach.stopped
        )
    if reach.expired:
        yield Words(
            "{n} permission has expired", plural="{n} permissions have expired", n=reach.expired
        )
    if reach.unreachable:
        yield Words(
            "{n} person can’t be reached any more",
            plural="{n} people can’t be reached any more",
            n=reach.unreachable,
        )


def of_report(report: Report, zone: ZoneInfo) -> Iterator[tuple[Words, int]]:
    """Everybody whom it was for, by what has become of it; what is nobody is left out."""
    if report.begun and report.begun != report.messages:
        yield Words("the flow began for them"), report.begun
    later = Words("waiting")
    if report.until is not None:
        later = Words("waiting, the first until {until}", until=report.until.astimezone(zone))
    lines = (
        (Words("sent"), report.sent),
        (Words("on the way"), report.going),
        (Words("still to be told"), report.waiting),
        (later, report.later),
        (Words("not known whether it arrived"), report.unknown),
    )
    yield from ((words, count) for words, count in lines if count)
    for of_reason in (report.failed, report.left_out):
        for reason, count in of_reason.items():
            yield Words("not sent: {why}", why=reasons.why(reason)), count


def shown(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")
