"""In the end: what the database says beside what reached people's phones, and beside Messenger."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Row, select

from otn_studio.emulator.world import World
from otn_studio.policy import recurring
from otn_studio.runtime.permissions import ledger
from otn_studio.storage.database import Database
from otn_studio.storage.permissions.permissions import PermissionRow
from otn_studio.storage.sending import announcements
from otn_studio.storage.tables import announcement, errand, event, permission, recipient, send
from tests.simulation.judging import Judging
from tests.simulation.trace import Violation

SECOND = timedelta(seconds=1)


def audit(database: Database, world: World, judging: Judging) -> None:
    """Check it all, and count the messages by how they ended."""
    with database.reading() as connection:
        sends = {row.id: row for row in connection.execute(select(send))}
        found = connection.execute(
            select(*(permission.c[name] for name in PermissionRow.__slots__))
        )
        permissions = {row.token: PermissionRow(*row) for row in found}
        undone = connection.execute(select(event).where(event.c.done_at.is_(None))).all()
        parked = connection.execute(select(event).where(event.c.problem.is_not(None))).all()
        errands = connection.execute(select(errand)).all()
        broadcasts = connection.execute(select(announcement)).all()
        to_tell = connection.scalars(select(recipient.c.announcement_id)).all()
    if undone or parked:
        raise Violation("lanes", f"not read: {undone}; parked: {parked}")
    if errands:
        raise Violation("errands", f"not done: {errands}")
    _check_broadcasts(broadcasts, Counter(to_tell), sends)
    _check_sums(sends, judging)
    _check_order(sends, judging)
    _check_permissions(permissions, world, judging)
    _check_asked_again(judging)
    ended = Counter(row.state for row in sends.values())
    judging.trace.note("end", *sorted(ended.items()))
    judging.trace.counts.update({f"messages {state}": count for state, count in ended.items()})
    judging.trace.counts["permissions"] = len(permissions)


def _check_sums(sends: dict[int, Row], judging: Judging) -> None:
    """Delivered, failed with its reason, unknown, or waiting for its permission's time."""
    for id, row in sends.items():
        was_delivered = id in judging.delivered
        match row.state:
            case "sent":
                holds = was_delivered
            case "failed":
                holds = not was_delivered and row.reason is not None
            case "unknown":
                holds = row.due_at is None and id not in judging.taken | judging.echoed
            case "due":
                holds = not was_delivered and _waits(row, sends)
            case _:
                holds = False
        if not holds:
            raise Violation("sums", f"delivered: {was_delivered}, but {row}")
    if strangers := judging.delivered.keys() - sends.keys():
        raise Violation("sums", f"delivered, but not here: {strangers}")


def _waits(row: Row, sends: dict[int, Row]) -> bool:
    """It, or one of its block before it, is too soon for its permission."""
    before = (each for id, each in sends.items() if id <= row.id and each.ticket == row.ticket)
    return any(
        each.contact_id == row.contact_id and each.reason == "too_soon" and each.state == "due"
        for each in before
    )


def _check_broadcasts(
    broadcasts: Sequence[Row], to_tell: Counter[int], sends: dict[int, Row]
) -> None:
    """Nobody got one twice, and everybody was told, was left out for a reason, or waits."""
    texts = Counter((row.announcement_id, row.contact_id) for row in sends.values())
    for row in broadcasts:
        twice = [key for key, count in texts.items() if key[0] == row.id and count > 1]
        accounted = row.told + sum(row.left_out.values()) + to_tell[row.id]
        lost = row.state != announcements.CANCELLED and accounted != row.people
        if (twice and row.flow_id is None) or lost:
            raise Violation("broadcasts", f"twice: {twice}, waiting: {to_tell[row.id]}, {row}")


def _check_order(sends: dict[int, Row], judging: Judging) -> None:
    """Each person got messages in the order in which they were written, those of the conversation and
    those by permission apart, but for those tried again long after nobody saw how they ended, and
    those that had to wait for their permission's time.
    """
    newest: dict[tuple[str, bool], int] = defaultdict(int)
    waited = {(sends[id].contact_id, sends[id].ticket) for id in judging.waited}
    for id, sent in judging.delivered.items():
        held_up = sends[id].unsure or (sends[id].contact_id, sends[id].ticket) in waited
        if held_up:
            continue
        thread = sent.recipient, sends[id].permission_id is None
        if id < newest[thread]:
            raise Violation("order", f"{id} came after {newest[thread]}")
        newest[thread] = id


def _check_permissions(
    permissions: dict[str, PermissionRow], world: World, judging: Judging
) -> None:
    """What the engine was told of is there, and the living ones are as Messenger has them."""
    for token in judging.told_of:
        while token not in permissions and token in judging.successors:
            token = judging.successors[token]
        if token not in permissions:
            raise Violation("kept", f"the permission {token} is lost")
    for living in world.subscriptions.living(judging.trace.now()):
        row, theirs = permissions[living.token], living.permission
        stopped = theirs.stopped or living.token in judging.own_stops
        if stopped != (row.stopped_at is not None):
            raise Violation("kept", f"Messenger says stopped={theirs.stopped} of {row}")
        if theirs.expires_at is not None and abs(theirs.expires_at - row.expires_at) > SECOND:
            raise Violation("kept", f"Messenger ends at {theirs.expires_at} the {row}")
        if theirs.zone is not None and theirs.zone.key != row.zone:
            raise Violation("kept", f"Messenger counts in {theirs.zone} the {row}")
        allowed_at = recurring.next_allowed_at(ledger.lasting(row), world.rules)
        if row.next_allowed_at not in (None, allowed_at):
            raise Violation("kept", f"it may be used from {allowed_at} on: {row}")


def _check_asked_again(judging: Judging) -> None:
    """Whoever let a permission end had been asked whether it should go on."""
    for token, ended in judging.judge.lasting.items():
        gone = ended.is_stopped or judging.judge.people[ended.person].has_blocked
        if gone or ended.end is None or ended.end > judging.trace.now():
            continue
        if (token, ended.end) not in judging.asked_again:
            raise Violation("re-opt-in", f"nobody was asked about {ended}")
