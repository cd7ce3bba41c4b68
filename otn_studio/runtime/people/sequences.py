"""Sequences: flows that people are put on, and how many are on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from otn_studio.blocks.effect import Sends
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Flow
from otn_studio.interpreter.conversation import Conversation
from otn_studio.runtime.publishing import Published, wake_engine
from otn_studio.storage.database import Database
from otn_studio.storage.engine import lanes, members
from otn_studio.storage.people import segments

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Sequence:
    """A live flow that people can be put on. ``people`` are on it now."""

    flow: Flow
    messages: int
    people: int


def listed(database: Database, page_id: str) -> list[Sequence]:
    """All of the Page's, by name."""
    flows = _live(database, page_id)
    with database.reading() as connection:
        found = [
            Sequence(flow, _messages(flow), _people(connection, page_id, flow.id)) for flow in flows
        ]
    return sorted(found, key=lambda sequence: sequence.flow.name.casefold())


def put_on(
    database: Database, page_id: str, flow_id: str, segment_id: int | None, now: datetime
) -> int:
    """Put everybody of a segment on a sequence, or everybody at all; answers how many were told.

    Whoever is on it already stays where they are.

    Raises:
        Problem: there is no such sequence, or no such segment.
    """
    _refuse_unknown(database, page_id, flow_id)
    with database.reading() as connection:
        query = None
        if segment_id is not None:
            query = segments.contact_ids(connection, page_id, segment_id, now)
        ids = members.chosen(connection, page_id, query)
    return _tell(database, page_id, members.JOINED, flow_id, ids, now)


def take_off(database: Database, page_id: str, flow_id: str, now: datetime) -> int:
    """Take everybody off a sequence; answers how many were told."""
    with database.reading() as connection:
        ids = list(_on_it(connection, page_id, flow_id))
    return _tell(database, page_id, members.LEFT, flow_id, ids, now)


def _tell(
    database: Database, page_id: str, kind: str, flow_id: str, ids: list[int], now: datetime
) -> int:
    """In pieces, so that nobody else waits for long; to be told twice changes nothing."""
    for start in range(0, len(ids), AT_ONCE):
        with database.writing() as connection:
            there = ids[start : start + AT_ONCE]
            members.tell(connection, page_id, kind, flow_id, there, now)
    wake_engine(database, page_id)
    return len(ids)


def _live(database: Database, page_id: str) -> list[Flow]:
    programs = Published(database, page_id)
    programs.refresh()
    return [p.flow for p in programs.all_live() if is_sequence(p.flow)]


def is_sequence(flow: Flow) -> bool:
    return any(isinstance(block, Joined) for block in flow.blocks.values())


def _refuse_unknown(database: Database, page_id: str, flow_id: str) -> None:
    if all(flow.id != flow_id for flow in _live(database, page_id)):
        raise Problem("That sequence is not live any more. Publish it again, or choose another.")


def _messages(flow: Flow) -> int:
    return sum(isinstance(block.effect(), Sends) for block in flow.blocks.values())


def _people(connection: Connection, page_id: str, flow_id: str) -> int:
    return sum(1 for _ in _on_it(connection, page_id, flow_id))


def _on_it(connection: Connection, page_id: str, flow_id: str) -> Iterator[int]:
    """Those who are on it, by the run that their threads belong to."""
    for contact_id, text in lanes.conversations_with(connection, page_id, flow_id):
        threads = Conversation.from_text(text).threads.values()
        if any(thread.run == flow_id for thread in threads):
            yield contact_id
