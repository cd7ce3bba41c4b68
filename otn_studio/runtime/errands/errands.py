"""Errands: claim them before they are done, write down how they ended.

The states and what leads from one to the next are in `storage.engine.errands`, who does them in
`doing`. Whatever may be repeated is, after a crash too; a request that may not be goes on as if it had
got no answer. What nobody waits for is tried several times, and its failure is shown in the timeline.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from otn_studio.blocks.asking import NOT_REPEATED, why_not
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.turn import Notify, Request
from otn_studio.blocks.words import Words
from otn_studio.interpreter.effects import Do, FetchAnswer
from otn_studio.runtime.conversing.desk import Desk
from otn_studio.runtime.noting import note_body
from otn_studio.runtime.page import Page
from otn_studio.runtime.sending.ending import OTHER_APP
from otn_studio.storage import pages
from otn_studio.storage.engine import errands, inbox, lanes
from otn_studio.storage.engine.errands import DUE, FETCH, NOTIFY, PASS, TAKE, Errand
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.sending import sends

KIND: Final = "fetched"
REPEATABLE: Final = frozenset({"GET", "HEAD", "PUT", "DELETE"})
"""Methods that do nothing more when they are carried out twice."""
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
_FAILED: Final[Mapping[str, Words]] = {
    NOTIFY: Words("A colleague could not be notified: {problem}", problem=""),
    PASS: Words("The conversation could not be handed over in Messenger: {problem}", problem=""),
    TAKE: Words("The conversation could not be taken back in Messenger: {problem}", problem=""),
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How an errand ended. Without a ``status`` there was no answer, and ``problem`` is why;
    ``late``: in time. ``for_good``: to try once more is of no use.
    """

    status: int | None = None
    body: str = ""
    problem: str = ""
    late: bool = False
    for_good: bool = False

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def ask(desk: Desk, effect: FetchAnswer) -> None:
    """Let a request be made."""
    what = request_body(effect.request)
    _put_out(desk, effect, FETCH, what, ticket=effect.ticket)


def notify(desk: Desk, effect: Do, notice: Notify) -> None:
    """Let a colleague be told."""
    _put_out(desk, effect, NOTIFY, asdict(notice))


def hand_over(desk: Desk, effect: Do, until: datetime) -> None:
    """Let the conversation be passed to the Page's inbox, and be taken back in the end."""
    errands.drop_due(desk.connection, desk.lane.contact_id, (TAKE,))
    _put_out(desk, effect, PASS, {})
    _put_out(desk, effect, TAKE, {}, due_at=until)


def take_back(desk: Desk, effect: Do) -> None:
    """Let the conversation be taken from the Page's inbox."""
    forget_handing_over(desk)
    _put_out(desk, effect, TAKE, {})


def forget_handing_over(desk: Desk) -> None:
    """The conversation is ours: there is nothing to pass on, or to take back, any more."""
    errands.drop_due(desk.connection, desk.lane.contact_id, (PASS, TAKE))
    own = desk.lane.contact_id
    desk.outcome.errands[:] = [
        row
        for row in desk.outcome.errands
        if row["contact_id"] != own or row["kind"] not in (PASS, TAKE)
    ]


def request_body(request: Request) -> dict[str, Any]:
    return asdict(request) | {"time_limit": request.time_limit.total_seconds()}


def fetched(connection: Connection, at: datetime, body: dict[str, Any]) -> Fetched:
    """What the conversation is told, by the event that says that there is an answer."""
    answer = errands.take_answer(connection, body["errand"])
    return Fetched(at, body["ticket"], body["status"], answer, body["problem"], body["late"])


def claim(connection: Connection, page: Page, now: datetime, room: int) -> list[Errand]:
    """Take errands that are due. The caller commits before they are done."""
    if pages.stop(connection, page.id) is not None:
        return []
    found = errands.due(connection, page.id, now, room)
    claimed = errands.claim(connection, [entry.id for entry in found], now)
    return [entry for entry in found if entry.id in claimed]


def record(
    connection: Connection, page: Page, ended: Collection[tuple[Errand, Ended]], now: datetime
) -> None:
    """Write down how errands ended, but for those that somebody else has taken up meanwhile."""
    if not ended:
        return
    lanes.lock(connection, {errand.contact_id for errand, _ in ended})
    doing = errands.still_doing(connection, [errand.key for errand, _ in ended])
    happened = []
    for errand, end in ended:
        if doing.get(errand.key) == errand.attempts + 1:
            happened += _record(connection, errand, end, now)
    inbox.add(connection, page.id, happened, now)


def recover(connection: Connection, page: Page, now: datetime) -> None:
    """After a start: nobody saw how errands ended that were being done."""
    for entry in errands.found_doing(connection, page.id):
        if entry.kind != FETCH or entry.what["method"] in REPEATABLE:
            errands.again(connection, entry.id, now)
        else:
            end = Ended(problem=NOT_REPEATED, late=True)
            inbox.add(connection, page.id, _record(connection, entry, end, now), now)


def clock_was_set_back(connection: Connection, page: Page, now: datetime) -> None:
    """What was to be tried again soon, by the clock as it was, is not to wait until that comes."""
    errands.hurry(connection, page.id, now, later_than=now + 2 * PAUSES[-1])


def _put_out(
    desk: Desk,
    place: FetchAnswer | Do,
    kind: str,
    what: dict[str, Any],
    ticket: int | None = None,
    due_at: datetime | None = None,
) -> None:
    desk.outcome.errands.append(
        {
            "page_id": desk.page.id,
            "contact_id": desk.lane.contact_id,
            "ticket": ticket,
            "flow_id": place.flow,
            "version": place.version,
            "block": place.block,
            "kind": kind,
            "what": what,
            "key": secrets.token_hex(16),
            "state": DUE,
            "due_at": due_at or desk.now,
        }
    )


def _record(connection: Connection, errand: Errand, end: Ended, now: datetime) -> list[Happening]:
    if errand.kind == FETCH:
        errands.keep_answer(connection, errand.id, end.body)
        return [_told(errand, end, now)]
    if end.succeeded:
        errands.drop(connection, errand.id)
        if errand.kind == TAKE:
            sends.release(connection, errand.contact_id, (OTHER_APP,), now)
        return []
    tries = errand.attempts + 1
    if not end.for_good and tries <= len(PAUSES):
        errands.again(connection, errand.id, now + PAUSES[tries - 1])
        return []
    errands.drop(connection, errand.id)
    return [_failed(errand, end, now)]


def _told(errand: Errand, end: Ended, now: datetime) -> Happening:
    body = {
        "ticket": errand.ticket,
        "errand": errand.key,
        "status": end.status,
        "problem": end.problem,
        "late": end.late,
    }
    return Happening(KIND, errand.contact_id, now, body, to_read=True)


def _failed(errand: Errand, end: Ended, now: datetime) -> Happening:
    """A note for the timeline."""
    problem = why_not(end.problem)
    if end.status is not None:
        problem = Words("It was answered with status {status}", status=end.status)
    place = {"flow": errand.flow_id, "version": errand.version, "block": errand.block}
    body = note_body(Words(_FAILED[errand.kind].text, problem=problem)) | place
    return Happening("note", errand.contact_id, now, body, to_read=False)
